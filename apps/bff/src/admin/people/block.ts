import { Body, Inject, Injectable, Param, Post } from '@nestjs/common'
import { Act, BlockedViewer, WithReason } from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { ViewerEntity } from '../../members/sessions/viewer.entity.js'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'
import { endSessions } from '../revocations/revocations.js'
import { ViewerLookup } from '../revocations/viewer-lookup.js'
import { ViewerList } from './viewer-list.js'

/** Who blocks, and from where. */
type By = Pick<AdminPrincipal, 'actor' | 'address'>

/**
 * Keeps a person out. The block and the end of the sessions are one transaction that holds the person's row. A login and
 * an opening hold the same row, and read block and session then. So the block counts at once, in every process.
 */
@Injectable()
export class Blocking {
  constructor(
    private readonly people: ViewerLookup,
    private readonly viewers: ViewerRepository,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A second call changes nothing, and the audit says so. @returns how many sessions ended @throws ApiError ERR_NOT_FOUND */
  async block(by: By, viewer: string, reason: string): Promise<number> {
    const { id, why } = await this.people.find(viewer, reason)
    return this.audit.transact(async ({ manager, record }) => {
      await this.viewers.lock(manager, id)
      const now = this.clock.now()
      const changed = await setBlocked(manager, id, now)
      const ended = await endSessions(manager, id, now)
      const decision = changed ? 'done' : 'already'
      const told = `sessions=${ended} ${why}`
      record(adminAuditEntry(by, { kind: 'viewer.block', subject: id, decision, why: told }))
      return ended
    })
  }

  /** The same, backwards. Sessions that ended stay ended. @throws ApiError ERR_NOT_FOUND */
  async unblock(by: By, viewer: string, reason: string): Promise<void> {
    const { id, why } = await this.people.find(viewer, reason)
    await this.audit.transact(async ({ manager, record }) => {
      await this.viewers.lock(manager, id)
      const changed = await setBlocked(manager, id, null)
      const decision = changed ? 'done' : 'already'
      record(adminAuditEntry(by, { kind: 'viewer.unblock', subject: id, decision, why }))
    })
  }
}

/** @param at ms UTC; null: the person may log in again @returns whether it changed */
export const setBlocked = async (
  manager: EntityManager,
  id: string,
  at: number | null,
): Promise<boolean> => {
  const row = await manager.findOneByOrFail(ViewerEntity, { id })
  if ((row.blockedAt === null) === (at === null)) return false
  await manager.update(ViewerEntity, { id }, { blockedAt: at })
  return true
}

/** Keeps people out, and lets them in again. */
@Administrators()
export class BlockController {
  constructor(
    private readonly blocking: Blocking,
    private readonly list: ViewerList,
  ) {}

  @Post('viewers/:viewerId/block')
  @Rule('revoke')
  @Answers(200, BlockedViewer)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  async block(
    @Admin() by: AdminPrincipal,
    @Param('viewerId') viewerId: string,
    @Body(valid(WithReason)) { reason }: WithReason,
  ): Promise<BlockedViewer> {
    const ended = await this.blocking.block(by, viewerId, reason)
    return { ...(await this.list.one(viewerId)), ended }
  }

  @Post('viewers/:viewerId/unblock')
  @Rule('revoke')
  @Answers(200, BlockedViewer)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  async unblock(
    @Admin() by: AdminPrincipal,
    @Param('viewerId') viewerId: string,
    @Body(valid(Act)) { reason = '' }: Act,
  ): Promise<BlockedViewer> {
    await this.blocking.unblock(by, viewerId, reason)
    return { ...(await this.list.one(viewerId)), ended: 0 }
  }
}
