import { Inject, Injectable } from '@nestjs/common'
import { IsNull, MoreThan } from 'typeorm'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import type { AdminPrincipal } from '../../http/access/principals.js'
import { SessionEntity } from '../../members/sessions/session.entity.js'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'
import { ViewerLookup } from './viewer-lookup.js'

/** Ends all sessions of a person. Every process asks the database about a session, so the next request fails. */
@Injectable()
export class SessionRevocation {
  constructor(
    private readonly people: ViewerLookup,
    private readonly viewers: ViewerRepository,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many were live @throws ApiError ERR_NOT_FOUND */
  async allOf(by: AdminPrincipal, viewer: string, reason?: string): Promise<number> {
    const { id, why } = await this.people.find(viewer, reason)
    return this.audit.transact(async ({ manager, record }) => {
      // A login locks the same row. So its session exists already, or begins after this transaction.
      await this.viewers.lock(manager, id)
      const now = this.clock.now()
      const live = { viewerId: id, endedAt: IsNull(), expiresAt: MoreThan(now) }
      const { affected } = await manager.update(SessionEntity, live, { endedAt: now })
      const ended = affected ?? 0
      const what = `sessions=${ended}${why && ` ${why}`}`
      record(adminAuditEntry(by, { kind: 'session.revoke', subject: id, why: what }))
      return ended
    })
  }
}
