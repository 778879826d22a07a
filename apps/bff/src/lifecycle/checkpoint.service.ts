import { Injectable } from '@nestjs/common'
import { Interval } from '@nestjs/schedule'
import { AuditLog } from '../audit/audit-log.js'
import { RequestLog } from '../observability/request-log.js'

/** Looks often, signs when 60 s have passed. */
@Injectable()
export class CheckpointService {
  constructor(
    private readonly audit: AuditLog,
    private readonly log: RequestLog,
  ) {}

  @Interval('checkpoint', 10_000)
  async tick(): Promise<void> {
    await this.audit
      .checkpointIfDue()
      .catch((error: unknown) => this.log.jobFailed('checkpoint', error))
  }
}
