import { Body, Controller, Param, Post } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { Share } from '@sealcard/protocol'
import { ASKS_PLATFORM } from '../http/admission.js'
import { Answers, BODY_ERRORS, Problems } from '../http/api-docs.js'
import { NoBody } from '../http/no-body.js'
import { Route } from '../http/route-options.js'
import { valid } from '../http/validation.js'
import { Authenticated } from '../sessions/authenticated.js'
import { Me, type Principal } from '../sessions/principal.js'
import { ShareService } from './share.service.js'

@ApiTags('Members')
@Controller('v1/cards/:cardId/shares')
@Authenticated()
export class ShareController {
  constructor(private readonly shares: ShareService) {}

  @Post()
  @Route(ASKS_PLATFORM)
  @Answers(201, Share)
  @Problems(
    ...BODY_ERRORS,
    'ERR_NOT_FOUND',
    'ERR_CARD_REVOKED',
    'ERR_CARD_EXPIRED',
    'ERR_PLATFORM_UNAVAILABLE',
  )
  obtain(
    @Me() me: Principal,
    @Param('cardId') cardId: string,
    @Body(valid(NoBody)) _body: NoBody,
  ): Promise<Share> {
    return this.shares.obtain(me, cardId)
  }
}
