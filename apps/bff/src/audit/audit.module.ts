import { Global, Module } from '@nestjs/common'
import { AuditLog } from './audit-log.js'
import { ChainWriter } from './chain-writer.js'
import { UnofficialBases } from './unofficial-bases.js'

@Global()
@Module({ providers: [AuditLog, ChainWriter, UnofficialBases], exports: [AuditLog] })
export class AuditModule {}
