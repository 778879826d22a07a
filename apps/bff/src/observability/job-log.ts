import { Injectable } from '@nestjs/common'
import { PinoLogger } from 'nestjs-pino'
import type { JobObserver } from '../core/jobs/jobs.js'
import { Metrics } from './metrics.js'
import { withoutValues } from './request-log.js'

/** Logs and counts the runs of jobs that failed. */
@Injectable()
export class JobLog implements JobObserver {
  readonly #failures

  constructor(
    private readonly logger: PinoLogger,
    metrics: Metrics,
  ) {
    logger.setContext('jobs')
    this.#failures = metrics.counter(
      'sealcard_job_failures_total',
      'Runs of jobs that failed; the next run comes all the same',
      ['job'],
    )
  }

  jobFailed(job: string, error: unknown): void {
    this.#failures.inc({ job })
    this.logger.error({ job, err: withoutValues(error) }, 'job failed')
  }
}
