import { Module } from '@nestjs/common'
import { CheckpointService } from './checkpoint.service.js'
import { RetentionService } from './retention.service.js'

@Module({ providers: [RetentionService, CheckpointService], exports: [RetentionService] })
export class JobsModule {}
