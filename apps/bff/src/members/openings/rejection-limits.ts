import { Inject, Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { CONFIG, type Config } from '../../core/config/config.js'
import { HOUR, MINUTE } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { OpeningRepository } from './opening.repository.js'

const SESSION_WINDOW_MS = 10 * MINUTE
const PERSON_WINDOW_MS = HOUR

export interface Rejections {
  /** Enough rejected proofs in 10 minutes: the session is over. */
  readonly sessionSpent: boolean
  /** One more rejection spends it. */
  readonly sessionAtLast: boolean
  /** Seconds until the person may try again; 0 is now. */
  readonly retryAfter: number
}

/** Counts rejected proofs in the rows that record them, so a restart or another process forgets none. */
@Injectable()
export class RejectionLimits {
  constructor(
    private readonly openings: OpeningRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Runs under the lock on the viewer's row. */
  async read(
    manager: EntityManager,
    { sessionId, viewerId }: Principal,
    now: number,
  ): Promise<Rejections> {
    const { rejectedProofsPerSession: perSession, rejectedProofsPerPersonPerHour: perPerson } =
      this.config.limits
    // The one that spends the session, and the one before it.
    const skip = Math.max(0, perSession - 2)
    // Also those made while a clock was ahead: a session may be ended for nothing, and costs one more login.
    const session = await this.openings.rejectedBetween(
      manager,
      { sessionId },
      [now - SESSION_WINDOW_MS, Number.MAX_SAFE_INTEGER],
      { skip, take: 2 },
    )
    // Of those only what an hour can hold: the others would keep somebody out until it is that late.
    const [oldest] = await this.openings.rejectedBetween(
      manager,
      { viewerId },
      [now - PERSON_WINDOW_MS, now + PERSON_WINDOW_MS],
      { skip: perPerson - 1, take: 1 },
    )
    return {
      sessionSpent: skip + session.length >= perSession,
      sessionAtLast: skip + session.length >= perSession - 1,
      retryAfter: oldest === undefined ? 0 : (oldest + PERSON_WINDOW_MS - now) / 1000,
    }
  }
}
