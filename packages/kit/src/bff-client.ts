import type {
  Card,
  CardPage,
  CreateCard,
  MemberPolicy,
  Opening,
  OwnCard,
  Session,
  Share,
  ViewerOpeningsPage,
} from '@sealcard/protocol'
import { BffError, BffUnreachable, toBffError } from './bff-error.js'
import type { Proof } from './platform.js'
import { sessionStore } from './session-store.js'
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
  /** Logs in again; all who ask meanwhile share one login. */
  renewSession(): Promise<Session>
  createCard(card: CreateCard, idempotencyKey: string): Promise<Card>
  listCards(box: 'sent' | 'received', options?: ListOptions): Promise<CardPage>
  getCard(cardId: string): Promise<Card>
  revokeCard(cardId: string): Promise<Card>
  createShare(cardId: string): Promise<Share>
  listOpenings(cardId: string, options?: ListOptions): Promise<ViewerOpeningsPage>
  /**
   * Sends a proof once and never again, not even after a login: a login rotates the key that the proof was made
   * with. `ERR_SESSION` therefore comes out as it is. The card's own owner gets its id, whatever the proof.
   */
  openShare(shareId: string, proof: Proof): Promise<Opening | OwnCard>
  acknowledge(openingId: string): Promise<void>
}

/** Rejects with a `BffError`, `BffUnreachable` or, from the login, a `PlatformError`. */
export const createBffClient = (options: BffClientOptions): BffClient => {
  const { baseUrl, app, request, storage, login, now } = options
  const store = sessionStore(storage, app, baseUrl, now)
  let loggingIn: Promise<Session> | null = null

  const send = async (call: Call, token?: string): Promise<unknown> => {
    const response = await attempt(request, toHttp(baseUrl, call, token))
    if (response.status >= 200 && response.status < 300) return response.body
    throw toBffError(response)
  }

  // One login at a time: two at once would rotate the session key under each other.
  const renewSession = (): Promise<Session> =>
    (loggingIn ??= login()
      .then(({ code }) => send({ method: 'POST', path: '/v1/sessions', body: { app, code } }))
      .then((answer) => {
        const session = answer as Session
        store.write(session)
        return session
      })
      .finally(() => {
        loggingIn = null
      }))

  const ensureSession = async () => {
    if (loggingIn) return loggingIn
    return store.read() ?? renewSession()
  }

  /** Somebody else may have logged in since `stale` was read. */
  const renewAfter = (stale: Session) => {
    const current = store.read()
    if (current && current.token !== stale.token) return Promise.resolve(current)
    store.clear()
    return renewSession()
  }

  const authorized = async <T>(call: Call): Promise<T> => {
    const session = await ensureSession()
    try {
      return (await send(call, session.token)) as T
    } catch (error) {
      if (!isSessionError(error)) throw error
    }
    return (await send(call, (await renewAfter(session)).token)) as T
  }

  return {
    ensureSession,
    hasSession: () => store.read() !== null,
    renewSession,
    getPolicy: () => authorized({ method: 'GET', path: '/v1/policy' }),
    createCard: (body, key) =>
      authorized({ method: 'POST', path: '/v1/cards', body, headers: { 'Idempotency-Key': key } }),
    listCards: (box, page) =>
      authorized({ method: 'GET', path: `/v1/cards${query({ box, ...page })}` }),
    getCard: (id) => authorized({ method: 'GET', path: `/v1/cards/${encodeURIComponent(id)}` }),
    revokeCard: (id) => authorized(post(`/v1/cards/${encodeURIComponent(id)}/revoke`)),
    createShare: (id) => authorized(post(`/v1/cards/${encodeURIComponent(id)}/shares`)),
    listOpenings: (id, page) =>
      authorized({
        method: 'GET',
        path: `/v1/cards/${encodeURIComponent(id)}/openings${query({ ...page })}`,
      }),
    async openShare(id, { encryptedData, iv }) {
      const session = await ensureSession()
      const path = `/v1/shares/${encodeURIComponent(id)}/openings`
      try {
        const body = { encryptedData, iv }
        return (await send({ method: 'POST', path, body }, session.token)) as Opening | OwnCard
      } catch (error) {
        if (isSessionError(error) && store.read()?.token === session.token) store.clear()
        throw error
      }
    },
    acknowledge: (id) => authorized(post(`/v1/openings/${encodeURIComponent(id)}/acknowledgement`)),
  }
}

interface Call {
  method: HttpRequest['method']
  path: string
  body?: unknown
  headers?: Record<string, string>
}

// wx.request labels every request as JSON, and an empty body is no JSON.
const post = (path: string): Call => ({ method: 'POST', path, body: {} })

const toHttp = (baseUrl: string, call: Call, token: string | undefined): HttpRequest => ({
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
