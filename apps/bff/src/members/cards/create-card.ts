import { Inject, Injectable } from '@nestjs/common'
import type { Card, Policy } from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { type AuditedTransaction, AuditLog } from '../../audit/audit-log.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { SECOND } from '../../core/time.js'
import { actReason, type Principal } from '../../http/access/principals.js'
import { OnceAMinute } from '../../http/limits/once-a-minute.js'
import { limited, PersonLimits } from '../../http/limits/person-limits.js'
import { CompanyPolicyService } from '../card-rules/company-policy.service.js'
import { SearchIndex } from '../search/search-index.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { CardContent, type Content } from './card-content.js'
import type { CardEntity } from './card.entity.js'
import { CardRepository } from './card.repository.js'
import { cardView } from './card.view.js'
import { type Claim, IdempotentCards, type NewCard } from './idempotent-cards.js'

/** More than the number of cards that one person makes within a millisecond. */
const NEAR_MS = SECOND

/** Builds a new card, sealed, and makes its title findable in the same transaction. */
@Injectable()
export class CardFactory {
  constructor(
    private readonly cards: CardRepository,
    private readonly content: CardContent,
    private readonly index: SearchIndex,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** @param policy the card's, as the company allows it @returns the card, not inserted */
  async build(
    manager: EntityManager,
    me: Principal,
    content: Content,
    policy: Policy,
    now: number,
  ): Promise<CardEntity> {
    const createdAt = await this.#moment(manager, me.viewerId, now)
    const id = this.random.id()
    await this.index.add(manager, 'title', { id, appId: me.app.id, createdAt }, content.title)
    return {
      id,
      ownerId: me.viewerId,
      appId: me.app.id,
      ...this.content.seal(id, content),
      policy,
      createdAt,
      expiresAt: policy.expiresAt === undefined ? null : Date.parse(policy.expiresAt),
      revokedAt: null,
      deletedAt: null,
      viewerCount: 0,
      openCount: 0,
      refusedCount: 0,
      firstOpenedAt: null,
      lastOpenedAt: null,
      shareLease: null,
      shareLeaseUntil: null,
    }
  }

  /**
   * An owner's cards have different times, so that their order is known: the later of two cards within a millisecond gets
   * the next one. A card that is further ahead comes from another clock.
   */
  async #moment(manager: EntityManager, ownerId: string, now: number): Promise<number> {
    const last = await this.cards.lastMadeAt(manager, ownerId)
    return last >= now && last - now < NEAR_MS ? last + 1 : now
  }
}

/** Makes a card, once for each Idempotency-Key of its owner. */
@Injectable()
export class CreateCardService {
  /** People who made too many: the audit has one entry a minute of each. */
  readonly #noted = new OnceAMinute()

  constructor(
    private readonly factory: CardFactory,
    private readonly idempotent: IdempotentCards,
    private readonly cards: CardRepository,
    private readonly audit: AuditLog,
    private readonly company: CompanyPolicyService,
    private readonly viewers: ViewerRepository,
    private readonly limits: PersonLimits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws ApiError ERR_IDEMPOTENCY for a key that was used with another body; ERR_FORBIDDEN, ERR_INPUT where the
   * company's policy does not allow the card; ERR_RATE_LIMITED for more cards than a person may make
   */
  create(me: Principal, body: NewCard, key: string | undefined): Promise<Card> {
    if (key === undefined) return this.#make(me, body)
    return this.idempotent.once(me, body, key, (claim) => this.#make(me, body, claim))
  }

  async #make(me: Principal, body: NewCard, claim?: Claim): Promise<Card> {
    this.limits.refuseKnown('cards', me.viewerId)
    const made = await this.audit.transact((tx) => this.#insert(tx, me, body, claim))
    if (typeof made === 'number') throw limited(made)
    return made
  }

  /**
   * The claim of the key and the card are one transaction: there is no key without its card.
   * @returns the card; or how many seconds they have to wait
   */
  async #insert(
    transaction: AuditedTransaction,
    me: Principal,
    body: NewCard,
    claim?: Claim,
  ): Promise<Card | number> {
    const { manager, record } = transaction
    // Without the lock, a person erased a moment ago would leave a card without an owner.
    await this.viewers.lock(manager, me.viewerId)
    const known = claim && (await this.idempotent.find(me, claim, manager))
    if (known) return known
    const entry = { kind: 'card.create', actor: me.viewerId } as const
    const now = this.clock.now()
    const wait = await this.limits.wait(
      'cards',
      me.viewerId,
      (span, n) => this.cards.nthMade(manager, me.viewerId, span, n),
      transaction,
    )
    if (wait > 0) {
      if (this.#noted.allows(me.viewerId, now, transaction)) {
        const reason = 'rate_limited'
        record({ ...entry, subject: me.viewerId, decision: 'refused', reason })
      }
      return wait
    }
    const policy = await this.company.apply(manager, me, body.policy ?? {}, now)
    const card = await this.factory.build(manager, me, body, policy, now)
    if (claim) await this.idempotent.claim(manager, claim, card, now)
    await this.cards.insert(manager, card)
    record({ ...entry, subject: card.id, decision: 'done', reason: actReason(me) })
    return cardView(card, body, now)
  }
}
