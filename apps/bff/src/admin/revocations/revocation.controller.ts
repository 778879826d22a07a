import { Body, Param, Post } from '@nestjs/common'
import {
  AdminCard,
  CardsRevoked,
  RevokeSessions,
  SessionsRevoked,
  WithReason,
} from '@sealcard/protocol'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { CardDetail } from '../lists/card-detail.js'
import { CardRevocation } from './card-revocation.js'
import { SessionRevocation } from './session-revocation.js'

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
