import type { ErrorCode, Problem, InternalErrorCode } from '@sealcard/protocol'
import type { HttpResponse } from './wx-request.js'

export type Issue = NonNullable<Problem['issues']>[number]

/** The BFF answered, and it was not what was asked for. */
export class BffError extends Error {
  override readonly name = 'BffError'

  constructor(
    /** Stable; `ERR_INTERNAL` where the answer is no problem document (a proxy's page, say). */
    readonly code: ErrorCode,
    readonly status: number,
    readonly requestId: string | null,
    readonly issues: readonly Issue[],
    /** Seconds to wait before trying again; null: not said. */
    readonly retryAfter: number | null,
    /** Whether the BFF itself said so. A gateway's page says nothing of what the BFF did. */
    readonly said: boolean = true,
    /** Only with ERR_VIEW_LIMIT: the person's own openings are used up, or all places; null: not said. */
    readonly limit: NonNullable<Problem['limit']> | null = null,
  ) {
    super(`${code} (${status})`)
  }
}

/**
 * No answer of the BFF came: no network, a timeout, a domain that is not allowed, or the page of another server.
 * The client cannot know whether the BFF handled the request.
 */
export class BffUnreachable extends Error {
  readonly code = 'ERR_BFF_UNREACHABLE' satisfies InternalErrorCode
  override readonly name = 'BffUnreachable'

  constructor(
    readonly reason: unknown,
    baseUrl?: string,
  ) {
    super(
      baseUrl
        ? `The BFF did not answer at ${baseUrl}. Is it running (npm start), and is the address a request domain of the mini-program?`
        : 'The BFF did not answer',
    )
  }
}

/** A response that is not 2xx, as an error. */
export const toBffError = ({ status, headers, body }: HttpResponse): BffError => {
  const problem = isRecord(body) ? body : {}
  const code = problem['code']
  const said = typeof code === 'string' && code.startsWith('ERR_')
  return new BffError(
    said ? (code as ErrorCode) : 'ERR_INTERNAL',
    status,
    text(problem['requestId']) ?? text(headers['x-request-id']),
    Array.isArray(problem['issues']) ? problem['issues'].filter(isIssue) : [],
    seconds(headers['retry-after']),
    said,
    limitOf(problem['limit']),
  )
}

const limitOf = (value: unknown) => (value === 'opens' || value === 'viewers' ? value : null)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isIssue = (value: unknown): value is Issue =>
  isRecord(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string'

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/** Only the seconds form: the BFF never sends a date. */
const seconds = (value: string | undefined) =>
  value !== undefined && /^\d{1,6}$/.test(value.trim()) ? Number(value.trim()) : null
