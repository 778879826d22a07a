import { Inject, Injectable } from '@nestjs/common'
import type { Share } from '@sealcard/protocol'
import { retry } from '../../core/concurrency/retry.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { type Timers, TIMERS } from '../../core/ports/timers.js'
import type { Principal } from '../../http/access/principals.js'
import { typedName } from '../../http/parsing/typed-name.js'
import type { CardEntity } from '../cards/card.entity.js'
import { CardService } from '../cards/card.service.js'
import { statusOf } from '../cards/card.view.js'
import { ShareDeclarer, ShareViews } from './declared-shares.js'
import { ShareStore, UsableShares } from './share-store.js'
import { ShareRepository } from './share.repository.js'

/** How a request waits for another one that is declaring a share of the same card. */
const WAIT = { stepMs: 100, steps: 100 }

@Injectable()
export class ShareService {
  constructor(
    private readonly cards: CardService,
    private readonly shares: ShareRepository,
    private readonly usable: UsableShares,
    private readonly declarer: ShareDeclarer,
    private readonly store: ShareStore,
    private readonly views: ShareViews,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TIMERS) private readonly timers: Timers,
  ) {}

  /**
   * A usable share: one that the person declared before, or a new one. So a share window never closes on the sharer.
   * @param given to whom; each label of a card has a share of its own
   * @throws ApiError ERR_INPUT for the label; ERR_NOT_FOUND, ERR_H5_UNVERIFIED, ERR_CARD_REVOKED, ERR_CARD_EXPIRED, ERR_PLATFORM_UNAVAILABLE, ERR_RATE_LIMITED
   */
  async obtain(me: Principal, cardId: string, given?: string): Promise<Share> {
    const label = given === undefined ? null : typedName('label', given)
    const share = await retry(
      {
        tries: WAIT.steps,
        onResult: (found) => found === null,
        pause: { timers: this.timers, ms: () => WAIT.stepMs },
      },
      () => this.#findOrDeclare(me, cardId, label),
    )
    if (!share) throw new ApiError('ERR_PLATFORM_UNAVAILABLE', { retryAfter: 1 })
    return share
  }

  /** @returns null while another request declares a share of the card */
  async #findOrDeclare(me: Principal, cardId: string, label: string | null): Promise<Share | null> {
    const card = await this.#shareable(me, cardId)
    const earlier = await this.usable.find(me, card, label)
    if (earlier) return this.views.of(me, earlier, card)
    this.store.refuseKnown(me)
    const lease = await this.shares.lease(card.id)
    return lease === null ? null : this.#declare(me, card, lease, label)
  }

  async #shareable(me: Principal, cardId: string): Promise<CardEntity> {
    const card = await this.cards.own(me, cardId)
    this.views.refuseUnopenable(me)
    const status = statusOf(card, this.clock.now())
    if (status === 'revoked') throw new ApiError('ERR_CARD_REVOKED')
    if (status === 'expired') throw new ApiError('ERR_CARD_EXPIRED')
    return card
  }

  /** @returns null when the lease ended: the card was revoked or erased, or another request took over */
  async #declare(
    me: Principal,
    card: CardEntity,
    lease: string,
    label: string | null,
  ): Promise<Share | null> {
    try {
      // Another request may have finished between our look and our lease.
      const earlier = await this.usable.find(me, card, label)
      if (earlier) {
        await this.shares.release(card.id, lease)
        return this.views.of(me, earlier, card)
      }
      // A company has only so many activities of the platform: count before the call, and exactly in `store`.
      await this.store.refuseTooMany(me)
      const share = await this.declarer.declare(me, card, label)
      return (await this.store.store(me, share, lease)) ? this.views.of(me, share, card) : null
    } catch (error) {
      await this.shares.release(card.id, lease).catch(() => {})
      throw error
    }
  }
}
