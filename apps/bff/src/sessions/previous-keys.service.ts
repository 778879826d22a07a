import { Inject, Injectable } from '@nestjs/common'
import { Interval } from '@nestjs/schedule'
import { DataSource, LessThanOrEqual } from 'typeorm'
import { RequestLog } from '../http/request-log.js'
import { CLOCK, type Clock } from '../ports/clock.js'
import { ViewerKeysEntity } from './viewer-keys.entity.js'

const EVERY_MS = 30_000

/**
 * Erases previous session keys whose five minutes are over. They count for nothing from that moment on, whether they
 * are still there or not; what is not there cannot be stolen either.
 */
@Injectable()
export class PreviousKeys {
  constructor(
    private readonly storage: DataSource,
    private readonly log: RequestLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Interval('previous-keys', EVERY_MS)
  async tick(): Promise<void> {
    await this.erase().catch((error: unknown) => this.log.jobFailed('previous-keys', error))
  }

  /** @returns how many */
  async erase(): Promise<number> {
    const { affected } = await this.storage.manager.update(
      ViewerKeysEntity,
      { previousUntil: LessThanOrEqual(this.clock.now()) },
      { previousKey: null, previousUntil: null },
    )
    return affected ?? 0
  }
}
