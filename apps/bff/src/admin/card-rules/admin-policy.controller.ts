import { Body, Get, Put } from '@nestjs/common'
import { CompanyPolicy, SetCompanyPolicy } from '@sealcard/protocol'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { CompanyPolicyService } from '../../members/card-rules/company-policy.service.js'
import { ChangePolicy } from './change-policy.js'

@Administrators()
export class AdminPolicyController {
  constructor(
    private readonly company: CompanyPolicyService,
    private readonly change: ChangePolicy,
  ) {}

  @Get('policy')
  @Rule('read')
  @Answers(200, CompanyPolicy)
  @Problems()
  read(): Promise<CompanyPolicy> {
    return this.company.read()
  }

  @Put('policy')
  @Rule('manage')
  @Answers(200, CompanyPolicy)
  @Problems(...BODY_ERRORS, 'ERR_CONFLICT')
  set(
    @Admin() by: AdminPrincipal,
    @Body(valid(SetCompanyPolicy)) policy: SetCompanyPolicy,
  ): Promise<CompanyPolicy> {
    return this.change.set(by, policy)
  }
}
