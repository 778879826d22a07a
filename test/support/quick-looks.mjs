// Loads before the built service. Its jobs run several times a second. Its clocks are ahead by the milliseconds in a file:
// both of them, because the service refuses a host whose clock jumps alone.
import { readFileSync } from 'node:fs'

const every = globalThis.setInterval
let ahead = 0
const read = () => {
  try {
    ahead = Number(readFileSync(process.env.CLOCK_AHEAD_FILE, 'utf8'))
  } catch {
    // The test has not written the file yet.
  }
}
read()
every(read, 20).unref()

const now = Date.now
const elapsed = performance.now.bind(performance)
Date.now = () => now() + ahead
performance.now = () => elapsed() + ahead
globalThis.setInterval = (work, ms, ...rest) => every(work, ms > 10_000 ? ms : 100, ...rest)
