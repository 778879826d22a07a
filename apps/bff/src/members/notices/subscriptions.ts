import { Inject, Injectable } from '@nestjs/common'
import type { Subscribe } from '@sealcard/protocol'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { Platforms } from '../../platforms/registry/platforms.js'
import type { CardEntity } from '../cards/card.entity.js'
import { CardService } from '../cards/card.service.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { SubscriptionEntity } from './subscription.entity.js'

/** Acceptances that wait, of one card and event. More would never be used. */
export const MOST_WAITING = 20

/** Owners accept messages about their cards, one by one. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly platforms: Platforms,
    private readonly cards: CardService,
    private readonly viewers: ViewerRepository,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiError ERR_NOT_FOUND for an event without a template, too */
  async add(me: Principal, cardId: string, { event, language = 'zh' }: Subscribe): Promise<void> {
    const templates = this.platforms.of(me.app).subscriptions?.templatesOf(me.app)
    if (templates?.[event] === undefined) throw new ApiError('ERR_NOT_FOUND')
    const card = await this.cards.own(me, cardId)
    await this.audit.transact(async ({ manager, record }) => {
      // Acceptances of one person come one after another.
      await this.viewers.lock(manager, me.viewerId)
      const now = this.clock.now()
      const key = { cardId: card.id, event }
      const known = await manager.findOneBy(SubscriptionEntity, key)
      const waiting = known?.remaining ?? 0
      // Whoever had no message left learns what happens from now on: the app just showed them the rest.
      const news = {
        toldUntil: now,
        attempts: 0,
        dueAt: event === 'expiring' ? dueOf(card, now) : null,
      }
      const change = {
        language,
        remaining: Math.min(waiting + 1, MOST_WAITING),
        changedAt: now,
        ...(waiting === 0 && news),
      }
      if (known) await manager.update(SubscriptionEntity, key, change)
      else
        await manager.insert(SubscriptionEntity, {
          ...key,
          viewerId: me.viewerId,
          sentAt: null,
          ...news,
          ...change,
        })
      const reason = event
      record({
        kind: 'card.subscribe',
        actor: me.viewerId,
        subject: card.id,
        decision: 'done',
        reason,
      })
    })
  }
}

/**
 * Cards whose last day begins are found by `NoticeFinder`. Of a card that has less than a day left, the owner hears when
 * half of the rest is over.
 */
const dueOf = ({ expiresAt }: CardEntity, now: number): number | null => {
  if (expiresAt === null || expiresAt - now > DAY) return null
  return now + Math.max(0, Math.floor((expiresAt - now) / 2))
}
