import type { INestApplicationContext } from '@nestjs/common'
import { PREPARE_TIMEOUT_MS } from '../../src/bots/callback/reply-mode.js'
import { LEASE_MS } from '../../src/bots/storage/bot-job.repository.js'
import { SHUTDOWN_TIMEOUT_MS } from '../../src/core/concurrency/deadline.js'
import { NAME_WAIT_MS } from '../../src/members/names/platform-names.js'
import { SystemTimers, TIMERS, type Timers } from '../../src/core/ports/timers.js'

const PATIENT: readonly number[] = [PREPARE_TIMEOUT_MS, NAME_WAIT_MS]

/** A command and a name have a minute: a machine that stalls is then no slow command and no platform that hangs. */
export class LenientTimers extends SystemTimers {
  override after(ms: number, fn: () => void): () => void {
    return super.after(PATIENT.includes(ms) ? 60_000 : ms, fn)
  }
}

const soon = (fn: () => void) => {
  const immediate = setImmediate(fn)
  return () => clearImmediate(immediate)
}
/** And no timer that keeps a process alive. */
const never = () => () => {}

/** @param how what becomes of a wait of so many ms; undefined: as it was */
const instead = (
  of: { readonly nest: Pick<INestApplicationContext, 'get'> },
  how: (ms: number) => ((fn: () => void) => () => void) | undefined,
) => {
  const timers = of.nest.get<Timers>(TIMERS)
  const after = timers.after.bind(timers)
  // `sleep` asks `after`, too.
  return jest.spyOn(timers, 'after').mockImplementation((ms, fn) => how(ms)?.(fn) ?? after(ms, fn))
}

/** A login waits for no name. */
export const withoutNameWait = (of: { readonly nest: Pick<INestApplicationContext, 'get'> }) =>
  instead(of, (ms) => (ms === NAME_WAIT_MS ? soon : undefined))

/** The time that an answer may take is over at once, and so is what a stopping process waits; it renews no lease. */
export const withoutTimeout = (of: { readonly nest: Pick<INestApplicationContext, 'get'> }) =>
  instead(of, (ms) => {
    if (ms === PREPARE_TIMEOUT_MS || ms === SHUTDOWN_TIMEOUT_MS) return soon
    return ms === LEASE_MS / 4 ? never : undefined
  })
