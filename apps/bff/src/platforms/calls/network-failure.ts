import { BrokenCircuitError, TaskCancelledError } from 'cockatiel'
import { PlatformUnreachable, type UnreachableReason } from './platform-error.js'

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
