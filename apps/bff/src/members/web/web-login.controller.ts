import { Controller, Get, HttpStatus, Inject, Query, Req, Res } from '@nestjs/common'
import { ApiResponse, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Rule } from '../../http/access/decorators.js'
import { Route } from '../../http/access/route-options.js'
import { Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { ASKS_PLATFORM } from '../../http/server/load-shedding.js'
import { AFTER_LOGIN, type AfterLogin } from '../sessions/after-login.js'
import { loginBrowser, rememberBrowser, rememberSession } from '../sessions/web-cookies.js'
import { LOGIN_PAGE_CSP, LOGIN_STATUS, loginPage } from './login-page.js'
import { isOwnPage } from './page-paths.js'
import { WEB_LOGIN_MS } from './web-login.entity.js'
import { type LoginEnd, type Leaving, WebLoginService } from './web-login.service.js'

const BeginLogin = z.strictObject({
  app: z.string().min(1).max(64),
  to: z.string().refine(isOwnPage, 'must be a path of a page of ours, such as /h5/o?s=…'),
  /** `web`: any browser but the platform's client. */
  via: z.enum(['client', 'web']).default('client'),
  lang: z.enum(['zh', 'en']).optional(),
})
type BeginLogin = z.infer<typeof BeginLogin>

/** The platform may add more. */
const EndLogin = z.object({ code: z.string().optional(), state: z.string().optional() }).catch({})
type EndLogin = z.infer<typeof EndLogin>

/** WeCom 91022. */
const LONGEST_CODE = 512

/** What a browser navigates to; nothing here answers a script. */
@ApiTags('Web pages')
@Controller('h5')
@Rule('anyone')
export class WebLoginController {
  constructor(
    private readonly logins: WebLoginService,
    @Inject(AFTER_LOGIN) private readonly after: AfterLogin,
  ) {}

  @Get('login')
  @ApiResponse({ status: 302, description: 'To the platform’s page, with a cookie' })
  @ApiResponse({ status: 429, description: 'A page that says to try later' })
  @Problems('ERR_INPUT', 'ERR_NOT_FOUND')
  async begin(
    @Query(valid(BeginLogin, 'query')) { app, to, via, lang }: BeginLogin,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const beginning = { returnTo: to, via, lang }
    const known = loginBrowser(request)
    answer(reply, await this.logins.begin(app, beginning, known, request.ip))
  }

  @Get('callback')
  @Route(ASKS_PLATFORM)
  @ApiResponse({
    status: 303,
    description: 'To the page that the login was begun for, with a cookie',
  })
  @ApiResponse({ status: 302, description: 'To the platform’s page: the login begins once more' })
  @ApiResponse({ status: 403, description: 'A page that says why the login came to nothing' })
  @Problems('ERR_NOT_FOUND')
  async end(
    @Query(valid(EndLogin, 'query')) { code, state = '' }: EndLogin,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const given = code !== undefined && code !== '' && code.length <= LONGEST_CODE
    const back = { state, browser: loginBrowser(request), code: given ? code : undefined }
    const end = await this.logins.end(back, request.headers.host, request.ip)
    if (end.kind === 'session') await this.after.loggedIn(end.viewerId)
    answer(reply, end)
  }
}

const answer = (reply: FastifyReply, end: LoginEnd): void => {
  if (end.kind === 'leave') leave(reply, end.leaving)
  else if (end.kind === 'session') {
    rememberSession(reply, end.token)
    void reply.redirect(end.to, HttpStatus.SEE_OTHER)
  } else {
    if (end.retryAfter !== undefined) void reply.header('Retry-After', Math.ceil(end.retryAfter))
    void reply
      .code(LOGIN_STATUS[end.fault])
      .header('Content-Security-Policy', LOGIN_PAGE_CSP)
      .type('text/html; charset=utf-8')
      .send(loginPage(end.fault))
  }
}

const leave = (reply: FastifyReply, { url, browser }: Leaving): void => {
  rememberBrowser(reply, browser, WEB_LOGIN_MS)
  void reply.redirect(url, HttpStatus.FOUND)
}
