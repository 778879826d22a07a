import { Injectable } from '@nestjs/common'
import type { Policy } from '@sealcard/protocol'
import { DataSource, type EntityManager } from 'typeorm'
import { MINUTE } from '../../core/time.js'
import {
  integer,
  json,
  nullable,
  type Statement,
  Statements,
  text,
  type Together,
} from '../../database/statements.js'
import type { CardEntity } from '../cards/card.entity.js'
import {
  OPENINGS_WINDOW_MS,
  type OpeningLimits,
  PERSON_WINDOW_MS,
  SESSION_WINDOW_MS,
} from './group-judgement.js'
import {
  type Attempt,
  type CardState,
  type GroupState,
  type SessionState,
  type UsedOpening,
  viewKey,
} from './group-state.js'
import { Newest } from './newest.js'
import type { Outcome } from './opening.entity.js'

interface PersonRow {
  readonly id: string
  readonly seenAt: number
  readonly rejected: readonly number[]
  readonly opened: readonly number[]
}

interface ProofRow {
  readonly digest: string
  readonly usedAt: number
  readonly openingId: string | null
  readonly viewerId: string
  readonly outcome: Outcome
  readonly shareId: string | null
  readonly at: number
}

type SessionRow = SessionState & { readonly id: string }

interface ViewRow {
  readonly cardId: string
  readonly viewerId: string
  readonly opens: number
}

/** How exact a person's `seenAt` is on SQLite, ms. */
const SEEN_MS = MINUTE

/** Sorted: whatever holds rows holds them in one order in every process. */
const distinct = (values: readonly string[]): string[][] =>
  [...new Set(values)].sort().map((value) => [value])

const times = (value: unknown): number[] => ((json(value) ?? []) as unknown[]).map(Number)

/** Reads what a group's judgement needs, in a few statements however large the group is. */
@Injectable()
export class GroupReader {
  readonly #oneWriter: boolean
  readonly #seen: Statement<never>
  readonly #rows: Together<readonly [SessionRow, CardState, ProofRow, ViewRow, PersonRow]>

  constructor(storage: DataSource) {
    const sql = new Statements(storage)
    const givenId = sql.given(1, { id: 'varchar' })
    const ids = `SELECT given.id FROM ${givenId}`
    this.#oneWriter = sql.oneWriter
    // Also at REPEATABLE READ the second of two transactions then fails, and runs again.
    const held = sql.oneWriter ? ids : `SELECT id FROM viewers WHERE id IN (${ids})${sql.hold}`
    this.#seen = sql.write(`UPDATE viewers SET seen_at = $2 WHERE id IN (${held})`)
    // Also rows that a clock ahead of ours made: at worst a session ends too early, and the person logs in again.
    const sessions = sql.read<SessionRow>(
      `SELECT id, ended_at AS "endedAt", expires_at AS "expiresAt",
        (SELECT count(*) FROM (SELECT 1 FROM openings AS o WHERE o.session_id = sessions.id
          AND o.outcome = 'rejected' AND o.reason <> 'no_proof' AND o.at > $2 LIMIT $3) AS few)
          AS "rejected"
      FROM sessions WHERE id IN (${ids})${sql.hold}`,
      { id: text, endedAt: nullable(integer), expiresAt: integer, rejected: integer },
    )
    // Only rows that a window can hold. A clock that was ahead made later ones: they would keep the person out for long.
    // With a plain `at`, SQLite would sort by the index of all rejected proofs and not use the person's index.
    const rejected = `SELECT o.at FROM openings AS o WHERE o.viewer_id = given.id
      AND o.outcome = 'rejected' AND o.reason <> 'no_proof'
      AND o.at > ${sql.moment(2)} AND o.at < ${sql.moment(3)}
      ORDER BY o.at + 0 DESC LIMIT $5 OFFSET $4`
    const opened = `SELECT o.at FROM openings AS o WHERE o.viewer_id = given.id
      AND o.outcome IN ('granted', 'refused', 'rejected')
      AND (o.outcome <> 'rejected' OR o.reason = 'no_proof')
      AND o.at > ${sql.moment(6)} AND o.at < ${sql.moment(7)} ORDER BY o.at DESC LIMIT $9 OFFSET $8`
    const people = sql.read<PersonRow>(
      `SELECT given.id, v.seen_at AS "seenAt", ${sql.array('at', rejected, 'r')} AS "rejected",
        ${sql.array('at', opened, 'm')} AS "opened"
      FROM ${givenId} JOIN viewers AS v ON v.id = given.id`,
      { id: text, seenAt: integer, rejected: times, opened: times },
    )
    const cards = sql.read<CardState>(
      `SELECT id, owner_id AS "ownerId", sealed_title AS "sealedTitle", sealed_body AS "sealedBody",
        sealed_reference AS "sealedReference", sealed_data AS "sealedData",
        policy, expires_at AS "expiresAt", revoked_at AS "revokedAt", viewer_count AS "viewerCount"
      FROM cards WHERE id IN (${ids})${sql.hold}`,
      {
        id: text,
        ownerId: text,
        sealedTitle: nullable(text),
        sealedBody: nullable(text),
        sealedReference: nullable(text),
        sealedData: nullable(text),
        policy: json as (value: unknown) => Policy,
        expiresAt: nullable(integer),
        revokedAt: nullable(integer),
        viewerCount: integer,
      } satisfies { [K in keyof CardState]: (value: unknown) => CardEntity[K] },
    )
    const proofs = sql.read<ProofRow>(
      `SELECT p.digest, p.used_at AS "usedAt", o.id AS "openingId", o.viewer_id AS "viewerId",
        o.outcome, o.share_id AS "shareId", o.at
      FROM proofs AS p LEFT JOIN openings AS o ON o.id = p.opening_id WHERE p.digest IN (${ids})`,
      {
        digest: text,
        usedAt: integer,
        openingId: nullable(text),
        viewerId: text,
        outcome: text as (value: unknown) => Outcome,
        shareId: nullable(text),
        at: integer,
      },
    )
    const views = sql.read<ViewRow>(
      `SELECT v.card_id AS "cardId", v.viewer_id AS "viewerId", v.opens
      FROM ${sql.given(1, { card_id: 'varchar', viewer_id: 'varchar' })}
      JOIN card_viewers AS v ON v.card_id = given.card_id AND v.viewer_id = given.viewer_id`,
      { cardId: text, viewerId: text, opens: integer },
    )
    this.#rows = sql.together(sessions, cards, proofs, views, people)
  }

  /**
   * Holds the people's rows until the transaction ends, so that what is counted per person is counted exactly. SQLite's one
   * writer holds all rows without a statement.
   */
  async hold(manager: EntityManager, group: readonly Attempt[], now: number): Promise<void> {
    if (this.#oneWriter) return
    await this.#seen.run([distinct(group.map(({ me }) => me.viewerId)), now], manager)
  }

  /** Runs when the people are held. */
  async read(
    manager: EntityManager,
    group: readonly Attempt[],
    limits: OpeningLimits,
    now: number,
  ): Promise<GroupState> {
    const sessionIds = distinct(group.map(({ me }) => me.sessionId))
    const cardIds = distinct(group.map(({ evidence }) => evidence.share.cardId))
    const names = distinct(
      group.flatMap(({ evidence }) => [evidence.digest, evidence.formerDigest]),
    )
    const pairs = new Map(
      group.map(({ me, evidence: { share } }) => [
        viewKey(share.cardId, me.viewerId),
        [share.cardId, me.viewerId],
      ]),
    )
    const people = distinct(group.map(({ me }) => me.viewerId))
    // What a limit asks costs the same however many rows there are: few of the newest are read, the others skipped.
    const most = mostOfOne(group)
    const skip = (limit: number) => Math.max(0, limit - most)
    const skipRejected = skip(limits.rejectedProofsPerPersonPerHour)
    const skipOpened = skip(limits.openingsPerPersonPerMinute)
    const [sessions, cards, proofs, views, persons] = await this.#rows.run(
      [
        [sessionIds, now - SESSION_WINDOW_MS, limits.rejectedProofsPerSession],
        [cardIds],
        [names],
        [[...pairs.values()]],
        [
          people,
          ...[now - PERSON_WINDOW_MS, now + PERSON_WINDOW_MS, skipRejected, most],
          ...[now - OPENINGS_WINDOW_MS, now + OPENINGS_WINDOW_MS, skipOpened, most],
        ],
      ],
      manager,
    )
    await this.#see(manager, persons, now)
    return {
      sessions: new Map(sessions.map((session) => [session.id, session])),
      people: new Map(
        persons.map(({ id, rejected, opened }) => [
          id,
          { rejected: new Newest(skipRejected, rejected), opened: new Newest(skipOpened, opened) },
        ]),
      ),
      cards: new Map(cards.map((card) => [card.id, card])),
      proofs: new Map(
        proofs.map((row) => [row.digest, { usedAt: row.usedAt, opening: openingOf(row) }]),
      ),
      views: new Map(views.map((view) => [viewKey(view.cardId, view.viewerId), view.opens])),
    }
  }

  /** Where nothing was written to hold the rows: each row is a page to write. */
  async #see(manager: EntityManager, people: readonly PersonRow[], now: number): Promise<void> {
    if (!this.#oneWriter) return
    const due = people.filter(({ seenAt }) => Math.abs(seenAt - now) >= SEEN_MS)
    if (due.length > 0) await this.#seen.run([due.map(({ id }) => [id]), now], manager)
  }
}

/** How many of the group one person asks for, at most. */
const mostOfOne = (group: readonly Attempt[]): number => {
  const counts = new Map<string, number>()
  for (const { me } of group) counts.set(me.viewerId, (counts.get(me.viewerId) ?? 0) + 1)
  return Math.max(...counts.values())
}

const openingOf = ({
  openingId: id,
  viewerId,
  outcome,
  shareId,
  at,
}: ProofRow): UsedOpening | null => (id === null ? null : { id, viewerId, outcome, shareId, at })
