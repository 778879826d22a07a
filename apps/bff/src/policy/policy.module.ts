import { Module } from '@nestjs/common'
import { ChangePolicy } from './change-policy.js'
import { CompanyPolicyService } from './company-policy.service.js'
import { AdminPolicyController } from './admin-policy.controller.js'
import { PolicyController } from './policy.controller.js'

/** What the company allows for new cards. */
@Module({
  controllers: [AdminPolicyController, PolicyController],
  providers: [CompanyPolicyService, ChangePolicy],
  exports: [CompanyPolicyService],
})
export class PolicyModule {}
