import { Inject, Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { AuditLog } from '../../audit/audit-log.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY } from '../../core/time.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import { actReason, type Principal } from '../../http/access/principals.js'
import { limited, PersonLimits } from '../../http/limits/person-limits.js'
import type { CardEntity } from '../cards/card.entity.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import type { ShareEntity } from './share.entity.js'
import { ShareLabels } from './share-labels.js'
import { ShareRepository } from './share.repository.js'

/** A share whose value its sharer can still declare. */
export type UsableShare = ShareEntity & { readonly sealedValue: string }

/** Finds the share that a person declared before. */
@Injectable()
export class UsableShares {
  constructor(
    private readonly shares: ShareRepository,
    private readonly labels: ShareLabels,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns one that can be shared for another day, or for half of its window where that is shorter */
  async find(me: Principal, card: CardEntity, label: string | null): Promise<UsableShare | null> {
    const left = Math.min(DAY, (this.config.windows.shareDays * DAY) / 2)
    const until = this.clock.now() + left
    const labelHash = await this.labels.hashOf(card.id, me.viewerId, label)
    const wanted = { cardId: card.id, sharerId: me.viewerId, labelHash }
    const share = await this.shares.findShareable(wanted, until)
    return share && isUsable(share) ? share : null
  }
}

const isUsable = (share: ShareEntity): share is UsableShare => share.sealedValue !== null

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
    const wait = await this.limits.wait('shares', viewerId, (span, n) =>
      this.shares.nthMade(viewerId, span, n, manager),
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
        reason: actReason(me, share.cardId),
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
