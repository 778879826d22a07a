import { Global, Module } from '@nestjs/common'
import { OperationsController } from '../http/health/operations.controller.js'
import { Metrics } from './metrics.js'
import { Readiness } from './readiness.js'

@Global()
@Module({
  controllers: [OperationsController],
  providers: [Metrics, Readiness],
  exports: [Metrics, Readiness],
})
export class OperationsModule {}
