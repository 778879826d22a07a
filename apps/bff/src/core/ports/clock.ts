import { MINUTE } from '../time.js'

/** The only source of time. Windows, expiries and retention are all judged by it, so that tests can move it. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number
}

/** Injection token of the `Clock`. */
export const CLOCK = Symbol('Clock')

export class SystemClock implements Clock {
  now(): number {
    return Date.now()
  }
}

/** What two processes' clocks may differ by, ms; also between asking what time it is and the writer's turn. */
export const CLOCK_SKEW_MS = MINUTE
