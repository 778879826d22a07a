import { ERRORS, type ErrorCode, type Problem } from '@sealcard/protocol'

export interface Issue {
  readonly path: string
  readonly message: string
}

interface More {
  /** Only with ERR_INPUT. */
  readonly issues?: readonly Issue[]
  /** Only with ERR_VIEW_LIMIT: which limit. */
  readonly limit?: Problem['limit']
  /** Seconds, for the `Retry-After` header. */
  readonly retryAfter?: number
  /** For the log; never for the client. */
  readonly cause?: unknown
}

/** The only error a service throws at a client on purpose. Everything else is ERR_INTERNAL. */
export class ApiError extends Error {
  readonly issues: readonly Issue[] | undefined
  readonly limit: Problem['limit']
  readonly retryAfter: number | undefined

  constructor(
    readonly code: ErrorCode,
    more: More = {},
  ) {
    super(ERRORS[code].title, { cause: more.cause })
    this.name = 'ApiError'
    this.issues = more.issues
    this.limit = more.limit
    this.retryAfter = more.retryAfter
  }

  get status(): number {
    return ERRORS[this.code].status
  }
}

/** The service answers nothing now. What is wrong is counted and logged elsewhere, once, and not for each request. */
export class OverloadedError extends ApiError {
  /** @param retryAfter seconds */
  constructor(retryAfter: number) {
    super('ERR_STORAGE_UNAVAILABLE', { retryAfter })
  }
}

/** ERR_INPUT that names one field. */
export const inputError = (path: string, message: string) =>
  new ApiError('ERR_INPUT', { issues: [{ path, message }] })
