import { Body, Controller, Ip, Post } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { AdminAccount, AdminSetup } from '@sealcard/protocol'
import { Rule } from '../http/access/decorators.js'
import { Route } from '../http/access/route-options.js'
import { Answers, BODY_ERRORS, Problems } from '../http/openapi/api-docs.js'
import { valid } from '../http/parsing/validation.js'
import { GUESSES } from '../http/server/load-shedding.js'
import { accountView } from './account.view.js'
import { SetupService } from './setup.service.js'

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
