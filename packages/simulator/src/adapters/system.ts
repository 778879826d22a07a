import { randomBytes } from 'node:crypto'
import type { Clock, Log, Random, Timer } from '../ports.js'

export const systemClock: Clock = { now: () => Date.now() }

export const systemRandom: Random = { bytes: (count) => randomBytes(count) }

export const systemTimer: Timer = {
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
}

/** For a command: waiting keeps the process alive. */
export const patientTimer: Timer = {
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}

export const consoleLog: Log = {
  info: (line) => process.stdout.write(`${line}\n`),
  warn: (line) => process.stderr.write(`sealcard-simulator: ${line}\n`),
}
export const silentLog: Log = { info: () => undefined, warn: () => undefined }
