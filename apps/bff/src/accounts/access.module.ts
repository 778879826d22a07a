import { Global, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { AccessGuard } from './access.guard.js'
import { AdminIdentity } from './admin-identity.js'

@Global()
@Module({
  providers: [AdminIdentity, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [AdminIdentity],
})
export class AccessModule {}
