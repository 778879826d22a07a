// Loaded before the built service: what it does every few seconds it does several times a second, and its clock is as far
// ahead as a file says, milliseconds.
import { readFileSync } from 'node:fs'

const every = globalThis.setInterval
let ahead = 0
const read = () => {
  try {
    ahead = Number(readFileSync(process.env.CLOCK_AHEAD_FILE, 'utf8'))
  } catch {
    ahead = 0
  }
}
read()
every(read, 20).unref()

const now = Date.now
Date.now = () => now() + ahead
globalThis.setInterval = (work, ms, ...rest) => every(work, ms > 10_000 ? ms : 100, ...rest)
