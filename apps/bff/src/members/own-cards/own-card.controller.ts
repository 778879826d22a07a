import { Body, Controller, Delete, Get, Inject, Param, Patch, Put } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { Card, ChangeCard } from '@sealcard/protocol'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { Authenticated } from '../../http/access/decorators.js'
import { Me, type Principal } from '../../http/access/principals.js'
import { Route } from '../../http/access/route-options.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { NoBody, valid } from '../../http/parsing/validation.js'
import { CardService } from '../cards/card.service.js'
import { ChangeCardService } from './change-card.js'
import { DeleteCardService } from './delete-card.js'
import { OwnCardView } from './own-card.view.js'

const CHANGE_ERRORS = [
  ...BODY_ERRORS,
  'ERR_NOT_FOUND',
  'ERR_FORBIDDEN',
  'ERR_CONFLICT',
  'ERR_CARD_REVOKED',
  'ERR_CARD_EXPIRED',
] as const

/** One card of the caller's own. */
@ApiTags('Members')
@Controller('v1/cards/:cardId')
@Authenticated()
export class OwnCardController {
  constructor(
    private readonly cards: CardService,
    private readonly changes: ChangeCardService,
    private readonly deletion: DeleteCardService,
    private readonly view: OwnCardView,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Answers(200, Card)
  @Problems('ERR_NOT_FOUND')
  async read(@Me() me: Principal, @Param('cardId') cardId: string): Promise<Card> {
    return this.view.of(await this.cards.own(me, cardId), this.clock.now())
  }

  /** Words until the first opening (then `ERR_CONFLICT`), the policy at any time: see `ChangeCard`. */
  @Patch()
  @Route({ bodyBytes: Infinity })
  @Answers(200, Card)
  @Problems(...CHANGE_ERRORS)
  change(
    @Me() me: Principal,
    @Param('cardId') cardId: string,
    @Body(valid(ChangeCard)) body: ChangeCard,
  ): Promise<Card> {
    return this.changes.change(me, cardId, body)
  }

  /** The same as `PATCH`: `wx.request` has no such method. */
  @Put()
  @Route({ bodyBytes: Infinity })
  @Answers(200, Card)
  @Problems(...CHANGE_ERRORS)
  put(
    @Me() me: Principal,
    @Param('cardId') cardId: string,
    @Body(valid(ChangeCard)) body: ChangeCard,
  ): Promise<Card> {
    return this.changes.change(me, cardId, body)
  }

  /** Revokes the card, and erases its words and labels now. It cannot be undone. */
  @Delete()
  @Answers(204)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  async delete(
    @Me() me: Principal,
    @Param('cardId') cardId: string,
    @Body(valid(NoBody)) _body: NoBody,
  ): Promise<void> {
    await this.deletion.delete(me, cardId)
  }
}
