import { Module } from '@nestjs/common'
import { AdminPolicyController } from '../../admin/card-rules/admin-policy.controller.js'
import { ChangePolicy } from '../../admin/card-rules/change-policy.js'
import { CompanyPolicyService } from './company-policy.service.js'
import { PolicyController } from './policy.controller.js'

/** What the company allows for new cards. */
@Module({
  controllers: [AdminPolicyController, PolicyController],
  providers: [CompanyPolicyService, ChangePolicy],
  exports: [CompanyPolicyService],
})
export class PolicyModule {}
