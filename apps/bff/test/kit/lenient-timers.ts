import type { INestApplicationContext } from '@nestjs/common'
import { PREPARE_TIMEOUT_MS } from '../../src/bots/callback/reply-mode.js'
import { LEASE_MS } from '../../src/bots/storage/bot-job.repository.js'
import { SHUTDOWN_TIMEOUT_MS } from '../../src/core/concurrency/deadline.js'
import { NAME_WAIT_MS } from '../../src/members/names/platform-names.js'
import { SystemTimers, TIMERS, type Timers } from '../../src/core/ports/timers.js'

const PATIENT: readonly number[] = [PREPARE_TIMEOUT_MS, NAME_WAIT_MS]

/** A command and a name have a minute: a machine that stalls is then no slow command and no platform that hangs. */
export class LenientTimers extends SystemTimers {
  override sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return super.sleep(PATIENT.includes(ms) ? 60_000 : ms, signal)
  }
}

/** A login waits for no name. */
export const withoutNameWait = (of: { readonly nest: Pick<INestApplicationContext, 'get'> }) => {
  const timers = of.nest.get<Timers>(TIMERS)
  const sleep = timers.sleep.bind(timers)
  return jest
    .spyOn(timers, 'sleep')
    .mockImplementation((ms, signal) =>
      ms === NAME_WAIT_MS ? new Promise((resolve) => setImmediate(resolve)) : sleep(ms, signal),
    )
}

/** The time that an answer may take is over at once, and so is what a stopping process waits; it renews no lease. */
export const withoutTimeout = (of: { readonly nest: Pick<INestApplicationContext, 'get'> }) => {
  const timers = of.nest.get<Timers>(TIMERS)
  const sleep = timers.sleep.bind(timers)
  const soon = [PREPARE_TIMEOUT_MS, SHUTDOWN_TIMEOUT_MS]
  return jest
    .spyOn(timers, 'sleep')
    .mockImplementation((ms, signal) =>
      soon.includes(ms)
        ? new Promise((resolve) => setImmediate(resolve))
        : ms === LEASE_MS / 4
          ? until(signal)
          : sleep(ms, signal),
    )
}

/** Never, and no timer that keeps a process alive. */
const until = (signal?: AbortSignal) =>
  new Promise<void>((_, reject) =>
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true }),
  )
