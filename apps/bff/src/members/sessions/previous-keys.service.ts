import { Inject, Injectable } from '@nestjs/common'
import { DataSource, LessThanOrEqual, MoreThan, Or } from 'typeorm'
import { Job } from '../../core/jobs/job.js'
import { type Clock, CLOCK, CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { MINUTE } from '../../core/time.js'
import { ViewerKeysEntity } from './viewer-keys.entity.js'

/** How long a replaced key still opens proofs that were on their way. */
export const PREVIOUS_KEY_MS = 5 * MINUTE

/** Keys of one viewer; times in milliseconds UTC. */
export interface Keys {
  readonly current: string
  readonly previous: string | null
  readonly previousUntil: number | null
}

/**
 * The keys after a login delivered `key`. `wx.login` *may* rotate the key. When the same key comes back nothing changes,
 * not even the end of the previous key.
 */
export const rotate = (known: Keys | null, key: string, now: number): Keys => {
  if (!known) return { current: key, previous: null, previousUntil: null }
  if (known.current === key) return withoutExpired(known, now)
  return { current: key, previous: known.current, previousUntil: now + PREVIOUS_KEY_MS }
}

/**
 * What may open a proof now: the current key and, for five minutes, the one before it. A clock that was set back before
 * the rotation makes it no longer.
 */
export const withoutExpired = (keys: Keys, now: number): Keys => {
  const left = (keys.previousUntil ?? now) - now
  if (left > 0 && left <= PREVIOUS_KEY_MS) return keys
  return { current: keys.current, previous: null, previousUntil: null }
}

const EVERY_MS = 30_000

/**
 * Erases previous session keys whose five minutes are over, or end later than five minutes can: a clock was ahead. They
 * count for nothing from that moment on, whether they are still there or not; what is not there cannot be stolen either.
 */
@Injectable()
export class PreviousKeys {
  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many */
  @Job({ name: 'previous-keys', everyMs: EVERY_MS })
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
