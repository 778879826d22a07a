import { Body, Controller, Get, Param, Post } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import {
  Act,
  AutomationToken,
  AutomationTokens as AutomationTokenList,
  CreateAutomationToken,
  CreatedAutomationToken,
} from '@sealcard/protocol'
import { asId } from '../core/ids.js'
import { AdminRoute, ForAdministrators } from '../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../http/openapi/api-docs.js'
import { valid } from '../http/parsing/validation.js'
import { tokenView } from './account.view.js'
import { AutomationTokens } from './automation-tokens.js'

@ApiTags('Administrators')
@Controller('v1/admin/tokens')
export class AutomationTokensController {
  constructor(private readonly tokens: AutomationTokens) {}

  @Get()
  @ForAdministrators('manage')
  @Answers(200, AutomationTokenList)
  async list(): Promise<AutomationTokenList> {
    return { items: (await this.tokens.list()).map(tokenView) }
  }

  /** The answer holds the token itself, this once. An automation token makes no other. */
  @Post()
  @ForAdministrators('manage')
  @AdminRoute({ automation: false })
  @Answers(201, CreatedAutomationToken)
  @Problems(...BODY_ERRORS)
  async create(
    @Admin() admin: AdminPrincipal,
    @Body(valid(CreateAutomationToken)) body: CreateAutomationToken,
  ): Promise<CreatedAutomationToken> {
    const { row, token } = await this.tokens.create(body, admin)
    return { ...tokenView(row), token }
  }

  /** Refused from the next request on. Again is the same. */
  @Post(':id/revoke')
  @ForAdministrators('manage')
  @Answers(200, AutomationToken)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  async revoke(
    @Admin() admin: AdminPrincipal,
    @Param('id') id: string,
    @Body(valid(Act)) { reason }: Act,
  ): Promise<AutomationToken> {
    return tokenView(await this.tokens.revoke(asId(id), admin, reason))
  }
}
