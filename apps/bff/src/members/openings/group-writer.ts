import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { type Statement, Statements } from '../../database/statements.js'
import type { GroupChanges } from './group-changes.js'

/** Writes what a group changed, in five statements at most however large the group is. */
@Injectable()
export class GroupWriter {
  readonly #openings: Statement<never>
  readonly #proofs: Statement<never>
  readonly #views: Statement<never>
  readonly #cards: Statement<never>
  readonly #sessions: Statement<never>

  constructor(storage: DataSource) {
    const sql = new Statements(storage)
    this.#openings = sql.insert('openings', {
      id: 'varchar',
      share_id: 'varchar',
      card_id: 'varchar',
      viewer_id: 'varchar',
      session_id: 'varchar',
      outcome: 'varchar',
      reason: 'varchar',
      at: 'bigint',
    })
    this.#proofs = sql.insert('proofs', {
      digest: 'varchar',
      opening_id: 'varchar',
      used_at: 'bigint',
      expires_at: 'bigint',
    })
    const views = sql.given(1, {
      card_id: 'varchar',
      viewer_id: 'varchar',
      share_id: 'varchar',
      opens: 'int',
    })
    // Without WHERE, SQLite takes ON for the condition of a join.
    this.#views = sql.write(
      `INSERT INTO card_viewers (card_id, viewer_id, share_id, opens, first_at, last_at)
      SELECT card_id, viewer_id, share_id, opens, $2, $2 FROM ${views} WHERE true
      ON CONFLICT (card_id, viewer_id)
      DO UPDATE SET opens = card_viewers.opens + excluded.opens, last_at = excluded.last_at`,
    )
    const counts = sql.given(1, {
      id: 'varchar',
      opens: 'int',
      viewers: 'int',
      refused: 'int',
      opened_at: 'bigint',
    })
    this.#cards = sql.write(
      `UPDATE cards SET open_count = open_count + given.opens,
        viewer_count = viewer_count + given.viewers, refused_count = refused_count + given.refused,
        first_opened_at = coalesce(first_opened_at, given.opened_at),
        last_opened_at = coalesce(given.opened_at, last_opened_at)
      FROM ${counts} WHERE cards.id = given.id`,
    )
    this.#sessions = sql.write(
      `UPDATE sessions SET ended_at = $2
      WHERE id IN (SELECT given.id FROM ${sql.given(1, { id: 'varchar' })})`,
    )
  }

  /**
   * One statement after another, each set in the order of its keys: two processes wait for each other in one direction.
   * @throws a unique violation when another process used one of the proofs since they were read
   */
  async write(manager: EntityManager, changes: GroupChanges, now: number): Promise<void> {
    const { openings, proofs, views, cards, endedSessions } = changes
    if (openings.length > 0) {
      const rows = openings.map((o) => [
        o.id,
        o.shareId,
        o.cardId,
        o.viewerId,
        o.sessionId,
        o.outcome,
        o.reason,
        o.at,
      ])
      await this.#openings.run([rows], manager)
    }
    if (proofs.length > 0) {
      const rows = proofs.map((p) => [p.digest, p.openingId, p.usedAt, p.expiresAt])
      await this.#proofs.run([byKey(rows)], manager)
    }
    if (views.size > 0) {
      const rows = [...views.values()].map((v) => [v.cardId, v.viewerId, v.shareId, v.opens])
      await this.#views.run([byKey(rows), now], manager)
    }
    if (cards.size > 0) {
      const rows = [...cards].map(([id, c]) => [id, c.opens, c.viewers, c.refused, c.openedAt])
      await this.#cards.run([byKey(rows)], manager)
    }
    if (endedSessions.length > 0) {
      const rows = endedSessions.toSorted().map((id) => [id])
      await this.#sessions.run([rows, now], manager)
    }
  }
}

/** By the first column, then the second. */
const byKey = <Row extends readonly unknown[]>(rows: readonly Row[]): Row[] =>
  rows.toSorted(([a, b], [c, d]) => compare(a, c) || compare(b, d))

const compare = (a: unknown, b: unknown): number => {
  const [one, other] = [String(a), String(b)]
  return one < other ? -1 : one > other ? 1 : 0
}
