import { Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import type { Principal } from '../../http/access/principals.js'
import { limited, PersonLimits } from '../../http/limits/person-limits.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import type { ShareEntity } from './share.entity.js'
import { ShareRepository } from './share.repository.js'

/** Stores new shares, as many as a person may make. */
@Injectable()
export class ShareStore {
  constructor(
    private readonly shares: ShareRepository,
    private readonly viewers: ViewerRepository,
    private readonly limits: PersonLimits,
    private readonly audit: AuditLog,
  ) {}

  /** Asks no database. @throws ApiError ERR_RATE_LIMITED when this process knows that they have to wait */
  refuseKnown({ viewerId }: Principal): void {
    this.limits.refuseKnown('shares', viewerId)
  }

  /** @throws ApiError ERR_RATE_LIMITED */
  async refuseTooMany({ viewerId }: Principal, manager?: EntityManager): Promise<void> {
    const wait = await this.limits.wait('shares', viewerId, (after, n) =>
      this.shares.nthMade(viewerId, after, n, manager),
    )
    if (wait > 0) throw limited(wait)
  }

  /**
   * @param lease of the card; ends with it
   * @returns false, and stores nothing, when the card was revoked or the lease ended during the declaration
   * @throws ApiError ERR_RATE_LIMITED; ERR_PLATFORM_UNAVAILABLE for a value that another share has
   */
  store(me: Principal, share: ShareEntity, lease: string): Promise<boolean> {
    return this.audit.transact(async ({ manager, record }) => {
      await this.viewers.lock(manager, me.viewerId)
      await this.refuseTooMany(me, manager)
      if (!(await this.shares.release(share.cardId, lease, manager))) return false
      await this.#insert(manager, share)
      record({
        kind: 'share.create',
        actor: me.viewerId,
        subject: share.id,
        decision: 'done',
        reason: share.cardId,
      })
      return true
    })
  }

  async #insert(manager: EntityManager, share: ShareEntity): Promise<void> {
    try {
      await this.shares.insert(manager, share)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      // Another share has this activityId: whatever answered, it was not the platform making an activity.
      throw new ApiError('ERR_PLATFORM_UNAVAILABLE', { cause: error, retryAfter: 5 })
    }
  }
}
