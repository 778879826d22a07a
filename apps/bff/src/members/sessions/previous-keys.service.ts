import { Inject, Injectable } from '@nestjs/common'
import { Interval } from '@nestjs/schedule'
import { DataSource, LessThanOrEqual, MoreThan, Or } from 'typeorm'
import { CLOCK_SKEW_MS } from '../../core/ports/clock-skew.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RequestLog } from '../../observability/request-log.js'
import { PREVIOUS_KEY_MS } from './rotate-keys.js'
import { ViewerKeysEntity } from './viewer-keys.entity.js'

const EVERY_MS = 30_000

/**
 * Erases previous session keys whose five minutes are over, or end later than five minutes can: a clock was ahead. They
 * count for nothing from that moment on, whether they are still there or not; what is not there cannot be stolen either.
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
    const now = this.clock.now()
    const { affected } = await this.storage.manager.update(
      ViewerKeysEntity,
      // A process that is behind must not erase what another has just retired.
      { previousUntil: Or(LessThanOrEqual(now), MoreThan(now + PREVIOUS_KEY_MS + CLOCK_SKEW_MS)) },
      { previousKey: null, previousUntil: null },
    )
    return affected ?? 0
  }
}
