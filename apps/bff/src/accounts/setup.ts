import { Body, Controller, Injectable, Ip, Post } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { AdminAccount, AdminSetup } from '@sealcard/protocol'
import { IsNull } from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { ApiError, inputError } from '../core/errors/api-error.js'
import { Rule } from '../http/access/decorators.js'
import { Route } from '../http/access/route-options.js'
import { Answers, BODY_ERRORS, Problems } from '../http/openapi/api-docs.js'
import { valid } from '../http/parsing/validation.js'
import { GUESSES } from '../http/server/load-shedding.js'
import { accountView } from './account.view.js'
import { AdminAccountEntity } from './admin-account.entity.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'
import { AdminAccountsService } from './admin-accounts.service.js'
import { adminAuditEntry } from './admin-audit-entry.js'
import { AdminSessions } from './admin-sessions.js'
import { PasswordHasher } from './password-hasher.js'
import { FIRST, SetupTokens } from './setup-tokens.js'

/** The holder of a one-time token sets a password. This makes the first account, or takes over an invited one. */
@Injectable()
export class SetupService {
  constructor(
    private readonly setups: SetupTokens,
    private readonly accounts: AdminAccountsRepository,
    private readonly service: AdminAccountsService,
    private readonly sessions: AdminSessions,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ApiError ERR_LOGIN_REJECTED for a token that is not good; ERR_INPUT naming `name` */
  async redeem(
    { token, name, password }: AdminSetup,
    address: string,
  ): Promise<AdminAccountEntity> {
    // Before anything that costs: only who holds a good token gets a password hashed.
    const accountId = await this.setups.find(token)
    if (accountId === null) throw new ApiError('ERR_LOGIN_REJECTED')
    const account =
      accountId === FIRST
        ? await this.#first(token, name, password, address)
        : await this.#invited(token, accountId, name, password, address)
    if (!account) throw new ApiError('ERR_LOGIN_REJECTED')
    return account
  }

  async #first(token: string, name: string | undefined, password: string, address: string) {
    if (name === undefined) throw inputError('name', 'is missing: the first account needs one')
    return this.service.createFirst(token, name, password, address)
  }

  async #invited(
    token: string,
    id: string,
    name: string | undefined,
    password: string,
    address: string,
  ): Promise<AdminAccountEntity | null> {
    const account = await this.accounts.find(id)
    if (!account) return null
    if (name !== undefined && name !== account.name) throw inputError('name', 'is another one')
    const passwordHash = await this.hasher.hash(password)
    return this.audit.transact(async ({ manager, record }) => {
      if (!(await this.setups.use(manager, token))) return null
      const still = { id, disabledAt: IsNull() }
      const { affected } = await manager.update(AdminAccountEntity, still, { passwordHash })
      if (affected !== 1) return null
      await this.sessions.endAll(manager, id)
      record(
        adminAuditEntry({ actor: `admin:${id}`, address }, { kind: 'admin.setup', subject: id }),
      )
      return { ...account, passwordHash }
    })
  }
}

@ApiTags('Administrators')
@Controller('v1/admin/setup')
export class SetupController {
  constructor(private readonly setup: SetupService) {}

  /** With the one-time token of a first start, an invitation or a reset: sets the password. Log in next. */
  @Post()
  @Route(GUESSES)
  @Rule('anyone')
  @Answers(201, AdminAccount)
  @Problems(...BODY_ERRORS, 'ERR_LOGIN_REJECTED')
  async redeem(@Body(valid(AdminSetup)) body: AdminSetup, @Ip() ip: string): Promise<AdminAccount> {
    return accountView(await this.setup.redeem(body, ip))
  }
}
