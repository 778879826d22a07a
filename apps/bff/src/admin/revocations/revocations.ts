import { Body, Inject, Injectable, Param, Post } from '@nestjs/common'
import {
  AdminCard,
  CardsRevoked,
  RevokeSessions,
  SessionsRevoked,
  WithReason,
} from '@sealcard/protocol'
import { type EntityManager, IsNull, MoreThan } from 'typeorm'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { CardEntity } from '../../members/cards/card.entity.js'
import { CardRepository } from '../../members/cards/card.repository.js'
import { SessionEntity } from '../../members/sessions/session.entity.js'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'
import { CardDetail } from '../lists/card-detail.js'
import { ViewerLookup } from './viewer-lookup.js'

/** Who revokes, and from where. */
type By = Pick<AdminPrincipal, 'actor' | 'address'>

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
    const revoked = await this.batches(by, id, why)
    const summary = { kind: 'viewer.revoke_cards', subject: id, why: `cards=${revoked} ${why}` }
    await this.audit.append(adminAuditEntry(by, summary))
    return revoked
  }

  /** The same without an entry for the whole. @param why without the person's name @returns how many */
  async batches(by: By, id: string, why: string): Promise<number> {
    let revoked = 0
    for (let found = BATCH; found === BATCH;) {
      found = await this.#batch(by, id, why)
      revoked += found
    }
    return revoked
  }

  #batch(by: By, ownerId: string, why: string): Promise<number> {
    return this.audit.transact(async ({ manager, record }) => {
      const cards = await manager.find(CardEntity, {
        select: { id: true },
        where: { ownerId, revokedAt: IsNull() },
        take: BATCH,
      })
      // In the order in which openings hold cards.
      for (const { id } of cards.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
        if (!(await this.cards.revoke(manager, id, this.clock.now()))) continue
        record(adminAuditEntry(by, { kind: 'card.revoke', subject: id, why }))
      }
      return cards.length
    })
  }
}

/** In a transaction that holds the person's row. @param now ms UTC @returns how many were live */
export const endSessions = async (
  manager: EntityManager,
  viewerId: string,
  now: number,
): Promise<number> => {
  const live = { viewerId, endedAt: IsNull(), expiresAt: MoreThan(now) }
  const { affected } = await manager.update(SessionEntity, live, { endedAt: now })
  return affected ?? 0
}

/** Ends all sessions of a person. Every process asks the database about a session, so the next request fails. */
@Injectable()
export class SessionRevocation {
  constructor(
    private readonly people: ViewerLookup,
    private readonly viewers: ViewerRepository,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many were live @throws ApiError ERR_NOT_FOUND */
  async allOf(by: AdminPrincipal, viewer: string, reason?: string): Promise<number> {
    const { id, why } = await this.people.find(viewer, reason)
    return this.audit.transact(async ({ manager, record }) => {
      // A login locks the same row. So its session exists already, or begins after this transaction.
      await this.viewers.lock(manager, id)
      const now = this.clock.now()
      const ended = await endSessions(manager, id, now)
      const what = `sessions=${ended}${why && ` ${why}`}`
      record(adminAuditEntry(by, { kind: 'session.revoke', subject: id, why: what }))
      return ended
    })
  }
}

/** Revokes cards and ends sessions, at once. */
@Administrators()
export class RevocationController {
  constructor(
    private readonly detail: CardDetail,
    private readonly cards: CardRevocation,
    private readonly sessions: SessionRevocation,
  ) {}

  @Post('cards/:cardId/revoke')
  @Rule('revoke')
  @Answers(200, AdminCard)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  async revokeCard(
    @Admin() by: AdminPrincipal,
    @Param('cardId') cardId: string,
    @Body(valid(WithReason)) { reason }: WithReason,
  ): Promise<AdminCard> {
    await this.cards.one(by, cardId, reason)
    return this.detail.read(cardId)
  }

  @Post('viewers/:viewerId/revoke-cards')
  @Rule('revoke')
  @Answers(200, CardsRevoked)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  async revokeCards(
    @Admin() by: AdminPrincipal,
    @Param('viewerId') viewerId: string,
    @Body(valid(WithReason)) { reason }: WithReason,
  ): Promise<CardsRevoked> {
    return { revoked: await this.cards.allOf(by, viewerId, reason) }
  }

  @Post('sessions/revoke')
  @Rule('revoke')
  @Answers(200, SessionsRevoked)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  async revokeSessions(
    @Admin() by: AdminPrincipal,
    @Body(valid(RevokeSessions)) { viewer, reason }: RevokeSessions,
  ): Promise<SessionsRevoked> {
    return { ended: await this.sessions.allOf(by, viewer, reason) }
  }
}
