import { Body, Controller, Param, Post } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { CreateShare, Share } from '@sealcard/protocol'
import { Authenticated } from '../../http/access/decorators.js'
import { Me, type Principal } from '../../http/access/principals.js'
import { Route } from '../../http/access/route-options.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { ASKS_PLATFORM } from '../../http/server/load-shedding.js'
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
    'ERR_H5_UNVERIFIED',
    'ERR_CARD_REVOKED',
    'ERR_CARD_EXPIRED',
    'ERR_PLATFORM_UNAVAILABLE',
  )
  obtain(
    @Me() me: Principal,
    @Param('cardId') cardId: string,
    @Body(valid(CreateShare)) body: CreateShare,
  ): Promise<Share> {
    return this.shares.obtain(me, cardId, body?.label)
  }
}
