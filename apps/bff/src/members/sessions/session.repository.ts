import { Inject, Injectable } from '@nestjs/common'
import { And, DataSource, type EntityManager, IsNull, LessThan, MoreThan } from 'typeorm'
import { type Clock, CLOCK, CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { SESSION_MS, SessionEntity } from './session.entity.js'

@Injectable()
export class SessionRepository {
  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  findByToken(tokenHash: string): Promise<SessionEntity | null> {
    return this.storage.manager.findOneBy(SessionEntity, { tokenHash })
  }

  find(manager: EntityManager, id: string): Promise<SessionEntity | null> {
    return manager.findOneBy(SessionEntity, { id })
  }

  insert(manager: EntityManager, session: SessionEntity): Promise<unknown> {
    return manager.insert(SessionEntity, session)
  }

  /** When the viewer's logins between the two times were, newest first, at most `limit`. */
  async loginsBetween(
    manager: EntityManager,
    viewerId: string,
    [from, to]: readonly [number, number],
    limit: number,
  ) {
    const rows = await manager.find(SessionEntity, {
      select: { createdAt: true },
      where: { viewerId, createdAt: And(MoreThan(from), LessThan(to)) },
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
