import { Inject, Injectable } from '@nestjs/common'
import type { Card, CreateCard, Policy } from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { AuditLog, type AuditedTransaction } from '../../audit/audit-log.js'
import { sha256 } from '../../core/crypto/digest.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { SECOND } from '../../core/time.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import type { Principal } from '../../http/access/principals.js'
import { OnceAMinute } from '../../http/limits/once-a-minute.js'
import { limited, PersonLimits } from '../../http/limits/person-limits.js'
import { CompanyPolicyService } from '../card-rules/company-policy.service.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { CardContent } from './card-content.js'
import type { CardEntity } from './card.entity.js'
import { CardRepository } from './card.repository.js'
import { cardView } from './card.view.js'
import { IdempotencyRepository } from './idempotency.repository.js'

/** As many cards as somebody makes within a millisecond, and more. */
const NEAR_MS = SECOND

/** Makes a card, once for each Idempotency-Key of its owner. */
@Injectable()
export class CreateCardService {
  /** By the key that is being used. */
  readonly #making = new Map<string, Promise<Card>>()
  /** People who made too many. */
  readonly #told = new OnceAMinute()

  constructor(
    private readonly cards: CardRepository,
    private readonly keys: IdempotencyRepository,
    private readonly content: CardContent,
    private readonly audit: AuditLog,
    private readonly company: CompanyPolicyService,
    private readonly viewers: ViewerRepository,
    private readonly limits: PersonLimits,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /**
   * @throws ApiError ERR_IDEMPOTENCY for a key that was used with another body; ERR_FORBIDDEN, ERR_INPUT where the
   * company's policy does not allow the card; ERR_RATE_LIMITED for more cards than a person may make
   */
  async create(me: Principal, body: CreateCard, key: string | undefined): Promise<Card> {
    if (key === undefined) return this.#make(me, body)
    const claim = { id: claimId(me.viewerId, key), bodyHash: bodyHash(body) }
    // A repeat waits for the first, and gets what that one made.
    await this.#making.get(claim.id)?.catch(() => {})
    const known = await this.#answered(me, claim)
    if (known) return known
    const making = this.#make(me, body, claim).finally(() => this.#making.delete(claim.id))
    this.#making.set(claim.id, making)
    try {
      return await making
    } catch (error) {
      // Another process got the same key at the same moment: both answer with what the first one made.
      const first = isUniqueViolation(error) ? await this.#answered(me, claim) : undefined
      if (first) return first
      throw error
    }
  }

  async #make(me: Principal, body: CreateCard, claim?: Claim): Promise<Card> {
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
    { manager, record }: AuditedTransaction,
    me: Principal,
    body: CreateCard,
    claim?: Claim,
  ): Promise<Card | number> {
    // Whoever was erased since the session was looked at would leave a card that nobody owns.
    await this.viewers.lock(manager, me.viewerId)
    const known = claim && (await this.#answered(me, claim, manager))
    if (known) return known
    const entry = { kind: 'card.create', actor: me.viewerId } as const
    const now = this.clock.now()
    const wait = await this.limits.wait('cards', me.viewerId, (between, n) =>
      this.cards.nthMade(manager, me.viewerId, between, n),
    )
    if (wait > 0) {
      if (this.#told.allows(me.viewerId, now, body)) {
        const reason = 'rate_limited'
        record({ ...entry, subject: me.viewerId, decision: 'refused', reason })
      }
      return wait
    }
    const policy = await this.company.apply(manager, me, body.policy ?? {}, now)
    const card = this.#entity(me, body, policy, await this.#moment(manager, me.viewerId, now))
    if (claim) await this.keys.claim(manager, { ...claim, cardId: card.id, createdAt: now })
    await this.cards.insert(manager, card)
    record({ ...entry, subject: card.id, decision: 'done' })
    return cardView(card, body, now)
  }

  /**
   * Of two cards made within a millisecond nobody could tell which is the newer: the later one is of the next. One that
   * is further ahead was made by another clock.
   */
  async #moment(manager: EntityManager, ownerId: string, now: number): Promise<number> {
    const last = await this.cards.lastMadeAt(manager, ownerId)
    return last >= now && last - now < NEAR_MS ? last + 1 : now
  }

  async #answered(me: Principal, claim: Claim, manager?: EntityManager): Promise<Card | undefined> {
    const row = await this.keys.find(claim.id, manager)
    if (!row) return undefined
    if (row.bodyHash !== claim.bodyHash) throw new ApiError('ERR_IDEMPOTENCY')
    const card = await this.cards.findOwn(row.cardId, me.viewerId, manager)
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
