import type { WebhookFailure } from '@sealcard/protocol'
import { proxyStatus } from '../../platforms/calls/platform-error.js'
import { PrivateAddress } from './private-address-error.js'

/** The longest time for a whole request, ms. */
export const REQUEST_MS = 10_000

/** Why a message did not arrive. `cause` holds no address, no query and no body. */
export interface Failure {
  readonly code: WebhookFailure
  readonly cause: string
}

/** By the codes of Node and undici. */
const CODES: readonly (readonly [RegExp, WebhookFailure, string])[] = [
  [/^(ENOTFOUND|EAI_\w+)$/, 'name', 'the name of the host leads nowhere'],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/,
    'refused',
    'nobody takes connections there',
  ],
  [
    /^(CERT_\w+|ERR_TLS_\w+|ERR_SSL_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|EPROTO)$/,
    'tls',
    'the certificate or the encryption is not accepted',
  ],
  [
    /^(UND_ERR_(HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/,
    'timeout',
    `no answer within ${REQUEST_MS / 1000} s`,
  ],
]

export const timedOut: Failure = {
  code: 'timeout',
  cause: `no answer within ${REQUEST_MS / 1000} s`,
}

/** @param error what the request threw */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof PrivateAddress) {
    return { code: 'private', cause: 'the host has a private address; see "allowPrivate"' }
  }
  const status = proxyStatus(error)
  if (status) return { code: 'proxy', cause: `the proxy answered ${status}` }
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown }
  const known = CODES.find(([form]) => form.test(String(code)))
  if (known) return { code: known[1], cause: `${known[2]} (${String(code)})` }
  const inner = cause ?? (Array.isArray(errors) ? (errors[0] as unknown) : undefined)
  if (inner !== undefined) return failureOf(inner)
  const told = typeof code === 'string' ? ` (${code})` : ''
  return { code: 'reset', cause: `the connection broke${told}` }
}

/** Of an answer; undefined for a 2xx, which alone is a success. */
export const failureOfStatus = (status: number): Failure | undefined => {
  if (status >= 200 && status < 300) return undefined
  if (status === 410) return { code: 'gone', cause: 'it answered 410: it wants no messages' }
  if (status >= 300 && status < 400)
    return { code: 'redirect', cause: `it answered ${status}: redirects are not followed` }
  return { code: 'status', cause: `it answered ${status}` }
}
