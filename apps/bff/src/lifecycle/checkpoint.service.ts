import { Injectable } from '@nestjs/common'
import { AuditLog } from '../audit/audit-log.js'
import { Job } from '../core/jobs/job.js'
import { SECOND } from '../core/time.js'

/** Looks often, and signs the head of the chain when 60 s have passed since the last checkpoint. */
@Injectable()
export class CheckpointService {
  constructor(private readonly audit: AuditLog) {}

  @Job({ name: 'checkpoint', everyMs: 10 * SECOND })
  run(): Promise<void> {
    return this.audit.checkpointIfDue()
  }
}
