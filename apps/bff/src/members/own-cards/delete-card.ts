import { Inject, Injectable } from '@nestjs/common'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { actReason, type Principal } from '../../http/access/principals.js'
import { CardRepository } from '../cards/card.repository.js'
import { SearchIndex } from '../search/search-index.js'
import { ShareRepository } from '../shares/share.repository.js'

/** Revokes a card and erases its words and labels in one step. */
@Injectable()
export class DeleteCardService {
  constructor(
    private readonly cards: CardRepository,
    private readonly shares: ShareRepository,
    private readonly index: SearchIndex,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Deleting again changes nothing. @throws ApiError ERR_NOT_FOUND */
  async delete(me: Principal, cardId: string): Promise<void> {
    const { viewerId } = me
    await this.audit.transact(async ({ manager, record }) => {
      const card = await this.cards.hold(manager, asId(cardId), viewerId)
      if (!card) throw new ApiError('ERR_NOT_FOUND')
      if (card.deletedAt !== null) return
      const now = this.clock.now()
      await this.cards.update(manager, card.id, {
        revokedAt: card.revokedAt ?? now,
        deletedAt: now,
        sealedTitle: null,
        sealedBody: null,
        sealedData: null,
      })
      await this.index.remove(manager, 'title', [card.id])
      await this.shares.forget(manager, card.id)
      const done = { actor: viewerId, subject: card.id, decision: 'done' } as const
      if (card.revokedAt === null)
        record({ ...done, kind: 'card.revoke', reason: actReason(me, 'deleted') })
      record({ ...done, kind: 'card.delete', reason: actReason(me) })
    })
  }
}
