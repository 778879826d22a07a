import { Inject, Injectable } from '@nestjs/common'
import { IsNull } from 'typeorm'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import type { AdminPrincipal } from '../../http/access/principals.js'
import { CardEntity } from '../../members/cards/card.entity.js'
import { CardRepository } from '../../members/cards/card.repository.js'
import { ViewerLookup } from './viewer-lookup.js'

/** Cards of one transaction. A longer one keeps openings waiting. */
const BATCH = 200

/** Revokes cards for the company. From the answer on, no card of them opens. */
@Injectable()
export class CardRevocation {
  constructor(
    private readonly cards: CardRepository,
    private readonly people: ViewerLookup,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A second call changes nothing, and the audit says so. @throws ApiError ERR_NOT_FOUND */
  async one(by: AdminPrincipal, cardId: string, reason: string): Promise<void> {
    const card = await this.cards.find(asId(cardId))
    if (!card) throw new ApiError('ERR_NOT_FOUND')
    const why = await this.people.reasonAbout(card.ownerId, reason)
    await this.audit.transact(async ({ manager, record }) => {
      const done = await this.cards.revoke(manager, card.id, this.clock.now())
      const decision = done ? 'done' : 'already'
      record(adminAuditEntry(by, { kind: 'card.revoke', subject: card.id, decision, why }))
    })
  }

  /** Revokes every card that is not revoked yet, expired ones too. @returns how many @throws ApiError ERR_NOT_FOUND */
  async allOf(by: AdminPrincipal, viewer: string, reason: string): Promise<number> {
    const { id, why } = await this.people.find(viewer, reason)
    let revoked = 0
    for (let found = BATCH; found === BATCH;) {
      found = await this.#batch(by, id, why)
      revoked += found
    }
    const summary = { kind: 'viewer.revoke_cards', subject: id, why: `cards=${revoked} ${why}` }
    await this.audit.append(adminAuditEntry(by, summary))
    return revoked
  }

  #batch(by: AdminPrincipal, ownerId: string, why: string): Promise<number> {
    return this.audit.transact(async ({ manager, record }) => {
      const cards = await manager.find(CardEntity, {
        select: { id: true },
        where: { ownerId, revokedAt: IsNull() },
        take: BATCH,
      })
      for (const { id } of cards) {
        if (!(await this.cards.revoke(manager, id, this.clock.now()))) continue
        record(adminAuditEntry(by, { kind: 'card.revoke', subject: id, why }))
      }
      return cards.length
    })
  }
}
