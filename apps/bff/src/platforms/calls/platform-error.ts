import { isIP } from 'node:net'
import type { InternalErrorCode } from '@sealcard/protocol'
import { BrokenCircuitError, TaskCancelledError } from 'cockatiel'

/** The platform answered, with an error of its own. */
export class PlatformError extends Error {
  readonly code = 'ERR_PLATFORM' satisfies InternalErrorCode
  /** Our name for the app that asked; `PlatformHttp` sets it. */
  app?: string

  /**
   * @param operation what was asked, e.g. `jscode2session`
   * @param errcode the platform's number
   * @param errmsg the platform's words; for logs only, WeCom says never to match on them
   * @param rid the platform's id of the request, to quote to its support
   * @param address of ours, which is not in the platform's allow-list
   */
  constructor(
    readonly operation: string,
    readonly errcode: number,
    readonly errmsg: string,
    readonly rid?: string,
    readonly address?: string,
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
  readonly code = 'ERR_PLATFORM_UNREACHABLE' satisfies InternalErrorCode
  /** Our name for the app that asked; `PlatformHttp` sets it. */
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
  readonly code = 'ERR_PLATFORM_LOGIN' satisfies InternalErrorCode

  constructor(readonly errcode: number) {
    super(`the platform refuses the login code (${errcode})`)
    this.name = 'LoginRejected'
  }
}

/** The platform sends this person no message: the name is unknown, or the person has no licence. */
export class MessageRefused extends Error {
  readonly code = 'ERR_PLATFORM_MESSAGE' satisfies InternalErrorCode

  constructor() {
    super('not to this person')
    this.name = 'MessageRefused'
  }
}

/** The request never left: it may be tried again whatever it does. */
const NEVER_LEFT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_TLS|CERT_\w+|ERR_TLS_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/
const TIMEOUT = /^(UND_ERR_(HEADERS|BODY)_TIMEOUT|UND_ERR_ABORTED|ABORT_ERR|ETIMEDOUT)$/

/** A proxy that makes no tunnel: undici says so in words alone. */
export const proxyStatus = (error: unknown): string | undefined =>
  /^Proxy response \((\d{3})\)/.exec(String((error as { message?: unknown }).message))?.[1]

const reasonOf = (error: unknown): UnreachableReason => {
  if (error instanceof TaskCancelledError) return 'timeout'
  if (error instanceof BrokenCircuitError) return 'open'
  const { code, name } = error as { code?: unknown; name?: unknown }
  if (NEVER_LEFT.test(String(code))) return 'refused'
  if (TIMEOUT.test(String(code)) || name === 'AbortError') return 'timeout'
  if (/^HPE_/.test(String(code))) return 'body'
  return 'reset'
}

/** Whatever went wrong on the way, as one error that holds no address, no query and no body. */
export const unreachable = (operation: string, error: unknown): PlatformUnreachable => {
  if (error instanceof PlatformUnreachable) return error
  const { code, name } = error as { code?: unknown; name?: unknown }
  const status = proxyStatus(error)
  if (status) return new PlatformUnreachable(operation, 'refused', { detail: `proxy ${status}` })
  const detail = typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown'
  return new PlatformUnreachable(operation, reasonOf(error), { detail })
}

/** The address that the platform saw. A proxy or NAT may make it another than the server's own. */
export const seenAddress = (errmsg: string): string | undefined =>
  errmsg.split(/[\s,]+/).find((word) => isIP(word) !== 0)
