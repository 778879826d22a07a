import type { InternalErrorCode } from '@sealcard/protocol'
import { MINUTE } from '../time.js'

/** The only source of time. Windows, expiries and retention are all judged by it, so that tests can move it. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number
}

/** Injection token of the `Clock`. */
export const CLOCK = Symbol('Clock')

/** Whether the `Clock` can be trusted. While it cannot, the service answers no request and runs no job. */
export interface ClockStatus {
  /** Why it cannot, for an operator, without a full stop; undefined while it can. */
  readonly problem: string | undefined
}

/** Injection token of the `ClockStatus`. */
export const CLOCK_STATUS = Symbol('ClockStatus')

export class ClockError extends Error {
  readonly code: InternalErrorCode = 'ERR_CLOCK'

  constructor(problem: string) {
    super(problem)
    this.name = 'ClockError'
  }
}

/** The clocks of the machine. Only the time source asks them. */
export interface HostClock extends Clock {
  /** Milliseconds since some moment. It never jumps; it may stand still while the machine is suspended. */
  elapsed(): number
}

/** Injection token of the `HostClock`. */
export const HOST_CLOCK = Symbol('HostClock')

export class SystemClock implements HostClock {
  now(): number {
    return Date.now()
  }

  elapsed(): number {
    return performance.now()
  }
}

/** What two clocks may differ by, ms; also between asking what time it is and the writer's turn. */
export const CLOCK_SKEW_MS = MINUTE
