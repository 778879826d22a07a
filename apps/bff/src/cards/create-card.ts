import { Inject, Injectable } from '@nestjs/common'
import type { Card, CreateCard, Policy } from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { ApiError } from '../http/api-error.js'
import { CompanyPolicyService } from '../policy/company-policy.service.js'
import { CLOCK, type Clock } from '../ports/clock.js'
import { RANDOM, type Random } from '../ports/random.js'
import { TIMERS, type Timers } from '../ports/timers.js'
import type { Principal } from '../sessions/principal.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { isUniqueViolation } from '../storage/storage-error.js'
import { sha256 } from '../vault/digest.js'
import { CardContent } from './card-content.js'
import type { CardEntity } from './card.entity.js'
import { CardRepository } from './card.repository.js'
import { cardView } from './card.view.js'
import { IdempotencyRepository } from './idempotency.repository.js'

/** Makes a card, once for each Idempotency-Key of its owner. */
@Injectable()
export class CreateCardService {
  constructor(
    private readonly cards: CardRepository,
    private readonly keys: IdempotencyRepository,
    private readonly content: CardContent,
    private readonly audit: AuditLog,
    private readonly company: CompanyPolicyService,
    private readonly viewers: ViewerRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
    @Inject(TIMERS) private readonly timers: Timers,
  ) {}

  /**
   * @throws ApiError ERR_IDEMPOTENCY for a key that was used with another body; ERR_FORBIDDEN, ERR_INPUT where the
   * company's policy does not allow the card
   */
  async create(me: Principal, body: CreateCard, key: string | undefined): Promise<Card> {
    if (key === undefined) return this.#insert(me, body)
    const claim = { id: claimId(me.viewerId, key), bodyHash: bodyHash(body) }
    const known = await this.#answered(me, claim)
    if (known) return known
    try {
      return await this.#insert(me, body, claim)
    } catch (error) {
      // Somebody sent the same key at the same moment: both get what the first one made.
      const first = isUniqueViolation(error) ? await this.#answered(me, claim) : undefined
      if (first) return first
      throw error
    }
  }

  /** The claim of the key and the card are one transaction: there is no key without its card. */
  async #insert(me: Principal, body: CreateCard, claim?: Claim): Promise<Card> {
    const card = await this.audit.transact(async ({ manager, record }) => {
      // Whoever was erased since the session was looked at would leave a card that nobody owns.
      await this.viewers.lock(manager, me.viewerId)
      const now = await this.#nextMoment(manager, me.viewerId)
      const policy = await this.company.apply(manager, me, body.policy ?? {}, now)
      const card = this.#entity(me, body, policy, now)
      if (claim) await this.keys.claim(manager, { ...claim, cardId: card.id, createdAt: now })
      await this.cards.insert(manager, card)
      record({ kind: 'card.create', actor: me.viewerId, subject: card.id, decision: 'done' })
      return card
    })
    return cardView(card, body, this.clock.now())
  }

  /** Of two cards made within a millisecond nobody could tell which is the newer: the later one waits for the next. */
  async #nextMoment(manager: EntityManager, ownerId: string): Promise<number> {
    const last = await this.cards.lastMadeAt(manager, ownerId)
    // A clock need not have moved when a timer says so; one that stands still is not waited for.
    for (let tries = 0; tries < 5 && this.clock.now() === last; tries++) await this.timers.sleep(1)
    return this.clock.now()
  }

  async #answered(me: Principal, claim: Claim): Promise<Card | undefined> {
    const row = await this.keys.find(claim.id)
    if (!row) return undefined
    if (row.bodyHash !== claim.bodyHash) throw new ApiError('ERR_IDEMPOTENCY')
    const card = await this.cards.findOwn(row.cardId, me.viewerId)
    return card
      ? cardView(card, this.content.ofOwner(card, me.viewerId), this.clock.now())
      : undefined
  }

  #entity(me: Principal, { title, body }: CreateCard, policy: Policy, now: number): CardEntity {
    const id = this.random.id()
    return {
      id,
      ownerId: me.viewerId,
      appId: me.app.id,
      ...this.content.seal(id, { title, body }),
      policy,
      createdAt: now,
      expiresAt: policy.expiresAt === undefined ? null : Date.parse(policy.expiresAt),
      revokedAt: null,
      viewerCount: 0,
      openCount: 0,
      refusedCount: 0,
      firstOpenedAt: null,
      lastOpenedAt: null,
      shareLease: null,
      shareLeaseUntil: null,
    }
  }
}

interface Claim {
  readonly id: string
  readonly bodyHash: string
}

const claimId = (ownerId: string, key: string) =>
  sha256(JSON.stringify([ownerId, key]), 'base64url')

/** Of the parsed body, fields in one order: how a client spells its JSON makes no other request of it. */
const bodyHash = ({ title, body, policy = {} }: CreateCard) =>
  sha256(JSON.stringify([title, body, Object.entries(policy).sort(byName)]), 'base64url')

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)
