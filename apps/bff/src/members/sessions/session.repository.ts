import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, IsNull } from 'typeorm'
import { type Clock, CLOCK, CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { GroupedRead } from '../../database/grouped-read.js'
import {
  integer,
  json,
  nullable,
  type Statement,
  Statements,
  text,
} from '../../database/statements.js'
import type { Span } from '../../http/limits/person-limits.js'
import { SESSION_MS, SessionEntity } from './session.entity.js'

interface Logins {
  readonly id: string
  readonly times: readonly number[]
}

@Injectable()
export class SessionRepository {
  readonly #byToken: GroupedRead<string, SessionEntity & { n: number }>
  readonly #insert: Statement<never>
  readonly #logins: Statement<Logins>

  constructor(
    storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const sql = new Statements(storage)
    const statement = sql.read<SessionEntity & { n: number }>(
      `SELECT given.n, s.id, s.token_hash AS "tokenHash", s.viewer_id AS "viewerId",
        s.app_id AS "appId", s.created_at AS "createdAt", s.expires_at AS "expiresAt",
        s.ended_at AS "endedAt"
      FROM ${sql.given(1, { n: 'int', hash: 'varchar' })}
      JOIN sessions AS s ON s.token_hash = given.hash`,
      {
        n: integer,
        id: text,
        tokenHash: text,
        viewerId: text,
        appId: text,
        createdAt: integer,
        expiresAt: integer,
        endedAt: nullable(integer),
      },
    )
    this.#byToken = new GroupedRead(statement, (hash) => [hash])
    this.#insert = sql.insert('sessions', {
      id: 'varchar',
      token_hash: 'varchar',
      viewer_id: 'varchar',
      app_id: 'varchar',
      created_at: 'bigint',
      expires_at: 'bigint',
      ended_at: 'bigint',
    })
    const logins = `SELECT s.created_at FROM sessions AS s
      WHERE s.viewer_id = given.id AND s.created_at > $2 AND s.created_at <= $3
      ORDER BY s.created_at DESC LIMIT $4`
    this.#logins = sql.read<Logins>(
      `SELECT given.id, ${sql.array('created_at', logins, 'l')} AS "times"
      FROM ${sql.given(1, { id: 'varchar' })}`,
      { id: text, times: (value) => ((json(value) ?? []) as unknown[]).map(Number) },
    )
  }

  /** Every request of a member asks: all who ask in the same moment share one statement. */
  async findByToken(tokenHash: string): Promise<SessionEntity | null> {
    return (await this.#byToken.first(tokenHash)) ?? null
  }

  async insert(manager: EntityManager, sessions: readonly SessionEntity[]): Promise<void> {
    const rows = sessions.map((s) => [
      s.id,
      s.tokenHash,
      s.viewerId,
      s.appId,
      s.createdAt,
      s.expiresAt,
      s.endedAt,
    ])
    if (rows.length > 0) await this.#insert.run([rows], manager)
  }

  /** When the logins of each person in that span were, newest first, at most `limit`. */
  async loginsAfter(
    manager: EntityManager,
    viewerIds: readonly string[],
    { after, until }: Span,
    limit: number,
  ): Promise<Map<string, readonly number[]>> {
    const ids = [...new Set(viewerIds)].map((id) => [id])
    const rows = await this.#logins.run([ids, after, until, limit], manager)
    return new Map(rows.map(({ id, times }) => [id, times.toSorted((a, b) => b - a)]))
  }

  /** @returns whether it was live until now */
  async end(manager: EntityManager, id: string): Promise<boolean> {
    const where = { id, endedAt: IsNull() }
    const { affected } = await manager.update(SessionEntity, where, { endedAt: this.clock.now() })
    return affected === 1
  }
}

/**
 * From its login until it is ended or three days are over. One that would last longer was begun while a clock was ahead:
 * once the clock is right it is over, too, whatever retention has come to.
 */
export const isLive = <S extends Pick<SessionEntity, 'endedAt' | 'expiresAt'>>(
  session: S | null,
  now: number,
): session is S =>
  session !== null &&
  session.endedAt === null &&
  now < session.expiresAt &&
  session.expiresAt <= now + SESSION_MS + CLOCK_SKEW_MS
