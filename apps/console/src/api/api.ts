import type { Problem } from '@sealcard/protocol'
import type { Network } from '../adapters/network'
import { ApiFailure, isOutage, unreachable } from './failure'
import { linesOf } from './lines'

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** How far long work is; its fields depend on the work. */
export type Progress = Readonly<Record<string, unknown>>

/** The administrators' API. Paths are below `/v1/admin/`. Every method throws `ApiFailure`, and an abort as it is. */
export interface Api {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => Promise<T>
  /** What changes something; with the CSRF token. */
  send: <T>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    signal?: AbortSignal,
  ) => Promise<T>
  /** A POST of long work. @param tell gets each progress on the way @returns the report */
  work: <T>(
    path: string,
    body: unknown,
    tell: (progress: Progress) => void,
    signal?: AbortSignal,
  ) => Promise<T>
  /** The address of a file, for a link. */
  address: (path: string, query?: Query) => string
  /** Whether the service serves. */
  isReady: () => Promise<boolean>
}

export interface ApiOptions {
  network: Network
  csrf: () => string | undefined
  /** The login is over. */
  lost: () => void
  /** The service does not answer, or answers again. */
  outage: (is: boolean) => void
  /** After a refusal: reads who is logged in again. @returns whether another try may help */
  renew: () => Promise<boolean>
}

const TIMEOUT_MS = 20_000
const NDJSON = 'application/x-ndjson'

export const createApi = ({ network, csrf, lost, outage, renew }: ApiOptions): Api => {
  const once = async (
    method: string,
    address: string,
    headers: Record<string, string>,
    more: { body?: string | undefined; signal?: AbortSignal | undefined; timeoutMs?: number },
  ): Promise<Response> => {
    const token = method === 'GET' ? undefined : csrf()
    const response = await network({
      ...more,
      method,
      address,
      headers: { ...headers, ...(token === undefined ? {} : { 'x-csrf-token': token }) },
    }).catch((error: unknown) => {
      if (more.signal?.aborted) throw error
      throw unreachable()
    })
    if (response.ok) return response
    throw await failureFrom(response)
  }

  const call: typeof once = async (method, address, headers, more) => {
    try {
      const response = await once(method, address, headers, more).catch(async (error: unknown) => {
        // The login of another tab has another CSRF token.
        const refused = error instanceof ApiFailure && error.code === 'ERR_FORBIDDEN'
        if (!refused || method === 'GET' || !(await renew())) throw error
        return once(method, address, headers, more)
      })
      outage(false)
      return response
    } catch (error) {
      if (error instanceof ApiFailure) {
        if (error.code === 'ERR_SESSION') lost()
        outage(isOutage(error))
      }
      throw error
    }
  }

  const address = (path: string, query: Query = {}) => {
    const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
    const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
    return `/v1/admin/${path}${text && `?${text}`}`
  }

  const bodyOf = (body: unknown) =>
    body === undefined
      ? { headers: {}, text: undefined }
      : { headers: { 'content-type': 'application/json' }, text: JSON.stringify(body) }

  return {
    address,
    async get<T>(path: string, query?: Query, signal?: AbortSignal) {
      const more = { signal, timeoutMs: TIMEOUT_MS }
      return answerOf<T>(await call('GET', address(path, query), {}, more))
    },
    async send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal) {
      const { headers, text } = bodyOf(body)
      const more = { body: text, signal, timeoutMs: TIMEOUT_MS }
      return answerOf<T>(await call(method, address(path), headers, more))
    },
    async work<T>(
      path: string,
      body: unknown,
      tell: (progress: Progress) => void,
      signal?: AbortSignal,
    ): Promise<T> {
      const { headers, text } = bodyOf(body)
      const accepting = { ...headers, accept: NDJSON }
      const response = await call('POST', address(path), accepting, { body: text, signal })
      for await (const line of linesOf(response)) {
        const { type, ...rest } = JSON.parse(line) as { type: string; problem?: Problem }
        if (type === 'progress') tell(rest)
        else if (type === 'report') return rest as T
        else throw failureOfProblem(rest.problem, 0)
      }
      throw unreachable()
    },
    async isReady() {
      try {
        const asked = { method: 'GET', address: '/readyz', headers: {}, timeoutMs: TIMEOUT_MS }
        return (await network(asked)).ok
      } catch {
        return false
      }
    },
  }
}

const answerOf = async <T>(response: Response): Promise<T> => {
  const text = await response.text()
  try {
    return (text === '' ? undefined : JSON.parse(text)) as T
  } catch {
    throw unreachable()
  }
}

/** What is between us and the service answers in forms of its own. */
const failureFrom = async (response: Response): Promise<ApiFailure> => {
  try {
    return failureOfProblem((await response.json()) as Problem, response.status)
  } catch {
    return new ApiFailure('ERR_BFF_UNREACHABLE', response.status)
  }
}

const failureOfProblem = (problem: Problem | undefined, status: number): ApiFailure =>
  problem?.code === undefined
    ? new ApiFailure('ERR_BFF_UNREACHABLE', status)
    : new ApiFailure(problem.code, problem.status, problem.requestId, problem.issues)
