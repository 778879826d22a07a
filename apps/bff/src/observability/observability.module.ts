import { Global, Module } from '@nestjs/common'
import { JOB_OBSERVER } from '../core/jobs/jobs.js'
import { JobLog } from './job-log.js'
import { Metrics } from './metrics.js'
import { Readiness } from './readiness.js'

@Global()
@Module({
  providers: [Metrics, Readiness, JobLog, { provide: JOB_OBSERVER, useExisting: JobLog }],
  exports: [Metrics, Readiness, JobLog, JOB_OBSERVER],
})
export class ObservabilityModule {}
