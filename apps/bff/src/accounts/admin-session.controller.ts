import { Body, Controller, Delete, Get, Post, Req, Res } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import {
  AdminLogin,
  AdminSession,
  BeginEnrolment,
  ChangePassword,
  ConfirmEnrolment,
  Enrolment,
} from '@sealcard/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../core/errors/api-error.js'
import { wireTime } from '../core/time.js'
import { AdminRoute, ForAdministrators, Rule } from '../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../http/access/principals.js'
import { Route } from '../http/access/route-options.js'
import { Answers, BODY_ERRORS, Problems } from '../http/openapi/api-docs.js'
import { valid } from '../http/parsing/validation.js'
import { GUESSES } from '../http/server/load-shedding.js'
import { loginView } from './account.view.js'
import { AdminLoginService } from './admin-login.service.js'
import { csrfOf } from './admin-sessions.js'
import { clearSessionCookie, readCookies, sendCookies, sendSessionCookie } from './cookies.js'
import { type Holder, OwnAccountService } from './own-account.service.js'

const ACCOUNTS_ONLY = { tokens: false } as const
const EVEN_ENROLLING = { tokens: false, enrolling: true } as const

/** Administrators' logins, and what they change about their own accounts. */
@ApiTags('Administrators')
@Controller('v1/admin/session')
export class AdminSessionController {
  constructor(
    private readonly logins: AdminLoginService,
    private readonly own: OwnAccountService,
  ) {}

  /** Any login that the browser had before ends. Several failures make the account, or the address, wait. */
  @Post()
  @Route(GUESSES)
  @Rule('anyone')
  @Answers(201, AdminSession)
  @Problems(...BODY_ERRORS, 'ERR_LOGIN_REJECTED')
  async login(
    @Body(valid(AdminLogin)) body: AdminLogin,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminSession> {
    const from = { address: request.ip, ...readCookies(request) }
    const { account, session, device } = await this.logins.login(body, from)
    sendCookies(reply, session.token, device)
    return loginView(account, session, account.sealedTotp !== null)
  }

  @Get()
  @ForAdministrators('administrator')
  @AdminRoute({ enrolling: true })
  @Answers(200, AdminSession)
  whoAmI(@Admin() admin: AdminPrincipal, @Req() request: FastifyRequest): AdminSession {
    const { role, login, token } = admin
    if (login) {
      const csrf = csrfOf(readCookies(request).session ?? '')
      return loginView({ name: login.name, role }, { csrf, endsAt: login.endsAt }, login.enrolled)
    }
    const { name = '', endsAt = null } = token ?? {}
    return { kind: 'token', name, role, expiresAt: endsAt === null ? null : wireTime(endsAt) }
  }

  @Delete()
  @ForAdministrators('administrator')
  @AdminRoute(EVEN_ENROLLING)
  @Answers(204)
  async logout(
    @Admin() admin: AdminPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.own.logout(holder(admin))
    clearSessionCookie(reply)
  }

  /** Every login of the account ends, and a new one begins. */
  @Post('password')
  @ForAdministrators('administrator')
  @AdminRoute(ACCOUNTS_ONLY)
  @Answers(200, AdminSession)
  @Problems(...BODY_ERRORS, 'ERR_LOGIN_REJECTED')
  async changePassword(
    @Admin() admin: AdminPrincipal,
    @Body(valid(ChangePassword)) body: ChangePassword,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminSession> {
    const me = holder(admin)
    const session = await this.own.changePassword(me, body)
    sendSessionCookie(reply, session.token)
    return loginView({ name: me.login.name, role: me.role }, session, true)
  }

  /** The secret of a second factor, shown this once; it counts when a code of it has come back. */
  @Post('totp')
  @ForAdministrators('administrator')
  @AdminRoute(EVEN_ENROLLING)
  @Answers(200, Enrolment)
  @Problems(...BODY_ERRORS, 'ERR_LOGIN_REJECTED')
  enrol(
    @Admin() admin: AdminPrincipal,
    @Body(valid(BeginEnrolment)) body: BeginEnrolment,
  ): Promise<Enrolment> {
    return this.own.beginEnrolment(holder(admin), body)
  }

  /** Every login of the account ends, and a new one begins. */
  @Post('totp/confirmation')
  @ForAdministrators('administrator')
  @AdminRoute(EVEN_ENROLLING)
  @Answers(200, AdminSession)
  @Problems(...BODY_ERRORS, 'ERR_LOGIN_REJECTED')
  async confirm(
    @Admin() admin: AdminPrincipal,
    @Body(valid(ConfirmEnrolment)) { totp }: ConfirmEnrolment,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminSession> {
    const me = holder(admin)
    const session = await this.own.confirmEnrolment(me, totp)
    sendSessionCookie(reply, session.token)
    return loginView({ name: me.login.name, role: me.role }, session, true)
  }
}

/** The guard lets no token get here. */
const holder = (admin: AdminPrincipal): Holder => {
  const { login } = admin
  if (!login) throw new ApiError('ERR_FORBIDDEN')
  return { ...admin, login }
}
