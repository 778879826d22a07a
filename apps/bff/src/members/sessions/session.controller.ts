import { Body, Controller, Delete, Ip, Post } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { CreateSession, Session } from '@sealcard/protocol'
import { Authenticated, Rule } from '../../http/access/decorators.js'
import { Me, type Principal } from '../../http/access/principals.js'
import { Route } from '../../http/access/route-options.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { ASKS_PLATFORM } from '../../http/server/load-shedding.js'
import { PlatformNames } from '../names/platform-names.js'
import { SessionService } from './session.service.js'

@ApiTags('Members')
@Controller('v1/sessions')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly names: PlatformNames,
  ) {}

  @Post()
  @Route(ASKS_PLATFORM)
  @Rule('anyone')
  @Answers(201, Session)
  @Problems(...BODY_ERRORS, 'ERR_LOGIN_REJECTED', 'ERR_NOT_FOUND', 'ERR_PLATFORM_UNAVAILABLE')
  async open(@Body(valid(CreateSession)) body: CreateSession, @Ip() ip: string): Promise<Session> {
    const session = await this.sessions.open(body, ip)
    await this.names.loggedIn(session.viewer.id)
    return session
  }

  @Delete('current')
  @Answers(204)
  @Problems(...BODY_ERRORS)
  @Authenticated()
  end(@Me() me: Principal): Promise<void> {
    return this.sessions.end(me)
  }
}
