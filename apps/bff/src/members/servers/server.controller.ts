import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common'
import { ApiHeader, ApiTags } from '@nestjs/swagger'
import {
  Act,
  ChangeServerCard,
  CreateServerCard,
  CreateServerSession,
  CreateShare,
  ListOpenings,
  ServerCard,
  ServerOpening,
  ServerViewerOpeningsPage,
  Session,
  Share,
} from '@sealcard/protocol'
import { ForServers } from '../../http/access/decorators.js'
import { Server, type ServerPrincipal } from '../../http/access/principals.js'
import { Route } from '../../http/access/route-options.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { NoBody, valid } from '../../http/parsing/validation.js'
import { ASKS_PLATFORM } from '../../http/server/load-shedding.js'
import { IdempotencyKeyHeader } from '../cards/idempotent-cards.js'
import { ServerCards } from './server-cards.js'
import { ServerOpenings } from './server-openings.js'
import { ServerSessions } from './server-sessions.js'

/** For the server of an app's adopter, by a token of the role `server`. */
@ApiTags('Servers')
@Controller('v1/server')
@ForServers()
export class ServerController {
  constructor(
    private readonly sessions: ServerSessions,
    private readonly cards: ServerCards,
    private readonly openings: ServerOpenings,
  ) {}

  @Post('sessions')
  @Route(ASKS_PLATFORM)
  @Answers(201, Session)
  @Problems(...BODY_ERRORS, 'ERR_LOGIN_REJECTED')
  login(
    @Server() server: ServerPrincipal,
    @Body(valid(CreateServerSession)) body: CreateServerSession,
  ): Promise<Session> {
    return this.sessions.open(server, body)
  }

  @Post('cards')
  @Route({ bodyBytes: Infinity })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: '1 to 255 visible ASCII characters',
  })
  @Answers(201, ServerCard)
  @Problems(...BODY_ERRORS, 'ERR_IDEMPOTENCY', 'ERR_NOT_FOUND')
  create(
    @Server() server: ServerPrincipal,
    @Body(valid(CreateServerCard)) body: CreateServerCard,
    @IdempotencyKeyHeader() key?: string,
  ): Promise<ServerCard> {
    return this.cards.create(server, body, key)
  }

  @Get('cards/:cardId')
  @Answers(200, ServerCard)
  @Problems('ERR_NOT_FOUND')
  read(@Server() server: ServerPrincipal, @Param('cardId') cardId: string): Promise<ServerCard> {
    return this.cards.read(server, cardId)
  }

  @Patch('cards/:cardId')
  @Route({ bodyBytes: Infinity })
  @Answers(200, ServerCard)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND', 'ERR_CONFLICT', 'ERR_CARD_REVOKED', 'ERR_CARD_EXPIRED')
  change(
    @Server() server: ServerPrincipal,
    @Param('cardId') cardId: string,
    @Body(valid(ChangeServerCard)) body: ChangeServerCard,
  ): Promise<ServerCard> {
    return this.cards.change(server, cardId, body)
  }

  @Delete('cards/:cardId')
  @Answers(204)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  async delete(
    @Server() server: ServerPrincipal,
    @Param('cardId') cardId: string,
    @Body(valid(NoBody)) _body: NoBody,
  ): Promise<void> {
    await this.cards.delete(server, cardId)
  }

  @Post('cards/:cardId/revoke')
  @Answers(200, ServerCard)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  revoke(
    @Server() server: ServerPrincipal,
    @Param('cardId') cardId: string,
    @Body(valid(Act)) body: Act,
  ): Promise<ServerCard> {
    return this.cards.revoke(server, cardId, body)
  }

  @Post('cards/:cardId/shares')
  @Route(ASKS_PLATFORM)
  @Answers(201, Share)
  @Problems(
    ...BODY_ERRORS,
    'ERR_NOT_FOUND',
    'ERR_H5_UNVERIFIED',
    'ERR_CARD_REVOKED',
    'ERR_CARD_EXPIRED',
    'ERR_PLATFORM_UNAVAILABLE',
  )
  share(
    @Server() server: ServerPrincipal,
    @Param('cardId') cardId: string,
    @Body(valid(CreateShare)) body: CreateShare,
  ): Promise<Share> {
    return this.cards.share(server, cardId, body?.label)
  }

  @Get('cards/:cardId/openings')
  @Answers(200, ServerViewerOpeningsPage)
  @Problems('ERR_INPUT', 'ERR_NOT_FOUND')
  roster(
    @Server() server: ServerPrincipal,
    @Param('cardId') cardId: string,
    @Query(valid(ListOpenings, 'query')) query: ListOpenings,
  ): Promise<ServerViewerOpeningsPage> {
    return this.openings.roster(server, cardId, query)
  }

  @Get('openings/:openingId')
  @Answers(200, ServerOpening)
  @Problems('ERR_NOT_FOUND')
  opening(
    @Server() server: ServerPrincipal,
    @Param('openingId') openingId: string,
  ): Promise<ServerOpening> {
    return this.openings.find(server, openingId)
  }
}
