import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { ChooseNotices, MyNotices, Subscribe } from '@sealcard/protocol'
import { Authenticated } from '../../http/access/decorators.js'
import { Me, type Principal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { MyNoticesService } from './my-notices.js'
import { Subscriptions } from './subscriptions.js'

@ApiTags('Members')
@Controller('v1')
@Authenticated()
export class NoticeController {
  constructor(
    private readonly notices: MyNoticesService,
    private readonly subscriptions: Subscriptions,
  ) {}

  /** What the caller is told about their cards, and the templates for `wx.requestSubscribeMessage`. */
  @Get('me/notices')
  @Answers(200, MyNotices)
  @Problems()
  read(@Me() me: Principal): Promise<MyNotices> {
    return this.notices.read(me)
  }

  @Put('me/notices')
  @Answers(200, MyNotices)
  @Problems(...BODY_ERRORS)
  choose(@Me() me: Principal, @Body(valid(ChooseNotices)) body: ChooseNotices): Promise<MyNotices> {
    return this.notices.choose(me, body)
  }

  /** After the person accepted the template of the event: one message for one acceptance. */
  @Post('cards/:cardId/subscriptions')
  @Answers(204)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  subscribe(
    @Me() me: Principal,
    @Param('cardId') cardId: string,
    @Body(valid(Subscribe)) body: Subscribe,
  ): Promise<void> {
    return this.subscriptions.add(me, cardId, body)
  }
}
