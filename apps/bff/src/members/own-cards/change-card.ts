import { isDeepStrictEqual } from 'node:util'
import { Inject, Injectable } from '@nestjs/common'
import type { Card, ChangeServerCard } from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { type ActLimit, waitOf } from '../../audit/act-limit.js'
import { AuditLog, type AuditedTransaction } from '../../audit/audit-log.js'
import { ApiError, inputError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { MINUTE } from '../../core/time.js'
import { actReason, type Principal } from '../../http/access/principals.js'
import { limited } from '../../http/limits/person-limits.js'
import { CompanyPolicyService } from '../card-rules/company-policy.service.js'
import { CardContent, type SealedContent } from '../cards/card-content.js'
import type { CardEntity } from '../cards/card.entity.js'
import { CardRepository } from '../cards/card.repository.js'
import { SearchIndex } from '../search/search-index.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { OwnCardView } from './own-card.view.js'

/** Each change is an entry of the audit. */
const CHANGES: ActLimit = { kind: 'card.change', most: 60, ms: MINUTE }

type Columns = Partial<SealedContent & Pick<CardEntity, 'policy' | 'expiresAt'>>

/** Recipients get the data with the reference, and a receipt for it. */
const DATA_ALONE = inputError('data', 'needs a reference')

/** Changes what a card says and how it may be opened. */
@Injectable()
export class ChangeCardService {
  constructor(
    private readonly cards: CardRepository,
    private readonly content: CardContent,
    private readonly index: SearchIndex,
    private readonly company: CompanyPolicyService,
    private readonly viewers: ViewerRepository,
    private readonly view: OwnCardView,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What is as asked already is no change: a request that is sent again gets the same answer, also after an opening.
   * @throws ApiError ERR_NOT_FOUND; ERR_CARD_REVOKED; ERR_CARD_EXPIRED once the words are erased; ERR_CONFLICT for words
   * after the first opening; ERR_INPUT, ERR_FORBIDDEN by the company's rules; ERR_RATE_LIMITED
   */
  async change(me: Principal, cardId: string, asked: ChangeServerCard): Promise<Card> {
    const changed = await this.audit.transact((tx) => this.#change(tx, me, asId(cardId), asked))
    if (typeof changed === 'number') throw limited(changed)
    return changed
  }

  /** @returns the card; or how many seconds they have to wait */
  async #change(
    { manager, record }: AuditedTransaction,
    me: Principal,
    cardId: string,
    asked: ChangeServerCard,
  ): Promise<Card | number> {
    // Changes of one person come one after another, and none after their erasure.
    await this.viewers.lock(manager, me.viewerId)
    // From here on no opening and no revocation changes the card: of an opening and a change of words, one is first.
    const card = await this.cards.hold(manager, cardId, me.viewerId)
    if (!card) throw new ApiError('ERR_NOT_FOUND')
    const now = this.clock.now()
    if (card.revokedAt !== null) throw new ApiError('ERR_CARD_REVOKED')
    // Only retention erases words of a card that is not revoked, within a day of its expiry.
    if (card.sealedBody === null) throw new ApiError('ERR_CARD_EXPIRED')
    const columns = {
      ...(await this.#words(manager, me, card, asked)),
      ...(await this.#policy(manager, card, asked)),
    }
    const what = [
      ...('sealedBody' in columns ? ['words'] : []),
      ...('policy' in columns ? ['policy'] : []),
    ]
    if (what.length > 0) {
      const wait = await waitOf(manager, me.viewerId, CHANGES, now)
      if (wait > 0) return wait / 1000
      await this.cards.update(manager, card.id, columns)
      const { sealedTitle } = columns
      if (sealedTitle !== undefined) {
        const title = this.content.title({ id: card.id, sealedTitle })
        await this.index.replace(manager, 'title', card, title)
      }
      const by = { kind: CHANGES.kind, actor: me.viewerId, subject: card.id }
      record({ ...by, decision: 'done', reason: actReason(me, ...what) })
    }
    return this.view.of({ ...card, ...columns }, now, manager)
  }

  async #words(
    manager: EntityManager,
    me: Principal,
    card: CardEntity,
    { policy: _, ...words }: ChangeServerCard,
  ): Promise<Columns> {
    const { title, body, reference, data } = words
    if (Object.values(words).every((word) => word === undefined)) return {}
    const before = this.content.ofOwner(card, me.viewerId)
    const after = {
      ...before,
      ...(title !== undefined && { title }),
      ...(body !== undefined && { body }),
      ...(reference !== undefined && { reference }),
      ...(data !== undefined && { data }),
    }
    if (isDeepStrictEqual(after, before)) return {}
    if (after.reference === undefined && after.data !== undefined) throw DATA_ALONE
    if (card.firstOpenedAt !== null) throw new ApiError('ERR_CONFLICT')
    // With other words it is another card.
    await this.company.refuseOthers(manager, me)
    return this.content.seal(card.id, after)
  }

  async #policy(
    manager: EntityManager,
    card: CardEntity,
    { policy: asked }: ChangeServerCard,
  ): Promise<Columns> {
    if (asked === undefined) return {}
    const policy = await this.company.change(manager, card, asked)
    if (isDeepStrictEqual(policy, card.policy)) return {}
    const { expiresAt } = policy
    return { policy, expiresAt: expiresAt === undefined ? null : Date.parse(expiresAt) }
  }
}
