import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, IsNull, MoreThan } from 'typeorm'
import { Grouped } from '../../core/concurrency/grouped.js'
import { type Clock, CLOCK, CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { integer, nullable, type Statement, Statements, text } from '../../database/statements.js'
import { SESSION_MS, SessionEntity } from './session.entity.js'

@Injectable()
export class SessionRepository {
  readonly #byToken: Statement<SessionEntity>
  readonly #groups: Grouped<string, SessionEntity | null>

  constructor(
    storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const sql = new Statements(storage)
    this.#byToken = sql.read<SessionEntity>(
      `SELECT id, token_hash AS "tokenHash", viewer_id AS "viewerId", app_id AS "appId",
        created_at AS "createdAt", expires_at AS "expiresAt", ended_at AS "endedAt"
      FROM sessions WHERE token_hash IN (SELECT given.hash FROM ${sql.given(1, { hash: 'varchar' })})`,
      {
        id: text,
        tokenHash: text,
        viewerId: text,
        appId: text,
        createdAt: integer,
        expiresAt: integer,
        endedAt: nullable(integer),
      },
    )
    this.#groups = new Grouped({ most: 128, atOnce: 2 }, (hashes) => this.#find(hashes))
  }

  /** Every request of a member asks: all who ask in the same moment share one statement. */
  findByToken(tokenHash: string): Promise<SessionEntity | null> {
    return this.#groups.ask(tokenHash)
  }

  insert(manager: EntityManager, session: SessionEntity): Promise<unknown> {
    return manager.insert(SessionEntity, session)
  }

  /** When the viewer's logins after that time were, newest first, at most `limit`. */
  async loginsAfter(manager: EntityManager, viewerId: string, after: number, limit: number) {
    const rows = await manager.find(SessionEntity, {
      select: { createdAt: true },
      where: { viewerId, createdAt: MoreThan(after) },
      order: { createdAt: 'DESC' },
      take: limit,
    })
    return rows.map((row) => row.createdAt)
  }

  /** @returns whether it was live until now */
  async end(manager: EntityManager, id: string): Promise<boolean> {
    const where = { id, endedAt: IsNull() }
    const { affected } = await manager.update(SessionEntity, where, { endedAt: this.clock.now() })
    return affected === 1
  }

  async #find(hashes: readonly string[]) {
    const found = await this.#byToken.run([[...new Set(hashes)].map((hash) => [hash])])
    const byHash = new Map(found.map((session) => [session.tokenHash, session]))
    return hashes.map((hash) => ({ value: byHash.get(hash) ?? null }))
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
