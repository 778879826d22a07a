import { Inject, Injectable } from '@nestjs/common'
import { IsNull, Not } from 'typeorm'
import type { AuditedTransaction } from '../../audit/audit-log.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY, wireTime } from '../../core/time.js'
import { CompanyPolicyService } from '../card-rules/company-policy.service.js'
import { CardEntity } from './card.entity.js'
import { CardRepository } from './card.repository.js'
import { statusOf } from './card.view.js'

/** Who changes a card, and by what means; both go into the audit. */
export interface Changer {
  readonly viewerId: string
  /** E.g. `bot:desk`. */
  readonly channel: string
}

export type Revoked = 'done' | 'already' | 'not_found'

export type Extended =
  | { readonly outcome: 'done'; readonly expiresAt: number }
  /** Beyond it no proof of a share that is made today is accepted, or the company allows no longer life. */
  | { readonly outcome: 'too_long'; readonly latest: number }
  /** `expired`: the card's words are erased, so nothing revives it. */
  | { readonly outcome: 'not_found' | 'revoked' | 'expired' | 'endless' | 'changed' }

/** An owner's changes inside a transaction that the caller already has, with their audit entries. */
@Injectable()
export class CardChanges {
  constructor(
    private readonly cards: CardRepository,
    private readonly company: CompanyPolicyService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async revoke(tx: AuditedTransaction, by: Changer, cardId: string): Promise<Revoked> {
    const card = await this.#own(tx, by, cardId)
    if (!card) return 'not_found'
    if (!(await this.cards.revoke(tx.manager, card.id, this.clock.now()))) return 'already'
    this.#record(tx, by, 'card.revoke', card.id)
    return 'done'
  }

  /**
   * An expired card lives again while its words are kept.
   * @param days added to the card's present expiry; of an expired card, to now
   */
  async extend(
    tx: AuditedTransaction,
    by: Changer,
    cardId: string,
    days: number,
  ): Promise<Extended> {
    const card = await this.#own(tx, by, cardId)
    if (!card) return { outcome: 'not_found' }
    const now = this.clock.now()
    if (statusOf(card, now) === 'revoked') return { outcome: 'revoked' }
    // Only retention erases words of a card that is not revoked, within a day of its expiry.
    if (card.sealedBody === null) return { outcome: 'expired' }
    if (card.expiresAt === null) return { outcome: 'endless' }
    const { maxLifeDays = Infinity } = await this.company.rules(tx.manager, card.appId)
    const latest = Math.min(
      now + this.config.windows.verifyDays * DAY,
      card.createdAt + maxLifeDays * DAY,
    )
    const expiresAt = Math.max(card.expiresAt, now) + days * DAY
    if (expiresAt > latest) return { outcome: 'too_long', latest }
    const { affected } = await tx.manager.update(
      CardEntity,
      {
        id: card.id,
        expiresAt: card.expiresAt,
        revokedAt: IsNull(),
        sealedBody: Not(IsNull()),
      },
      { expiresAt, policy: { ...card.policy, expiresAt: wireTime(expiresAt) } },
    )
    if (affected !== 1) return { outcome: 'changed' }
    this.#record(tx, by, 'card.extend', card.id)
    return { outcome: 'done', expiresAt }
  }

  /** Only the owner's card. Another person's card gives the same answer as one that does not exist. */
  async #own(tx: AuditedTransaction, by: Changer, cardId: string): Promise<CardEntity | null> {
    const card = await this.cards.find(cardId, tx.manager)
    return card?.ownerId === by.viewerId ? card : null
  }

  #record(tx: AuditedTransaction, by: Changer, kind: string, subject: string): void {
    tx.record({ kind, actor: by.viewerId, subject, decision: 'done', reason: by.channel })
  }
}
