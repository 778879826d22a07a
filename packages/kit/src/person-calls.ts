import type {
  AccessRequestPage,
  ChooseNotices,
  MyNotices,
  PersonCopy,
  Subscribe,
} from '@sealcard/protocol'
import {
  get,
  isSessionError,
  post,
  put,
  query,
  remove,
  type Call,
  type SendCall,
} from './bff-call.js'
import type { ProofMemory } from './proof-memory.js'
import type { Sessions } from './sessions.js'
import { isAccessRequestPage, isAnything, isMyNotices, isPersonCopy } from './shapes.js'

/** What a person may do about their own data, and about access to a card. */
export interface PersonCalls {
  /** All that is held about the person. The service gives ten copies an hour. */
  exportMe(): Promise<PersonCopy>
  /** Erases the person at once. Afterwards nobody is logged in on this phone. */
  eraseMe(): Promise<void>
  /** Ends the session. Rejects when the service did not say that it is over; the phone keeps it then. */
  signOut(): Promise<void>
  /** Asks the owner of whatever card this share belongs to. The answer tells nothing about the share. */
  askForAccess(shareId: string, note: string): Promise<void>
  /** Who asked for access to a card of one's own. */
  listRequests(cardId: string, page?: { cursor?: string }): Promise<AccessRequestPage>
  dismissRequest(requestId: string): Promise<void>
  /** The person accepted one subscription message: the service may send one for this card. */
  subscribe(cardId: string, accepted: Subscribe): Promise<void>
  /** What the app tells the person by itself, and the templates that they can accept. */
  getNotices(): Promise<MyNotices>
  /** Kinds that are left out stay as they are. */
  chooseNotices(kinds: ChooseNotices['kinds']): Promise<MyNotices>
}

interface Parts {
  authorized: <T>(call: Call<T>) => Promise<T>
  send: SendCall
  sessions: Sessions
  proofs: ProofMemory
}

export const personCalls = ({ authorized, send, sessions, proofs }: Parts): PersonCalls => {
  const forget = () => {
    sessions.forget()
    proofs.forgetAll()
  }
  return {
    exportMe: () => authorized(get('/v1/me/export', isPersonCopy)),
    async eraseMe() {
      await authorized(remove('/v1/me'))
      forget()
    },
    async signOut() {
      const headers = sessions.credentials()
      if (headers) {
        await send(remove('/v1/sessions/current'), headers).catch((error: unknown) => {
          // It is over already.
          if (!isSessionError(error)) throw error
        })
      }
      forget()
    },
    async askForAccess(shareId, note) {
      const path = `/v1/shares/${encodeURIComponent(shareId)}/requests`
      await authorized({ ...post(path, isAnything), body: note === '' ? {} : { note } })
    },
    listRequests: (cardId, page) =>
      authorized(
        get(
          `/v1/cards/${encodeURIComponent(cardId)}/requests${query({ ...page })}`,
          isAccessRequestPage,
        ),
      ),
    dismissRequest: (id) =>
      authorized(post<void>(`/v1/requests/${encodeURIComponent(id)}/dismissal`, null)),
    subscribe: (cardId, body) =>
      authorized({
        ...post<void>(`/v1/cards/${encodeURIComponent(cardId)}/subscriptions`, null),
        body,
      }),
    getNotices: () => authorized(get('/v1/me/notices', isMyNotices)),
    chooseNotices: (kinds) => authorized(put('/v1/me/notices', { kinds }, isMyNotices)),
  }
}
