import { Body, Get, Put } from '@nestjs/common'
import { CompanyPolicy, SetCompanyPolicy } from '@sealcard/protocol'
import { Admin, type AdminPrincipal } from '../access/admin-principal.js'
import { Rule } from '../access/rule.js'
import { Administrators } from '../admin/administrators.js'
import { Answers, BODY_ERRORS, Problems } from '../http/api-docs.js'
import { valid } from '../http/validation.js'
import { ChangePolicy } from './change-policy.js'
import { CompanyPolicyService } from './company-policy.service.js'

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
