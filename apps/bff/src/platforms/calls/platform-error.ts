/** The platform answered, with an error of its own. */
export class PlatformError extends Error {
  readonly code = 'ERR_PLATFORM'
  /** Our name for the app that asked; whoever made the call sets it. */
  app?: string

  /**
   * @param operation what was asked, e.g. `jscode2session`
   * @param errcode the platform's number
   * @param errmsg the platform's words; for logs only, WeCom says never to match on them
   * @param rid the platform's id of the request, to quote to its support
   */
  constructor(
    readonly operation: string,
    readonly errcode: number,
    readonly errmsg: string,
    readonly rid?: string,
  ) {
    super(`${operation}: the platform answered ${errcode}${errmsg ? ` (${errmsg})` : ''}`)
    this.name = 'PlatformError'
  }
}

export type UnreachableReason =
  /** Refused, or no such host: the request never left. */
  | 'refused'
  /** The connection broke after the request may have arrived. */
  | 'reset'
  /** No whole answer in time. */
  | 'timeout'
  /** An HTTP status that the platform's own API never uses. */
  | 'status'
  /** Not JSON: an HTML page, a truncated body, too many bytes. */
  | 'body'
  /** JSON of another form than documented. */
  | 'shape'
  /** `-1`, system busy, after all tries. */
  | 'busy'
  /** Not even tried: the circuit breaker is open. */
  | 'open'
  /** Another process is fetching the access token and did not finish in time. */
  | 'lease'

/** The platform could not be reached or did not answer sensibly. Nothing can be concluded from it: refuse. */
export class PlatformUnreachable extends Error {
  readonly code = 'ERR_PLATFORM_UNREACHABLE'
  /** Our name for the app that asked; whoever made the call sets it. */
  app?: string
  /** A code, a status or a field's name: no address, no query and no body. */
  readonly detail: string | undefined

  constructor(
    readonly operation: string,
    readonly reason: UnreachableReason,
    options?: { cause?: unknown; detail?: string },
  ) {
    const detail = options?.detail ? `: ${options.detail}` : ''
    super(
      `${operation}: the platform is not reachable (${reason})${detail}`,
      options && 'cause' in options ? { cause: options.cause } : undefined,
    )
    this.name = 'PlatformUnreachable'
    this.detail = options?.detail
  }
}

/** The platform refuses the member's login code: used, expired, of another app, or the member may not log in. */
export class LoginRejected extends Error {
  readonly code = 'ERR_LOGIN_REJECTED'

  constructor(readonly errcode: number) {
    super(`the platform refuses the login code (${errcode})`)
    this.name = 'LoginRejected'
  }
}
