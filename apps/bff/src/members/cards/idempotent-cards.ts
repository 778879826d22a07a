import { createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common'
import { type Card, type CreateCard, IdempotencyKey } from '@sealcard/protocol'
import type { FastifyRequest } from 'fastify'
import { Column, DataSource, Entity, type EntityManager, Index, PrimaryColumn } from 'typeorm'
import { sha256 } from '../../core/crypto/digest.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { HOUR } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import type { Principal } from '../../http/access/principals.js'
import { check } from '../../http/parsing/validation.js'
import { CardContent, type Content } from './card-content.js'
import type { CardEntity } from './card.entity.js'
import { CardRepository } from './card.repository.js'
import { cardView } from './card.view.js'

/** An Idempotency-Key that made a card. */
@Entity('idempotency_keys')
@DataPolicy<IdempotencyEntity>({
  until: 'idempotency',
  retention: [{ name: 'idempotency_keys', due: [{ since: 'createdAt', ms: 48 * HOUR }] }],
  erasure: 'delete',
})
@Index('ix_idempotency_keys_created_at', ['createdAt'])
export class IdempotencyEntity {
  /** SHA-256 of owner and key, or of a server's app and key: keys of different callers never meet. */
  @Purpose('recognises a repeated request', { personal: true })
  @PrimaryColumn({ type: 'varchar', length: 43, primaryKeyConstraintName: 'pk_idempotency_keys' })
  id: string

  /** SHA-256 of the request body. */
  @Purpose('tells a repeat from another request', { personal: true })
  @Column({ type: 'varchar', length: 43, name: 'body_hash' })
  bodyHash: string

  @Purpose('what the first request made', {
    person: { table: 'cards', column: 'id', person: 'owner_id' },
  })
  @Column({ type: 'varchar', length: 22, name: 'card_id' })
  cardId: string

  @Purpose('when it may be forgotten')
  @Column(epoch('created_at'))
  createdAt: number
}

@Injectable()
export class IdempotencyRepository {
  constructor(private readonly storage: DataSource) {}

  find(
    id: string,
    manager: EntityManager = this.storage.manager,
  ): Promise<IdempotencyEntity | null> {
    return manager.findOneBy(IdempotencyEntity, { id })
  }

  /** @throws a unique violation when the key was used before */
  claim(manager: EntityManager, row: IdempotencyEntity): Promise<unknown> {
    return manager.insert(IdempotencyEntity, row)
  }
}

/** The `Idempotency-Key` header; undefined where the client sent none. A header sent twice is refused. */
export const IdempotencyKeyHeader = createParamDecorator(
  (_: unknown, context: ExecutionContext) => {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>()
    return check(IdempotencyKey.optional(), headers['idempotency-key'], 'Idempotency-Key')
  },
)

/** What a card is made of; only a server gives a reference and data. */
export type NewCard = CreateCard & Pick<Content, 'reference' | 'data'>

/** A request with an Idempotency-Key. */
export interface Claim {
  /** SHA-256 of owner and key; of a server, of its app and the key. */
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
    body: NewCard,
    key: string,
    make: (claim: Claim) => Promise<Card>,
  ): Promise<Card> {
    const claim = { id: claimId(me, key), bodyHash: bodyHash(me, body) }
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

/** A server has one set of keys for all owners: the owner is a part of its request. */
const claimId = ({ viewerId, app, by }: Principal, key: string) =>
  sha256(JSON.stringify(by === undefined ? [viewerId, key] : ['server', app.id, key]), 'base64url')

/** Of the parsed body, fields in one order: how a client spells its JSON makes no other request of it. */
const bodyHash = ({ viewerId, by }: Principal, { title, body, policy = {}, ...more }: NewCard) => {
  const own = [title, body, Object.entries(policy).sort(byName)]
  const { reference = null, data } = more
  const whole =
    by === undefined
      ? own
      : [...own, viewerId, reference, data === undefined ? null : JSON.stringify(data)]
  return sha256(JSON.stringify(whole), 'base64url')
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)
