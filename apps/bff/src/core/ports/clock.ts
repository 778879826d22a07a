import { uptime } from 'node:os'
import type { InternalErrorCode } from '@sealcard/protocol'
import { MINUTE, SECOND } from '../time.js'

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
  /** Milliseconds since some moment. It never jumps, and counts the time while the machine is suspended. */
  elapsed(): number
}

/** Injection token of the `HostClock`. */
export const HOST_CLOCK = Symbol('HostClock')

/** What `SystemClock` reads, in milliseconds. A test stands in for it. */
export interface MachineTimes {
  /** Since the epoch, UTC; jumps when the machine's clock is set. */
  wall(): number
  /** Since some moment, while the machine is awake. */
  awake(): number
  /** Since the machine was started, suspended or not; in steps of 10 ms or more. */
  sinceBoot(): number
}

const MACHINE: MachineTimes = {
  wall: () => Date.now(),
  awake: () => performance.now(),
  sinceBoot: () => uptime() * SECOND,
}

/** A smaller step of the wall clock is no suspension that matters. */
const STEP_MS = SECOND

/**
 * The awake time is exact, but stands still while a laptop is closed (CLOCK_MONOTONIC). The time since boot keeps
 * running (CLOCK_BOOTTIME), but costs a read of /proc. So it is read only when the wall clock has jumped.
 */
export class SystemClock implements HostClock {
  #wallAhead: number
  readonly #bootAhead: number
  #asleep = 0

  constructor(private readonly machine: MachineTimes = MACHINE) {
    const awake = machine.awake()
    this.#wallAhead = machine.wall() - awake
    this.#bootAhead = machine.sinceBoot() - awake
  }

  now(): number {
    return this.machine.wall()
  }

  elapsed(): number {
    const awake = this.machine.awake()
    const wallAhead = this.machine.wall() - awake
    if (Math.abs(wallAhead - this.#wallAhead) > STEP_MS) {
      this.#wallAhead = wallAhead
      this.#asleep = Math.max(this.#asleep, this.machine.sinceBoot() - awake - this.#bootAhead)
    }
    return awake + this.#asleep
  }
}

/** What two clocks may differ by, ms; also between asking what time it is and the writer's turn. */
export const CLOCK_SKEW_MS = MINUTE
