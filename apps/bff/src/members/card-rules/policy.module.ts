import { Module } from '@nestjs/common'
import { CompanyPolicyService } from './company-policy.service.js'
import { PolicyController } from './policy.controller.js'

/** What the company allows for new cards. */
@Module({
  controllers: [PolicyController],
  providers: [CompanyPolicyService],
  exports: [CompanyPolicyService],
})
export class PolicyModule {}
