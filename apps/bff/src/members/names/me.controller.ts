import { Body, Controller, Get, Patch, Put } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { ChangeMe, Me as MeView } from '@sealcard/protocol'
import { Authenticated } from '../../http/access/decorators.js'
import { Me, type Principal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { OwnName } from './own-name.js'

/** Who the caller is to others. */
@ApiTags('Members')
@Controller('v1/me')
@Authenticated()
export class MeController {
  constructor(private readonly names: OwnName) {}

  @Get()
  @Answers(200, MeView)
  @Problems()
  read(@Me() me: Principal): Promise<MeView> {
    return this.names.read(me)
  }

  /** What the caller wants to be called. Only where people name themselves: the answer of `GET` says so. */
  @Patch()
  @Answers(200, MeView)
  @Problems(...BODY_ERRORS, 'ERR_FORBIDDEN')
  change(@Me() me: Principal, @Body(valid(ChangeMe)) body: ChangeMe): Promise<MeView> {
    return this.names.change(me, body)
  }

  /** The same as `PATCH`: `wx.request` has no such method. */
  @Put()
  @Answers(200, MeView)
  @Problems(...BODY_ERRORS, 'ERR_FORBIDDEN')
  put(@Me() me: Principal, @Body(valid(ChangeMe)) body: ChangeMe): Promise<MeView> {
    return this.names.change(me, body)
  }
}
