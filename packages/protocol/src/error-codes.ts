/** Every error the BFF answers with: its HTTP status and its English title. Source: the BFF's HTTP contract, "Errors". */
export const ERRORS = {
  ERR_INPUT: { status: 400, title: 'The request is not valid' },
  ERR_SESSION: { status: 401, title: 'There is no valid session. Log in again' },
  ERR_LOGIN_REJECTED: { status: 401, title: 'The login was refused' },
  ERR_PROOF_REJECTED: { status: 403, title: 'This card cannot be opened here' },
  ERR_VIEW_LIMIT: { status: 403, title: 'The card has reached its view limit' },
  ERR_FORBIDDEN: { status: 403, title: 'Your role does not allow this' },
  ERR_NOT_FOUND: { status: 404, title: 'Not found' },
  ERR_IDEMPOTENCY: { status: 409, title: 'This Idempotency-Key was used with another body' },
  ERR_CONFLICT: { status: 409, title: 'Another request changed this. Reload and try again' },
  ERR_H5_UNVERIFIED: {
    status: 409,
    title:
      'Web pages of this app cannot share cards yet. The administrator runs sealcard doctor h5',
  },
  ERR_CARD_REVOKED: { status: 410, title: 'The card was revoked' },
  ERR_CARD_EXPIRED: { status: 410, title: 'The card has expired' },
  ERR_VERIFY_WINDOW_CLOSED: { status: 410, title: 'This share can no longer be opened' },
  // Of the contract, for services that declare only once. Ours makes another share when the time of one is over.
  ERR_SHARE_WINDOW_CLOSED: { status: 410, title: 'This card can no longer be shared' },
  ERR_TOO_LARGE: { status: 413, title: 'The request body is too large' },
  ERR_MEDIA_TYPE: { status: 415, title: 'The request body must be application/json' },
  ERR_RATE_LIMITED: { status: 429, title: 'Too many requests. Try again later' },
  ERR_INTERNAL: { status: 500, title: 'Something went wrong on the server' },
  ERR_PLATFORM_UNAVAILABLE: { status: 503, title: 'The platform does not answer. Try again later' },
  ERR_STORAGE_UNAVAILABLE: { status: 503, title: 'The database does not answer. Try again later' },
} as const satisfies Record<`ERR_${string}`, { status: number; title: string }>

export type ErrorCode = keyof typeof ERRORS

/** Errors that stay in the program that throws them: the log, the command line, the phone. No answer holds such a code. */
export const INTERNAL_ERRORS = {
  ERR_AUDIT_BROKEN:
    'A stored chain of the audit is not the one that was signed. Nothing more is written to it',
  ERR_BACKUP: 'A backup was not made or not restored. The message says why and what to do',
  ERR_BFF_UNREACHABLE: 'On the phone: no answer of the service came',
  ERR_BULKHEAD_FULL: 'Every place to wait for this kind of work is taken',
  ERR_CALLBACK_REJECTED: 'A callback of the platform is not genuine or not fresh',
  ERR_CLOCK: 'The clock of the machine and the time of the database differ by more than 60 s',
  ERR_CONFIG: 'The configuration cannot be used. The message names each key',
  ERR_DEADLINE: 'The work took longer than its time limit',
  ERR_ENVELOPE_KEY_UNKNOWN: 'A sealed value names a key that is not in the keyring',
  ERR_ENVELOPE_REJECTED: 'A sealed value is damaged, or belongs to another row',
  ERR_LEASE_LOST: 'Another process took over the job',
  ERR_LISTEN: 'The service cannot listen on its address',
  ERR_MEDIA_REJECTED: 'An encrypted image or file did not open',
  ERR_PLATFORM: 'The platform answered with an error code that a retry does not mend',
  ERR_PLATFORM_LOGIN: 'The platform refused the login code of a person',
  ERR_PLATFORM_MESSAGE: 'The platform sends this person no message',
  ERR_PLATFORM_UNREACHABLE: 'The platform did not answer, or its answer cannot be read',
  ERR_QUEUE_TIMEOUT: 'The work waited too long for its place',
  ERR_SQLITE_CLOSED: 'The SQLite database is not connected',
  ERR_SQLITE_LEASE: 'The writer of the SQLite database was busy for too long',
  ERR_SQLITE_PACKAGE: 'The package of the SQLite engine is missing, or cannot be loaded here',
  ERR_SQLITE_WAL: 'The file system does not allow write-ahead logging',
  ERR_STORAGE_CONFIG:
    'The database cannot be used as it is configured. The message says what to do',
  ERR_TEMPLATE_CARD: 'A template card does not have the documented form',
  ERR_USAGE: 'The command line is wrong. The message says what is missing',
  ERR_WEBHOOK_ADDRESS:
    'The host of a webhook has a private address, and the webhook does not allow it',
  ERR_WRITE_LEASE: 'The writer of the database was busy for too long',
  ERR_WRITER_UNAVAILABLE:
    'The database failed the work before this one, so this work did not begin',
  ERR_WX_CALL: 'On the phone: a call of the platform failed',
  ERR_WX_FAULT: 'On the phone: a call of the platform failed, and what that means for the card',
} as const satisfies Record<`ERR_${string}`, string>

export type InternalErrorCode = keyof typeof INTERNAL_ERRORS

export const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[]
