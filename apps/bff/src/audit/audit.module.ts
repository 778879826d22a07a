import { Global, Module } from '@nestjs/common'
import { AuditLog } from './audit-log.js'
import { ChainWriter } from './chain-writer.js'

@Global()
@Module({ providers: [AuditLog, ChainWriter], exports: [AuditLog] })
export class AuditModule {}
