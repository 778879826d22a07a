import { Body, Controller, Delete, Get, Inject, Ip, Post, Res } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { CreateSession, CurrentSession, Session } from '@sealcard/protocol'
import type { FastifyReply } from 'fastify'
import { wireTime } from '../../core/time.js'
import { Authenticated, Rule } from '../../http/access/decorators.js'
import { Me, type Principal } from '../../http/access/principals.js'
import { Route } from '../../http/access/route-options.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { ASKS_PLATFORM } from '../../http/server/load-shedding.js'
import { AFTER_LOGIN, type AfterLogin } from './after-login.js'
import { SessionService } from './session.service.js'
import { forgetSession } from './web-cookies.js'

@ApiTags('Members')
@Controller('v1/sessions')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    @Inject(AFTER_LOGIN) private readonly after: AfterLogin,
  ) {}

  @Post()
  @Route(ASKS_PLATFORM)
  @Rule('anyone')
  @Answers(201, Session)
  @Problems(
    ...BODY_ERRORS,
    'ERR_LOGIN_REJECTED',
    'ERR_FORBIDDEN',
    'ERR_NOT_FOUND',
    'ERR_PLATFORM_UNAVAILABLE',
  )
  async open(@Body(valid(CreateSession)) body: CreateSession, @Ip() ip: string): Promise<Session> {
    const session = await this.sessions.open(body, ip)
    await this.after.loggedIn(session.viewer.id)
    return session
  }

  @Get('current')
  @Answers(200, CurrentSession)
  @Problems()
  @Authenticated()
  current(@Me() { app, kind, expiresAt, viewerId }: Principal): CurrentSession {
    return { app: app.id, kind, expiresAt: wireTime(expiresAt), viewer: { id: viewerId } }
  }

  @Delete('current')
  @Answers(204)
  @Problems(...BODY_ERRORS)
  @Authenticated()
  async end(@Me() me: Principal, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(me)
    if (me.kind === 'web') forgetSession(reply)
  }
}
