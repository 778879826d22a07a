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
  type PersonState,
  type SessionState,
  type UsedOpening,
  viewKey,
} from './group-state.js'
import { Newest } from './newest.js'
import type { Outcome } from './opening.entity.js'

interface PersonRow {
  readonly id: string
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

/** How exact a person's `seenAt` is on SQLite, ms. */
const SEEN_MS = MINUTE

/** Sorted: whatever holds rows holds them in one order in every process. */
const distinct = (values: readonly string[]): string[][] =>
  [...new Set(values)].sort().map((value) => [value])

const times = (value: unknown): number[] => ((json(value) ?? []) as unknown[]).map(Number)

/** Reads what a group's judgement needs, in six statements however large the group is. */
@Injectable()
export class GroupReader {
  readonly #held: Statement<never>
  readonly #sessions: Statement<SessionRow>
  readonly #people: Statement<PersonRow>
  readonly #cards: Statement<CardState>
  readonly #proofs: Statement<ProofRow>
  readonly #views: Statement<{ cardId: string; viewerId: string; opens: number }>

  constructor(storage: DataSource) {
    const sql = new Statements(storage)
    const givenId = sql.given(1, { id: 'varchar' })
    const ids = `SELECT given.id FROM ${givenId}`
    // Each row is a page to write. SQLite's one writer holds all rows without changing them.
    this.#held = sql.write(
      `UPDATE viewers SET seen_at = $2 WHERE ${
        sql.oneWriter
          ? `id IN (${ids}) AND abs(seen_at - $2) >= ${SEEN_MS}`
          : // Also at REPEATABLE READ the second of two transactions then fails, and runs again.
            `id IN (SELECT id FROM viewers WHERE id IN (${ids})${sql.hold})`
      }`,
    )
    // Also rows that a clock ahead of ours made: at worst a session ends too early, and the person logs in again.
    this.#sessions = sql.read<SessionRow>(
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
    this.#people = sql.read<PersonRow>(
      `SELECT given.id, ${sql.array('at', rejected, 'r')} AS "rejected",
        ${sql.array('at', opened, 'm')} AS "opened"
      FROM ${givenId} JOIN viewers AS v ON v.id = given.id`,
      { id: text, rejected: times, opened: times },
    )
    this.#cards = sql.read<CardState>(
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
    this.#proofs = sql.read<ProofRow>(
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
    this.#views = sql.read(
      `SELECT v.card_id AS "cardId", v.viewer_id AS "viewerId", v.opens
      FROM ${sql.given(1, { card_id: 'varchar', viewer_id: 'varchar' })}
      JOIN card_viewers AS v ON v.card_id = given.card_id AND v.viewer_id = given.viewer_id`,
      { cardId: text, viewerId: text, opens: integer },
    )
  }

  /** Holds the people's rows until the transaction ends, so that what is counted per person is counted exactly. */
  async hold(manager: EntityManager, group: readonly Attempt[], now: number): Promise<void> {
    await this.#held.run([distinct(group.map(({ me }) => me.viewerId)), now], manager)
  }

  /** Runs when the people are held. One statement after another: the connection of SQLite's package keeps no order. */
  async read(
    manager: EntityManager,
    group: readonly Attempt[],
    limits: OpeningLimits,
    now: number,
  ): Promise<GroupState> {
    const sessionIds = distinct(group.map(({ me }) => me.sessionId))
    const spending = limits.rejectedProofsPerSession
    const since = now - SESSION_WINDOW_MS
    const sessions = await this.#sessions.run([sessionIds, since, spending], manager)
    const cardIds = distinct(group.map(({ evidence }) => evidence.share.cardId))
    const cards = await this.#cards.run([cardIds], manager)
    const names = distinct(
      group.flatMap(({ evidence }) => [evidence.digest, evidence.formerDigest]),
    )
    const proofs = await this.#proofs.run([names], manager)
    const pairs = new Map(
      group.map(({ me, evidence: { share } }) => [
        viewKey(share.cardId, me.viewerId),
        [share.cardId, me.viewerId],
      ]),
    )
    const views = await this.#views.run([[...pairs.values()]], manager)
    return {
      sessions: new Map(sessions.map((session) => [session.id, session])),
      people: await this.#readPeople(manager, group, limits, now),
      cards: new Map(cards.map((card) => [card.id, card])),
      proofs: new Map(
        proofs.map((row) => [row.digest, { usedAt: row.usedAt, opening: openingOf(row) }]),
      ),
      views: new Map(views.map((view) => [viewKey(view.cardId, view.viewerId), view.opens])),
    }
  }

  /** What a limit asks costs the same however many rows there are: few of the newest are read, the others skipped. */
  async #readPeople(
    manager: EntityManager,
    group: readonly Attempt[],
    limits: OpeningLimits,
    now: number,
  ): Promise<Map<string, PersonState>> {
    const rows = distinct(group.map(({ me }) => me.viewerId))
    const most = mostOfOne(group)
    const skip = (limit: number) => Math.max(0, limit - most)
    const [rejected, opened] = [
      skip(limits.rejectedProofsPerPersonPerHour),
      skip(limits.openingsPerPersonPerMinute),
    ]
    const params = [
      ...[now - PERSON_WINDOW_MS, now + PERSON_WINDOW_MS, rejected, most],
      ...[now - OPENINGS_WINDOW_MS, now + OPENINGS_WINDOW_MS, opened, most],
    ]
    const found = await this.#people.run([rows, ...params], manager)
    return new Map(
      found.map((row) => [
        row.id,
        { rejected: new Newest(rejected, row.rejected), opened: new Newest(opened, row.opened) },
      ]),
    )
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
