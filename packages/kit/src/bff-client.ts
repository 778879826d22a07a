import type {
  Card,
  CardPage,
  CreateCard,
  MemberPolicy,
  Opening,
  OpeningStatus,
  OwnCard,
  Session,
  Share,
  ViewerOpeningsPage,
} from '@sealcard/protocol'
import { BffError, BffUnreachable, toBffError } from './bff-error.js'
import type { Proof } from './platform.js'
import { createProofMemory, type ProofMemory } from './proof-memory.js'
import { sessionStore } from './session-store.js'
import {
  isCard,
  isCardPage,
  isMemberPolicy,
  isOpening,
  isOpeningStatus,
  isSession,
  isShare,
  isViewerOpeningsPage,
  type Shape,
} from './shapes.js'
import type { KeyValue } from './storage.js'
import type { HttpRequest, HttpResponse, SendRequest } from './wx-request.js'

export interface BffClientOptions {
  /** `https://…`, with or without a path; no slash at the end. */
  baseUrl: string
  /** The app's id in the BFF's configuration. */
  app: string
  request: SendRequest
  storage: KeyValue
  /** The platform's login; its code is exchanged at once. */
  login: () => Promise<{ code: string }>
  /** Milliseconds since 1970; only to skip a token that is over. */
  now: () => number
}

export interface ListOptions {
  limit?: number
  cursor?: string
}

export interface BffClient {
  /** What the company allows for new cards. */
  getPolicy(): Promise<MemberPolicy>
  /** The stored session, or a new one. */
  ensureSession(): Promise<Session>
  hasSession(): boolean
  /** Logs in again. Calls during a running login share it. */
  renewSession(): Promise<Session>
  createCard(card: CreateCard, idempotencyKey: string): Promise<Card>
  listCards(box: 'sent' | 'received', options?: ListOptions): Promise<CardPage>
  getCard(cardId: string): Promise<Card>
  revokeCard(cardId: string): Promise<Card>
  createShare(cardId: string): Promise<Share>
  listOpenings(cardId: string, options?: ListOptions): Promise<ViewerOpeningsPage>
  /**
   * Sends a proof once. It does not log in and send it again: a login rotates the key that the proof was made with.
   * `ERR_SESSION` therefore comes out as it is. The card's own owner gets its id, whatever the proof.
   */
  openShare(shareId: string, proof: Proof): Promise<Opening | OwnCard>
  /** Whether what this opening showed may still be read. Counts nothing. */
  getOpening(openingId: string): Promise<OpeningStatus>
  acknowledge(openingId: string): Promise<void>
  /** What became of the last proofs, for `openAndProve`. In memory only; a login forgets the proofs. */
  readonly proofs: ProofMemory
}

/**
 * Rejects with a `BffError`, `BffUnreachable` or, from the login, a `PlatformError`. An answer without the BFF's
 * form is `BffUnreachable`: another server sent it, for example a gateway.
 */
export const createBffClient = (options: BffClientOptions): BffClient => {
  const { baseUrl, app, request, storage, login, now } = options
  const store = sessionStore(storage, app, baseUrl, now)
  let loggingIn: Promise<Session> | null = null

  const proofs = createProofMemory(now)

  const send = async <T>(call: Call<T>, token?: string): Promise<T> => {
    const response = await attempt(request, toHttp(baseUrl, call, token))
    if (response.status < 200 || response.status >= 300) throw toBffError(response)
    const { body } = response
    if (call.answer !== null) {
      if (call.answer(body)) return body
    } else if (response.status === 204) return undefined as T
    throw new BffUnreachable(new Error(`${call.method} ${call.path}: not an answer of the BFF`))
  }

  // One login at a time: two at once would rotate the session key under each other.
  const renewSession = (): Promise<Session> => {
    if (loggingIn) return loggingIn
    // From here on, and whether it succeeds or not, the key may be another one.
    proofs.forgetAll()
    return (loggingIn = login()
      .then(({ code }) => send({ ...post('/v1/sessions', isSession), body: { app, code } }))
      .then((session) => {
        store.write(session)
        return session
      })
      .finally(() => {
        proofs.forgetAll()
        loggingIn = null
      }))
  }

  const ensureSession = async () => {
    if (loggingIn) return loggingIn
    return store.read() ?? renewSession()
  }

  /** Another caller may have logged in since `stale` was read. */
  const renewAfter = (stale: Session) => {
    const current = store.read()
    if (current && current.token !== stale.token) return Promise.resolve(current)
    store.clear()
    return renewSession()
  }

  const authorized = async <T>(call: Call<T>): Promise<T> => {
    const session = await ensureSession()
    try {
      return await send(call, session.token)
    } catch (error) {
      if (!isSessionError(error)) throw error
    }
    return send(call, (await renewAfter(session)).token)
  }

  return {
    ensureSession,
    hasSession: () => store.read() !== null,
    renewSession,
    proofs,
    getPolicy: () => authorized(get('/v1/policy', isMemberPolicy)),
    createCard: (body, key) =>
      authorized({ ...post('/v1/cards', isCard), body, headers: { 'Idempotency-Key': key } }),
    listCards: (box, page) => authorized(get(`/v1/cards${query({ box, ...page })}`, isCardPage)),
    getCard: (id) => authorized(get(`/v1/cards/${encodeURIComponent(id)}`, isCard)),
    revokeCard: (id) => authorized(post(`/v1/cards/${encodeURIComponent(id)}/revoke`, isCard)),
    createShare: (id) => authorized(post(`/v1/cards/${encodeURIComponent(id)}/shares`, isShare)),
    listOpenings: (id, page) =>
      authorized(
        get(
          `/v1/cards/${encodeURIComponent(id)}/openings${query({ ...page })}`,
          isViewerOpeningsPage,
        ),
      ),
    async openShare(id, { encryptedData, iv }) {
      const session = await ensureSession()
      const path = `/v1/shares/${encodeURIComponent(id)}/openings`
      try {
        return await send({ ...post(path, isOpening), body: { encryptedData, iv } }, session.token)
      } catch (error) {
        if (isSessionError(error) && store.read()?.token === session.token) store.clear()
        throw error
      }
    },
    getOpening: (id) => authorized(get(`/v1/openings/${encodeURIComponent(id)}`, isOpeningStatus)),
    acknowledge: (id) =>
      authorized(post<void>(`/v1/openings/${encodeURIComponent(id)}/acknowledgement`, null)),
  }
}

interface Call<T> {
  method: HttpRequest['method']
  path: string
  body?: unknown
  headers?: Record<string, string>
  /** The form of the answer; null: 204, without one. */
  answer: Shape<T> | null
}

const get = <T>(path: string, answer: Shape<T>): Call<T> => ({ method: 'GET', path, answer })

// wx.request labels every request as JSON, and an empty body is no JSON.
const post = <T>(path: string, answer: Shape<T> | null): Call<T> => ({
  method: 'POST',
  path,
  body: {},
  answer,
})

const toHttp = (baseUrl: string, call: Call<unknown>, token: string | undefined): HttpRequest => ({
  url: baseUrl + call.path,
  method: call.method,
  headers: {
    Accept: 'application/json',
    ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...call.headers,
  },
  ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
})

const attempt = async (request: SendRequest, http: HttpRequest): Promise<HttpResponse> => {
  try {
    return await request(http)
  } catch (error) {
    throw new BffUnreachable(error)
  }
}

const isSessionError = (error: unknown) => error instanceof BffError && error.code === 'ERR_SESSION'

const query = (fields: Record<string, string | number | undefined>) => {
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`)
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}
