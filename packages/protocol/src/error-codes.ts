/** Every error the BFF answers with: its HTTP status and its English title. Source: the BFF's HTTP contract, "Errors". */
export const ERRORS = {
  ERR_INPUT: { status: 400, title: 'The request does not have the documented form' },
  ERR_SESSION: { status: 401, title: 'No live session' },
  ERR_LOGIN_REJECTED: { status: 401, title: 'The login was refused' },
  ERR_PROOF_REJECTED: { status: 403, title: 'This card cannot be opened here' },
  ERR_VIEW_LIMIT: { status: 403, title: 'The card has reached its view limit' },
  ERR_FORBIDDEN: { status: 403, title: 'The role does not allow this' },
  ERR_NOT_FOUND: { status: 404, title: 'Not found' },
  ERR_IDEMPOTENCY: { status: 409, title: 'The Idempotency-Key was used with another body' },
  ERR_CONFLICT: { status: 409, title: 'Somebody else changed it, or is doing the same, meanwhile' },
  ERR_CARD_REVOKED: { status: 410, title: 'The card was revoked' },
  ERR_CARD_EXPIRED: { status: 410, title: 'The card has expired' },
  ERR_VERIFY_WINDOW_CLOSED: { status: 410, title: 'The time to open this share is over' },
  // Of the contract, for services that declare only once. Ours makes another share when the time of one is over.
  ERR_SHARE_WINDOW_CLOSED: { status: 410, title: 'The time to share this card is over' },
  ERR_TOO_LARGE: { status: 413, title: 'The request body is too large' },
  ERR_MEDIA_TYPE: { status: 415, title: 'The request body must be application/json' },
  ERR_RATE_LIMITED: { status: 429, title: 'Too many requests' },
  ERR_INTERNAL: { status: 500, title: 'Something went wrong here' },
  ERR_PLATFORM_UNAVAILABLE: { status: 503, title: 'The platform cannot be reached at the moment' },
  ERR_STORAGE_UNAVAILABLE: { status: 503, title: 'The storage cannot serve this at the moment' },
} as const satisfies Record<`ERR_${string}`, { status: number; title: string }>

export type ErrorCode = keyof typeof ERRORS

export const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[]
