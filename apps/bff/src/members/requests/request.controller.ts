import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { AccessAsked, AccessRequestPage, AskAccess, ListAccessRequests } from '@sealcard/protocol'
import { Authenticated } from '../../http/access/decorators.js'
import { Me, type Principal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { NoBody, valid } from '../../http/parsing/validation.js'
import { AccessRequests, AskingService } from './access-requests.js'

@ApiTags('Members')
@Controller('v1')
@Authenticated()
export class RequestController {
  constructor(
    private readonly asking: AskingService,
    private readonly requests: AccessRequests,
  ) {}

  /** Asks the card's owner for access. The answer is the same for whatever share. At most 3 within 24 hours. */
  @Post('shares/:shareId/requests')
  @Answers(202, AccessAsked)
  @Problems(...BODY_ERRORS)
  ask(
    @Me() me: Principal,
    @Param('shareId') shareId: string,
    @Body(valid(AskAccess.optional())) body?: AskAccess,
  ): Promise<AccessAsked> {
    return this.asking.ask(me, shareId, body)
  }

  @Get('cards/:cardId/requests')
  @Answers(200, AccessRequestPage)
  @Problems('ERR_INPUT', 'ERR_NOT_FOUND')
  list(
    @Me() me: Principal,
    @Param('cardId') cardId: string,
    @Query(valid(ListAccessRequests, 'query')) query: ListAccessRequests,
  ): Promise<AccessRequestPage> {
    return this.requests.list(me, cardId, query)
  }

  @Post('requests/:requestId/dismissal')
  @Answers(204)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  dismiss(
    @Me() me: Principal,
    @Param('requestId') requestId: string,
    @Body(valid(NoBody)) _body: NoBody,
  ): Promise<void> {
    return this.requests.dismiss(me, requestId)
  }
}
