import { Body, Controller, Get, Param, Post } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import {
  Act,
  AdminAccounts,
  AdminLoginSessions,
  ChangedAccount,
  ChangeRole,
  CreateAdminAccount,
  InvitedAccount,
  ResetAccount,
  SessionsRevoked,
} from '@sealcard/protocol'
import { asId } from '../core/ids.js'
import { AdminRoute, ForAdministrators } from '../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../http/openapi/api-docs.js'
import { valid } from '../http/parsing/validation.js'
import {
  accountView,
  changedView,
  invitedView,
  loginSessionView,
  resetView,
} from './account.view.js'
import { AdminAccountsService } from './admin-accounts.service.js'

/** Or a token that was lost would make itself others. */
const NO_AUTOMATION = { automation: false } as const
const OF_ONE = [...BODY_ERRORS, 'ERR_NOT_FOUND'] as const

@ApiTags('Administrators')
@Controller('v1/admin/accounts')
export class AdminAccountsController {
  constructor(private readonly accounts: AdminAccountsService) {}

  @Get()
  @ForAdministrators('manage')
  @Answers(200, AdminAccounts)
  async list(): Promise<AdminAccounts> {
    return { items: (await this.accounts.list()).map(accountView) }
  }

  @Get(':id/sessions')
  @ForAdministrators('manage')
  @Answers(200, AdminLoginSessions)
  @Problems('ERR_NOT_FOUND')
  async sessions(
    @Admin() { login }: AdminPrincipal,
    @Param('id') id: string,
  ): Promise<AdminLoginSessions> {
    const items = await this.accounts.logins(asId(id))
    return { items: items.map((row) => loginSessionView(row, login?.sessionId)) }
  }

  /** Its logins end at once. The account stays as it is. */
  @Post(':id/sessions/end')
  @ForAdministrators('manage')
  @Answers(200, SessionsRevoked)
  @Problems(...OF_ONE)
  async endSessions(
    @Admin() admin: AdminPrincipal,
    @Param('id') id: string,
    @Body(valid(Act)) { reason }: Act,
  ): Promise<SessionsRevoked> {
    return { ended: await this.accounts.endLogins(asId(id), admin, reason) }
  }

  /** The answer holds the one-time token by which its holder sets the password. */
  @Post()
  @ForAdministrators('manage')
  @AdminRoute(NO_AUTOMATION)
  @Answers(201, InvitedAccount)
  @Problems(...BODY_ERRORS)
  async create(
    @Admin() admin: AdminPrincipal,
    @Body(valid(CreateAdminAccount)) { name, role, reason }: CreateAdminAccount,
  ): Promise<InvitedAccount> {
    return invitedView(await this.accounts.invite(name, role, admin, reason))
  }

  /**
   * Its logins end at once, and the tokens and unused invitations that it made. The last administrator who can log in
   * stays.
   */
  @Post(':id/disable')
  @ForAdministrators('manage')
  @Answers(200, ChangedAccount)
  @Problems(...OF_ONE)
  async disable(
    @Admin() admin: AdminPrincipal,
    @Param('id') id: string,
    @Body(valid(Act)) { reason }: Act,
  ): Promise<ChangedAccount> {
    return changedView(await this.accounts.disable(asId(id), admin, reason))
  }

  /** What ended when it was disabled stays ended. */
  @Post(':id/enable')
  @ForAdministrators('manage')
  @AdminRoute(NO_AUTOMATION)
  @Answers(200, ChangedAccount)
  @Problems(...OF_ONE)
  async enable(
    @Admin() admin: AdminPrincipal,
    @Param('id') id: string,
    @Body(valid(Act)) { reason }: Act,
  ): Promise<ChangedAccount> {
    return changedView(await this.accounts.enable(asId(id), admin, reason))
  }

  /**
   * Password and second factor are gone. Its logins end, and the tokens and unused invitations that it made. The answer
   * holds a one-time token.
   */
  @Post(':id/reset')
  @ForAdministrators('manage')
  @AdminRoute(NO_AUTOMATION)
  @Answers(200, ResetAccount)
  @Problems(...OF_ONE)
  async reset(
    @Admin() admin: AdminPrincipal,
    @Param('id') id: string,
    @Body(valid(Act)) { reason }: Act,
  ): Promise<ResetAccount> {
    return resetView(await this.accounts.reset(asId(id), admin, reason))
  }

  /**
   * Its logins end at once; with a role that makes none, the tokens and unused invitations that it made, too. The last
   * administrator who can log in stays one.
   */
  @Post(':id/role')
  @ForAdministrators('manage')
  @AdminRoute(NO_AUTOMATION)
  @Answers(200, ChangedAccount)
  @Problems(...OF_ONE)
  async changeRole(
    @Admin() admin: AdminPrincipal,
    @Param('id') id: string,
    @Body(valid(ChangeRole)) { role, reason }: ChangeRole,
  ): Promise<ChangedAccount> {
    return changedView(await this.accounts.changeRole(asId(id), role, admin, reason))
  }
}
