import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common'
import { ApiHeader, ApiTags } from '@nestjs/swagger'
import { Card, CardPage, CreateCard, ListCards } from '@sealcard/protocol'
import { Authenticated } from '../../http/access/decorators.js'
import { Me, type Principal } from '../../http/access/principals.js'
import { Route } from '../../http/access/route-options.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { NoBody, valid } from '../../http/parsing/validation.js'
import { CardService } from './card.service.js'
import { CreateCardService } from './create-card.js'
import { IdempotencyKeyHeader } from './idempotent-cards.js'

@ApiTags('Members')
@Controller('v1/cards')
@Authenticated()
export class CardController {
  constructor(
    private readonly cards: CardService,
    private readonly creation: CreateCardService,
  ) {}

  @Post()
  @Route({ bodyBytes: Infinity })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: '1 to 255 visible ASCII characters',
  })
  @Answers(201, Card)
  @Problems(...BODY_ERRORS, 'ERR_IDEMPOTENCY', 'ERR_FORBIDDEN')
  create(
    @Me() me: Principal,
    @Body(valid(CreateCard)) body: CreateCard,
    @IdempotencyKeyHeader() key?: string,
  ): Promise<Card> {
    return this.creation.create(me, body, key)
  }

  @Get()
  @Answers(200, CardPage)
  @Problems('ERR_INPUT')
  list(@Me() me: Principal, @Query(valid(ListCards, 'query')) query: ListCards): Promise<CardPage> {
    return this.cards.list(me, query)
  }

  @Post(':cardId/revoke')
  @Answers(200, Card)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  revoke(
    @Me() me: Principal,
    @Param('cardId') cardId: string,
    @Body(valid(NoBody)) _body: NoBody,
  ): Promise<Card> {
    return this.cards.revoke(me, cardId)
  }
}
