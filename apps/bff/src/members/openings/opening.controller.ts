import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import {
  CreateOpening,
  ListOpenings,
  Opening,
  OpeningStatus,
  RefusedOpeningPage,
  NotOpened,
  ViewerOpeningsPage,
} from '@sealcard/protocol'
import type { FastifyReply } from 'fastify'
import { Authenticated } from '../../http/access/decorators.js'
import { Me, type Principal } from '../../http/access/principals.js'
import { Route } from '../../http/access/route-options.js'
import { Answers, AnswersToo, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { NoBody, valid } from '../../http/parsing/validation.js'
import { OPENS } from '../../http/server/load-shedding.js'
import { Acknowledgements } from './acknowledgements.js'
import { OpeningStatusService } from './opening-status.service.js'
import { OpeningService } from './opening.service.js'
import { RefusalsService } from './refusals.service.js'
import { RosterService } from './roster.service.js'

@ApiTags('Members')
@Controller('v1')
@Authenticated()
export class OpeningController {
  constructor(
    private readonly openings: OpeningService,
    private readonly statuses: OpeningStatusService,
    private readonly rosters: RosterService,
    private readonly refused: RefusalsService,
    private readonly acknowledgements: Acknowledgements,
  ) {}

  @Post('shares/:shareId/openings')
  @Route({ ...OPENS, bodyBytes: 8192, checksSession: true })
  @Answers(201, Opening)
  @AnswersToo(200, NotOpened, 'The caller’s own card, or an answer to `peek`: nothing is opened')
  @Problems(
    ...BODY_ERRORS,
    'ERR_PROOF_REJECTED',
    'ERR_VIEW_LIMIT',
    'ERR_CARD_REVOKED',
    'ERR_CARD_EXPIRED',
    'ERR_VERIFY_WINDOW_CLOSED',
    'ERR_PLATFORM_UNAVAILABLE',
  )
  async open(
    @Me() me: Principal,
    @Param('shareId') shareId: string,
    @Body(valid(CreateOpening)) proof: CreateOpening,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Opening | NotOpened> {
    const answer = await this.openings.open(me, shareId, proof)
    if (!('card' in answer)) void reply.code(200)
    return answer
  }

  @Get('openings/:openingId')
  @Answers(200, OpeningStatus)
  @Problems('ERR_NOT_FOUND')
  status(@Me() me: Principal, @Param('openingId') openingId: string): Promise<OpeningStatus> {
    return this.statuses.of(me, openingId)
  }

  @Post('openings/:openingId/acknowledgement')
  @Answers(204)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  acknowledge(
    @Me() me: Principal,
    @Param('openingId') openingId: string,
    @Body(valid(NoBody)) _body: NoBody,
  ): Promise<void> {
    return this.acknowledgements.acknowledge(me, openingId)
  }

  @Get('cards/:cardId/openings')
  @Answers(200, ViewerOpeningsPage)
  @Problems('ERR_INPUT', 'ERR_NOT_FOUND')
  roster(
    @Me() me: Principal,
    @Param('cardId') cardId: string,
    @Query(valid(ListOpenings, 'query')) query: ListOpenings,
  ): Promise<ViewerOpeningsPage> {
    return this.rosters.list(me, cardId, query)
  }

  /** Recipients who came too late, or once too often, and could not open the card: who, when and why. */
  @Get('cards/:cardId/refusals')
  @Answers(200, RefusedOpeningPage)
  @Problems('ERR_INPUT', 'ERR_NOT_FOUND')
  refusals(
    @Me() me: Principal,
    @Param('cardId') cardId: string,
    @Query(valid(ListOpenings, 'query')) query: ListOpenings,
  ): Promise<RefusedOpeningPage> {
    return this.refused.list(me, cardId, query)
  }
}
