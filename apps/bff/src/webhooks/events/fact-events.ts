import type { WebhookEvent } from '@sealcard/protocol'
import type { Fact } from '../../audit/audit.entities.js'
import type { EventIds } from '../storage/delivery.entity.js'

/** Something that webhooks get. */
export interface HappenedEvent {
  readonly type: WebhookEvent
  /** Absent: the app of the card. */
  readonly app?: string
  /** Null: of no card. */
  readonly cardId: string | null
  readonly viewerId: string | null
  readonly ids: EventIds
}

type Reader = (fact: Fact) => HappenedEvent | undefined

const opening: Reader = ({ about, decision, actor, subject }) => {
  // The audit also hears of attempts without a proof, and of proofs that are sent again. They are no events.
  if (!about) return undefined
  const { app, cardId = null, openingId, code } = about
  const type = decision === 'granted' ? 'card.opened' : 'card.refused'
  return { type, app, cardId, viewerId: actor, ids: { openingId, shareId: subject, code } }
}

/** Which facts are events, by their kind. Code that records such a fact writes the event with it. */
const READERS: Readonly<Record<string, Reader>> = {
  opening,
  'opening.acknowledge': ({ about, actor, subject }) =>
    about && {
      type: 'card.acknowledged',
      app: about.app,
      cardId: about.cardId ?? null,
      viewerId: actor,
      ids: { openingId: subject },
    },
  'card.revoke': ({ decision, subject }) =>
    decision === 'done'
      ? { type: 'card.revoked', cardId: subject, viewerId: null, ids: {} }
      : undefined,
  // The request says who asked. A row that named them would be in their copy, and say that the share exists.
  'access.request': ({ about, subject }) =>
    about && {
      type: 'access.requested',
      app: about.app,
      cardId: about.cardId ?? null,
      viewerId: null,
      ids: { requestId: about.requestId, shareId: subject },
    },
  'person.erase': ({ about, subject }) =>
    about && { type: 'person.erased', app: about.app, cardId: null, viewerId: subject, ids: {} },
}

export const eventOf = (fact: Fact): HappenedEvent | undefined => READERS[fact.kind]?.(fact)
