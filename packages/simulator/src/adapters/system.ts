import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Clock, Log, Random, Timer } from '../ports.js'

export const systemClock: Clock = { now: () => Date.now() }

export const systemRandom: Random = { bytes: (count) => randomBytes(count) }

// The global `setTimeout` is the page's where the simulator runs inside jsdom.
export const systemTimer: Timer = {
  wait: (ms) => setTimeout(ms, undefined, { ref: false }),
}

/** For a command: waiting keeps the process alive. */
export const patientTimer: Timer = {
  wait: (ms) => setTimeout(ms),
}

export const consoleLog: Log = {
  info: (line) => process.stdout.write(`${line}\n`),
  warn: (line) => process.stderr.write(`sealcard-simulator: ${line}\n`),
}
export const silentLog: Log = { info: () => undefined, warn: () => undefined }
