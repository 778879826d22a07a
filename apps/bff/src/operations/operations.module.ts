import { Global, Module } from '@nestjs/common'
import { Metrics } from './metrics.js'
import { OperationsController } from './operations.controller.js'
import { Readiness } from './readiness.js'

@Global()
@Module({
  controllers: [OperationsController],
  providers: [Metrics, Readiness],
  exports: [Metrics, Readiness],
})
export class OperationsModule {}
