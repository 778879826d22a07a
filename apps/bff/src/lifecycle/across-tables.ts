import { type EntityManager, IsNull } from 'typeorm'
import type { Fact } from '../audit/audit.entities.js'
import { integer, nullable, Statements, text } from '../database/statements.js'
import { CardEntity } from '../members/cards/card.entity.js'
import { moveLimits } from '../members/openings/limit-traces.js'
import { forgetAsked, moveAsks } from '../members/requests/asks-of-erased.js'
import { leaveBlock } from '../members/sessions/blocked-person.entity.js'
import { leaveLogins } from '../members/sessions/limit-moves.js'

/**
 * The one place for what is no single table's business. All else about erasing and copying stands at the entities.
 *
 * The order in which a person's tables are erased and copied. A row that is found through another table goes before
 * that table. The person's own row goes last: the bot's rows are found through it. Tools read copies in this order.
 */
export const PERSON_TABLES: readonly string[] = [
  // Found through their cards, and through their openings.
  'idempotency_keys',
  'proofs',
  'openings',
  'access_requests',
  'card_subscriptions',
  'notice_choices',
  'card_viewers',
  'shares',
  'card_pairs',
  'cards',
  'card_makers',
  'bot_callbacks',
  'bot_jobs',
  'bot_notices',
  'bot_people',
  'webhook_deliveries',
  'sessions',
  'h5_doctor_runs',
  'viewer_keys',
  'viewer_pairs',
  'audit_entries',
  'viewers',
]

/** An erasure that begins. */
export interface Erasure {
  readonly manager: EntityManager
  readonly record: (fact: Fact) => void
  /** The person's id. */
  readonly id: string
  /** A keyed hash of the person, which leads to no row. */
  readonly trace: string
  /** Who asked for it. */
  readonly actor: string
  readonly now: number
}

interface HeldCard {
  readonly id: string
  readonly revokedAt: number | null
}

/**
 * The cards that can be opened or found. In the order in which openings hold cards. A job that makes pairs of a title ends
 * before its pairs are deleted, or finds no title.
 */
const holdCards = (manager: EntityManager, ownerId: string): Promise<HeldCard[]> => {
  const sql = new Statements(manager.dataSource)
  return sql
    .read<HeldCard>(
      `SELECT id, revoked_at AS "revokedAt" FROM cards
      WHERE owner_id = $1 AND (revoked_at IS NULL OR sealed_title IS NOT NULL)${sql.hold}`,
      { id: text, revokedAt: nullable(integer) },
    )
    .run([ownerId], manager)
}

/** What happens before the rows of the person change, in the same transaction. */
export const BEFORE_ERASING: readonly ((erasure: Erasure) => Promise<void>)[] = [
  // Recipients of the person's cards get "revoked" from now on. The audit has one entry for each card.
  async ({ manager, record, id, actor, now }) => {
    const cards = await holdCards(manager, id)
    await manager.update(CardEntity, { ownerId: id, revokedAt: IsNull() }, { revokedAt: now })
    for (const card of cards.filter(({ revokedAt }) => revokedAt === null))
      record({
        kind: 'card.revoke',
        actor,
        subject: card.id,
        decision: 'done',
        reason: 'owner_erased',
      })
  },
  // What others asked the person loses its words: the person reads it no more.
  ({ manager, id }) => forgetAsked(manager, id),
  // A person who comes back has the limits that they had: views of a card, rejected proofs, requests, logins.
  ({ manager, id, trace, now }) => moveLimits(manager, { from: id, to: trace, now }),
  ({ manager, id, trace, now }) => moveAsks(manager, { from: id, to: trace, now }),
  ({ manager, id, trace, now }) => leaveLogins(manager, { from: id, to: trace, now }),
  ({ manager, id, trace }) => leaveBlock(manager, { from: id, to: trace }),
]
