import { Controller, Get } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { MemberPolicy } from '@sealcard/protocol'
import { Authenticated } from '../../http/access/decorators.js'
import { Me, type Principal } from '../../http/access/principals.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { CompanyPolicyService } from './company-policy.service.js'

@ApiTags('Members')
@Controller('v1/policy')
@Authenticated()
export class PolicyController {
  constructor(private readonly company: CompanyPolicyService) {}

  /** What the company allows the sender, to be shown before a card is written. */
  @Get()
  @Answers(200, MemberPolicy)
  @Problems()
  read(@Me() me: Principal): Promise<MemberPolicy> {
    return this.company.forMember(me)
  }
}
