import { Inject, Injectable } from '@nestjs/common'
import type { Card, CreateCard } from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { sha256 } from '../../core/crypto/digest.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import type { Principal } from '../../http/access/principals.js'
import { CardContent } from './card-content.js'
import type { CardEntity } from './card.entity.js'
import { CardRepository } from './card.repository.js'
import { cardView } from './card.view.js'
import { IdempotencyRepository } from './idempotency.repository.js'

/** A request with an Idempotency-Key. */
export interface Claim {
  /** SHA-256 of owner and key. */
  readonly id: string
  readonly bodyHash: string
}

/** One card for each Idempotency-Key of an owner. */
@Injectable()
export class IdempotentCards {
  /** By the key that is being used. */
  readonly #making = new Map<string, Promise<Card>>()

  constructor(
    private readonly keys: IdempotencyRepository,
    private readonly cards: CardRepository,
    private readonly content: CardContent,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The card that the key made, or the one that `make` makes now.
   * @throws ApiError ERR_IDEMPOTENCY for a key that was used with another body; what `make` throws
   */
  async once(
    me: Principal,
    body: CreateCard,
    key: string,
    make: (claim: Claim) => Promise<Card>,
  ): Promise<Card> {
    const claim = { id: claimId(me.viewerId, key), bodyHash: bodyHash(body) }
    // A repeat waits for the first request, and gets its card.
    await this.#making.get(claim.id)?.catch(() => {})
    const known = await this.find(me, claim)
    if (known) return known
    const making = make(claim).finally(() => this.#making.delete(claim.id))
    this.#making.set(claim.id, making)
    try {
      return await making
    } catch (error) {
      // Another process got the same key at the same moment. Both answer with the card of the first.
      const first = isUniqueViolation(error) ? await this.find(me, claim) : undefined
      if (first) return first
      throw error
    }
  }

  /** @returns the card that the key made; undefined when it made none @throws ApiError ERR_IDEMPOTENCY */
  async find(me: Principal, claim: Claim, manager?: EntityManager): Promise<Card | undefined> {
    const row = await this.keys.find(claim.id, manager)
    if (!row) return undefined
    if (row.bodyHash !== claim.bodyHash) throw new ApiError('ERR_IDEMPOTENCY')
    const card = await this.cards.findOwn(row.cardId, me.viewerId, manager)
    return card
      ? cardView(card, this.content.ofOwner(card, me.viewerId), this.clock.now())
      : undefined
  }

  /** In the transaction that inserts the card: there is no key without its card. @throws a unique violation */
  async claim(manager: EntityManager, claim: Claim, card: CardEntity, now: number): Promise<void> {
    await this.keys.claim(manager, { ...claim, cardId: card.id, createdAt: now })
  }
}

const claimId = (ownerId: string, key: string) =>
  sha256(JSON.stringify([ownerId, key]), 'base64url')

/** Of the parsed body, fields in one order: how a client spells its JSON makes no other request of it. */
const bodyHash = ({ title, body, policy = {} }: CreateCard) =>
  sha256(JSON.stringify([title, body, Object.entries(policy).sort(byName)]), 'base64url')

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)
