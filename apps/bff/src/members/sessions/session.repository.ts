import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, IsNull, MoreThan } from 'typeorm'
import { type Clock, CLOCK, CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { GroupedRead } from '../../database/grouped-read.js'
import { integer, nullable, Statements, text } from '../../database/statements.js'
import { SESSION_MS, SessionEntity } from './session.entity.js'

@Injectable()
export class SessionRepository {
  readonly #byToken: GroupedRead<string, SessionEntity & { n: number }>

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
  }

  /** Every request of a member asks: all who ask in the same moment share one statement. */
  async findByToken(tokenHash: string): Promise<SessionEntity | null> {
    return (await this.#byToken.first(tokenHash)) ?? null
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
