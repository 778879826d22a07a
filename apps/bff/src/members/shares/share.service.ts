import { Inject, Injectable } from '@nestjs/common'
import type { Share } from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { AuditLog } from '../../audit/audit-log.js'
import { retry } from '../../core/concurrency/retry.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { sha256 } from '../../core/crypto/digest.js'
import { Vault } from '../../core/crypto/vault.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { type Timers, TIMERS } from '../../core/ports/timers.js'
import { DAY, wireTime } from '../../core/time.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import type { Principal } from '../../http/access/principals.js'
import { limited, PersonLimits } from '../../http/limits/person-limits.js'
import { PlatformClients, Platforms } from '../../platforms/registry/platforms.js'
import { CardContent } from '../cards/card-content.js'
import type { CardEntity } from '../cards/card.entity.js'
import { CardService } from '../cards/card.service.js'
import { statusOf } from '../cards/card.view.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import type { ShareEntity } from './share.entity.js'
import { ShareRepository } from './share.repository.js'

/** @param title the card's: everybody in the chat sees it @param declare with the declared value, unsealed */
const shareView = (share: ShareEntity, title: string, declare: Share['declare']): Share => ({
  id: share.id,
  // The share id, which proves nothing; never the declared value.
  path: `/pages/open/index?s=${share.id}`,
  title,
  declare,
  createdAt: wireTime(share.createdAt),
  shareUntil: wireTime(share.shareUntil),
  verifyUntil: wireTime(share.verifyUntil),
})

/** How a request waits for another one that is declaring a share of the same card. */
const WAIT = { stepMs: 100, steps: 100 }

const ref = (id: string) => ({ table: 'shares', row: id, purpose: 'value' })

@Injectable()
export class ShareService {
  constructor(
    private readonly cards: CardService,
    private readonly content: CardContent,
    private readonly shares: ShareRepository,
    private readonly viewers: ViewerRepository,
    private readonly limits: PersonLimits,
    private readonly platforms: Platforms,
    private readonly clients: PlatformClients,
    private readonly audit: AuditLog,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
    @Inject(TIMERS) private readonly timers: Timers,
  ) {}

  /**
   * A share with at least a day left to share it, or with half of its window where that is shorter: one that is there, or
   * a new one. So nobody is ever told
   * ERR_SHARE_WINDOW_CLOSED: of a share whose time is over, another is made.
   * @throws ApiError ERR_NOT_FOUND, ERR_CARD_REVOKED, ERR_CARD_EXPIRED, ERR_PLATFORM_UNAVAILABLE, ERR_RATE_LIMITED
   */
  async obtain(me: Principal, cardId: string): Promise<Share> {
    const share = await retry(
      {
        tries: WAIT.steps,
        onResult: (found) => found === null,
        pause: { timers: this.timers, ms: () => WAIT.stepMs },
      },
      () => this.#findOrDeclare(me, cardId),
    )
    if (!share) throw new ApiError('ERR_PLATFORM_UNAVAILABLE', { retryAfter: 1 })
    return share
  }

  /** @returns null while another request declares a share of the card */
  async #findOrDeclare(me: Principal, cardId: string): Promise<Share | null> {
    const card = await this.#shareable(me, cardId)
    const kept = await this.#kept(me, card)
    if (kept?.sealedValue) {
      const value = this.vault.unseal(ref(kept.id), kept.sealedValue)
      return this.#view(kept, value, card)
    }
    this.limits.refuseKnown('shares', me.viewerId)
    const lease = this.random.id()
    if (!(await this.shares.lease(card.id, lease))) return null
    return this.#declare(me, card, lease)
  }

  #kept(me: Principal, card: CardEntity): Promise<ShareEntity | null> {
    const left = Math.min(DAY, (this.config.windows.shareDays * DAY) / 2)
    return this.shares.findShareable(card.id, me.viewerId, this.clock.now() + left)
  }

  async #shareable(me: Principal, cardId: string): Promise<CardEntity> {
    const card = await this.cards.own(me, cardId)
    const status = statusOf(card, this.clock.now())
    if (status === 'revoked') throw new ApiError('ERR_CARD_REVOKED')
    if (status === 'expired') throw new ApiError('ERR_CARD_EXPIRED')
    return card
  }

  /** @returns null when the lease was lost meanwhile: the card was revoked or erased, or it is another's turn */
  async #declare(me: Principal, card: CardEntity, lease: string): Promise<Share | null> {
    try {
      // Another request may have finished between our look and our lease.
      const kept = await this.#kept(me, card)
      if (kept?.sealedValue) {
        await this.shares.release(card.id, lease)
        const value = this.vault.unseal(ref(kept.id), kept.sealedValue)
        return this.#view(kept, value, card)
      }
      // Before the platform is asked, whose activities a company has so many of; exactly, below.
      await this.#limit(me)
      const { share, value } = await this.#ask(me, card)
      const held = await this.audit.transact(async ({ manager, record }) => {
        await this.viewers.lock(manager, me.viewerId)
        await this.#limit(me, manager)
        // Fails when the card was revoked while the platform was asked, or when that took longer than the lease: then
        // this declaration is not used, and what holds now is looked up.
        if (!(await this.shares.release(card.id, lease, manager))) return false
        await this.#insert(manager, share)
        record({
          kind: 'share.create',
          actor: me.viewerId,
          subject: share.id,
          decision: 'done',
          reason: card.id,
        })
        return true
      })
      return held ? this.#view(share, value, card) : null
    } catch (error) {
      await this.shares.release(card.id, lease).catch(() => {})
      throw error
    }
  }

  /** @throws ApiError ERR_RATE_LIMITED */
  async #limit({ viewerId }: Principal, manager?: EntityManager): Promise<void> {
    const wait = await this.limits.wait('shares', viewerId, (between, n) =>
      this.shares.nthMade(viewerId, between, n, manager),
    )
    if (wait > 0) throw limited(wait)
  }

  async #insert(manager: EntityManager, share: ShareEntity): Promise<void> {
    try {
      await this.shares.insert(manager, share)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      // An activityId that another share has: whatever answered, it was not the platform making an activity.
      throw new ApiError('ERR_PLATFORM_UNAVAILABLE', { cause: error, retryAfter: 5 })
    }
  }

  #view(share: ShareEntity, value: string, card: CardEntity): Share {
    const declare = this.platforms.named(share.platform).declaration(value)
    return shareView(share, this.content.title(card), declare)
  }

  async #ask(me: Principal, card: CardEntity): Promise<{ share: ShareEntity; value: string }> {
    const viewerKey = await this.viewers.keyOf(me.viewerId)
    if (viewerKey === null) throw new ApiError('ERR_SESSION')
    // The windows count from the creation on the platform; taken before the call, ours never last longer.
    const createdAt = this.clock.now()
    const value = await this.clients.of(me.app).declare(me.app, { viewerKey })
    const id = this.random.id()
    const share: ShareEntity = {
      id,
      cardId: card.id,
      sharerId: me.viewerId,
      appId: me.app.id,
      platform: me.app.platform,
      valueHash: sha256(value, 'base64url'),
      sealedValue: this.vault.seal(ref(id), value),
      createdAt,
      shareUntil: createdAt + this.config.windows.shareDays * DAY,
      verifyUntil: createdAt + this.config.windows.verifyDays * DAY,
    }
    return { share, value }
  }
}
