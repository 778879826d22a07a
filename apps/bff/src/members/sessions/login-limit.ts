import { Inject, Injectable } from '@nestjs/common'
import type { AuditedTransaction } from '../../audit/audit-log.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { MINUTE, SECOND } from '../../core/time.js'
import { SessionRepository } from './session.repository.js'

/** How often a person may log in. Counted in the database, so a restart forgets nothing. */
@Injectable()
export class LoginLimit {
  constructor(
    private readonly sessions: SessionRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Records a login that comes too early. @returns seconds until the person may log in again; 0 is now */
  async wait(
    { manager, record }: AuditedTransaction,
    viewerId: string,
    now: number,
  ): Promise<number> {
    const limit = this.config.limits.loginsPerPersonPerMinute
    const logins = await this.sessions.loginsAfter(manager, viewerId, now - MINUTE, limit)
    const oldest = logins[limit - 1]
    if (oldest === undefined) return 0
    record({
      kind: 'session.open',
      actor: viewerId,
      subject: viewerId,
      decision: 'refused',
      reason: 'rate_limited',
    })
    return (oldest + MINUTE - now) / SECOND
  }
}
