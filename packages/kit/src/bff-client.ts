import type {
  Card,
  CardPage,
  CardStatus,
  ChangeCard,
  CreateCard,
  Me,
  MemberPolicy,
  Opening,
  OpeningStatus,
  NotOpened,
  OwnCard,
  RefusedOpeningPage,
  Session,
  Share,
  ViewerOpeningsPage,
} from '@sealcard/protocol'
import { bearerSessions } from './bearer-sessions.js'
import {
  callSender,
  get,
  isSessionError,
  post,
  put,
  query,
  remove,
  type Call,
  type SendCall,
} from './bff-call.js'
import { expectFunctions, expectOption } from './misuse.js'
import { personCalls, type PersonCalls } from './person-calls.js'
import type { Proof } from './platform.js'
import { createProofMemory, type ProofMemory } from './proof-memory.js'
import type { KnownSession, Sessions } from './sessions.js'
import {
  isCard,
  isCardPage,
  isMe,
  isMemberPolicy,
  isOpening,
  isOpeningStatus,
  isPeek,
  isShare,
  isReaderPage,
  isRefusedPage,
  type Shape,
} from './shapes.js'
import type { KeyValue } from './storage.js'
import type { SendRequest } from './wx-request.js'

export interface BffClientOptions {
  /** `https://…`, with or without a path; no slash at the end. */
  baseUrl: string
  /** The app's id in the BFF's configuration. */
  app: string
  request: SendRequest
  storage: KeyValue
  /** The platform's login; its code is exchanged at once. */
  login: () => Promise<{ code: string }>
  /**
   * Of an app with `"login": "server"`: gives the code to your own back-end. It exchanges the code and answers what
   * `POST /v1/server/sessions` answered.
   */
  exchange?: ((code: string) => Promise<Session>) | undefined
  /** Milliseconds since 1970; only to skip a token that is over. */
  now: () => number
}

export interface ListOptions {
  limit?: number
  cursor?: string
}

export interface ListCardsOptions extends ListOptions {
  /** 2 to 64 characters: a run of characters in my titles. Only for the sent box. */
  q?: string
  /** Only for the sent box. */
  status?: CardStatus
}

export interface ShareOptions {
  /** For whom it is, 1 to 32 characters. Another label is another share. */
  label?: string
}

/**
 * What may change of a card: its words until the first opening, its policy at any time. What is left out stays. Null
 * removes a rule.
 */
export type CardChange = ChangeCard

export interface BffClient extends PersonCalls {
  /** Who the person is to others. */
  getMe(): Promise<Me>
  /** What the person wants to be called; null: nothing. `ERR_FORBIDDEN` where people do not name themselves. */
  rename(name: string | null): Promise<Me>
  /** What the company allows for new cards. */
  getPolicy(): Promise<MemberPolicy>
  /** The stored session, or a new one. */
  ensureSession(): Promise<KnownSession>
  hasSession(): boolean
  /** Logs in again. Calls during a running login share it. */
  renewSession(): Promise<KnownSession>
  createCard(card: CreateCard, idempotencyKey: string): Promise<Card>
  listCards(box: 'sent' | 'received', options?: ListCardsOptions): Promise<CardPage>
  getCard(cardId: string): Promise<Card>
  /** `ERR_CONFLICT`: the card was opened, so its words stay. By PUT: `wx.request` has no PATCH. */
  updateCard(cardId: string, change: CardChange): Promise<Card>
  revokeCard(cardId: string): Promise<Card>
  /** Revokes the card and erases its words now. */
  deleteCard(cardId: string): Promise<void>
  createShare(cardId: string, options?: ShareOptions): Promise<Share>
  listOpenings(cardId: string, options?: ListOptions): Promise<ViewerOpeningsPage>
  /** Proven recipients who came too late, newest first. */
  listRefusals(cardId: string, options?: ListOptions): Promise<RefusedOpeningPage>
  /**
   * Sends a proof once. It does not log in and send it again: a login rotates the key that the proof was made with.
   * `ERR_SESSION` therefore comes out as it is. The card's own owner gets its id, whatever the proof.
   */
  openShare(shareId: string, proof: Proof): Promise<Opening | OwnCard>
  /** Asks with a proof what it would open. Opens and counts nothing; the proof can open the card afterwards. */
  peekShare(shareId: string, proof: Proof): Promise<NotOpened>
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
  const { baseUrl, app } = options
  expectOption(
    /^https?:\/\/[^/?#]+(?:\/[^?#]*[^/?#])?$/.test(baseUrl),
    'baseUrl',
    'must be the address of the BFF without a slash at its end, such as https://bff.example.com',
  )
  expectOption(
    typeof app === 'string' && app !== '',
    'app',
    "must be an `id` of `apps` in the BFF's configuration",
  )
  expectFunctions(options, {
    request: 'must send requests: wxRequest(wx)',
    login: 'must log in: () => platform.login()',
    now: 'must be the clock: Date.now',
  })
  expectOption(
    typeof (options.storage as Partial<KeyValue> | undefined)?.get === 'function',
    'storage',
    'must keep strings: wxStorage(wx)',
  )
  const send = callSender(options.baseUrl, options.request)
  const proofs = createProofMemory(options.now)
  const onLogin = () => {
    proofs.forgetAll()
  }
  return clientOf(send, bearerSessions({ ...options, send, onLogin }), proofs)
}

/** The calls of a client, whatever makes it known. */
export const clientOf = <S extends KnownSession>(
  send: SendCall,
  sessions: Sessions<S>,
  proofs: ProofMemory,
): BffClient => {
  const authorized = async <T>(call: Call<T>): Promise<T> => {
    const session = await sessions.ensure()
    try {
      return await send(call, sessions.headers(session))
    } catch (error) {
      if (!isSessionError(error)) throw error
    }
    return send(call, sessions.headers(await sessions.renewAfter(session)))
  }

  const prove = async <T>(id: string, { encryptedData, iv }: Proof, is: Shape<T>, more = {}) => {
    const session = await sessions.ensure()
    const path = `/v1/shares/${encodeURIComponent(id)}/openings`
    try {
      return await send(
        { ...post(path, is), body: { encryptedData, iv, ...more } },
        sessions.headers(session),
      )
    } catch (error) {
      if (isSessionError(error)) sessions.forget(session)
      throw error
    }
  }

  return {
    ...personCalls({ authorized, send, sessions, proofs }),
    ensureSession: () => sessions.ensure(),
    hasSession: () => sessions.known(),
    renewSession: () => sessions.renew(),
    proofs,
    getMe: () => authorized(get('/v1/me', isMe)),
    rename: (name) => authorized(put('/v1/me', { name }, isMe)),
    getPolicy: () => authorized(get('/v1/policy', isMemberPolicy)),
    createCard: (body, key) =>
      authorized({ ...post('/v1/cards', isCard), body, headers: { 'Idempotency-Key': key } }),
    listCards: (box, page) => authorized(get(`/v1/cards${query({ box, ...page })}`, isCardPage)),
    getCard: (id) => authorized(get(cardPath(id), isCard)),
    updateCard: (id, change) => authorized(put(cardPath(id), change, isCard)),
    revokeCard: (id) => authorized(post(`${cardPath(id)}/revoke`, isCard)),
    deleteCard: (id) => authorized(remove(cardPath(id))),
    createShare: (id, { label } = {}) =>
      authorized({
        ...post(`${cardPath(id)}/shares`, isShare),
        body: label === undefined ? {} : { label },
      }),
    listOpenings: (id, page) =>
      authorized(get(`${cardPath(id)}/openings${query({ ...page })}`, isReaderPage)),
    listRefusals: (id, page) =>
      authorized(get(`${cardPath(id)}/refusals${query({ ...page })}`, isRefusedPage)),
    openShare: (id, proof) => prove(id, proof, isOpening),
    peekShare: (id, proof) => prove(id, proof, isPeek, { peek: true }),
    getOpening: (id) => authorized(get(`/v1/openings/${encodeURIComponent(id)}`, isOpeningStatus)),
    acknowledge: (id) =>
      authorized(post<void>(`/v1/openings/${encodeURIComponent(id)}/acknowledgement`, null)),
  }
}

const cardPath = (id: string) => `/v1/cards/${encodeURIComponent(id)}`
