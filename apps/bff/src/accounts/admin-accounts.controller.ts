import { Body, Controller, Get, Param, Post } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import {
  Act,
  AdminAccount,
  AdminAccounts,
  ChangeRole,
  CreateAdminAccount,
  InvitedAccount,
} from '@sealcard/protocol'
import { Admin, type AdminPrincipal } from '../access/admin-principal.js'
import { ForAdministrators } from '../access/for-administrators.js'
import { Answers, BODY_ERRORS, Problems } from '../http/api-docs.js'
import { asId } from '../http/ids.js'
import { valid } from '../http/validation.js'
import { accountView, invitedView } from './account.view.js'
import { AdminAccountsService } from './admin-accounts.service.js'

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

  /** The answer holds the one-time token by which its holder sets the password. */
  @Post()
  @ForAdministrators('manage')
  @Answers(201, InvitedAccount)
  @Problems(...BODY_ERRORS)
  async create(
    @Admin() admin: AdminPrincipal,
    @Body(valid(CreateAdminAccount)) { name, role, reason }: CreateAdminAccount,
  ): Promise<InvitedAccount> {
    return invitedView(await this.accounts.invite(name, role, admin, reason))
  }

  /** Its logins end at once. The last administrator who can log in stays. */
  @Post(':id/disable')
  @ForAdministrators('manage')
  @Answers(200, AdminAccount)
  @Problems(...OF_ONE)
  async disable(
    @Admin() admin: AdminPrincipal,
    @Param('id') id: string,
    @Body(valid(Act)) { reason }: Act,
  ): Promise<AdminAccount> {
    return accountView(await this.accounts.disable(asId(id), admin, reason))
  }

  @Post(':id/enable')
  @ForAdministrators('manage')
  @Answers(200, AdminAccount)
  @Problems(...OF_ONE)
  async enable(
    @Admin() admin: AdminPrincipal,
    @Param('id') id: string,
    @Body(valid(Act)) { reason }: Act,
  ): Promise<AdminAccount> {
    return accountView(await this.accounts.enable(asId(id), admin, reason))
  }

  /** Password and second factor are gone and its logins end; the answer holds a one-time token. */
  @Post(':id/reset')
  @ForAdministrators('manage')
  @Answers(200, InvitedAccount)
  @Problems(...OF_ONE)
  async reset(
    @Admin() admin: AdminPrincipal,
    @Param('id') id: string,
    @Body(valid(Act)) { reason }: Act,
  ): Promise<InvitedAccount> {
    return invitedView(await this.accounts.reset(asId(id), admin, reason))
  }

  /** Its logins end at once. The last administrator who can log in stays one. */
  @Post(':id/role')
  @ForAdministrators('manage')
  @Answers(200, AdminAccount)
  @Problems(...OF_ONE)
  async changeRole(
    @Admin() admin: AdminPrincipal,
    @Param('id') id: string,
    @Body(valid(ChangeRole)) { role, reason }: ChangeRole,
  ): Promise<AdminAccount> {
    return accountView(await this.accounts.changeRole(asId(id), role, admin, reason))
  }
}
