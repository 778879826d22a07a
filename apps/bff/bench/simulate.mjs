// A simulation of openings judged in groups, for machines that the bench does not have: a disk or a network that is slower,
// more processes, more cores. It knows no HTTP and no SQL: only how long the parts take, which the bench measures here.
// No clock and no luck in it: the same figures give the same answers.
import { spread } from './lib/figures.mjs'

/** xorshift32: the same arrivals in every run. */
const randomOf = (seed) => {
  let x = seed
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) / 2 ** 32
  }
}

const MOST = 128

/**
 * @param {object} world ms, each
 * @param {number} world.rate openings that are offered a second
 * @param {number} world.processes each with a core of its own
 * @param {number} world.cpu what an opening costs its process
 * @param {number} world.group what a group costs beside its members: round trips and the durable commit
 * @param {number} world.held what an opening costs while its group holds the rows that all processes share
 * @param {boolean} world.oneCard whether all openings are of one card: then one group at a time is under way, of all processes
 * @param {number} [world.seconds]
 * @returns ms; `bears`: whether it keeps up
 */
export const simulate = ({ rate, processes, cpu, group, held, oneCard, seconds = 20 }) => {
  const random = randomOf(2463534242)
  const lines = Array.from({ length: processes }, () => ({ waiting: [], ready: 0, free: 0 }))
  const latencies = []
  /** When the rows of the card are free; the database serves one group after the other there. */
  let card = 0
  /** When the line's next group is made up: it takes all who are there, and then waits for the card. */
  const nextOf = ({ waiting, free }) => Math.max(waiting[0]?.ready ?? Infinity, free)
  const serve = (until) => {
    for (;;) {
      const line = lines.reduce((one, other) => (nextOf(other) < nextOf(one) ? other : one))
      const made = nextOf(line)
      if (made === Infinity || made > until) return
      let size = 0
      while (size < MOST && line.waiting[size]?.ready <= made) size += 1
      const members = line.waiting.splice(0, size)
      const end = Math.max(made, oneCard ? card : 0) + group + members.length * held
      line.free = end
      if (oneCard) card = end
      for (const { at } of members) latencies.push(end - at)
    }
  }
  const length = seconds * 1000
  for (let at = 0, n = 0; at < length; n++) {
    at += (-Math.log(1 - random()) * 1000) / rate
    const line = lines[n % processes]
    serve(at)
    // HTTP and the proof, on the process's core, one after the other.
    line.ready = Math.max(at, line.ready) + cpu
    line.waiting.push({ at, ready: line.ready })
    // More than a second's work waits: it only becomes more.
    if (line.waiting.length > rate / processes)
      return { p50: Infinity, p99: Infinity, bears: false }
  }
  const { p50, p99 } = spread(latencies)
  return { p50, p99, bears: true }
}

/** The highest rate, in steps of 50, whose p99 stays below `limit` ms. */
export const capacityOf = (world, limit = 250) => {
  let [low, high] = [0, 400]
  const good = (steps) => {
    const { p99, bears } = simulate({ ...world, rate: steps * 50, seconds: 5 })
    return bears && p99 <= limit
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (good(middle)) low = middle
    else high = middle
  }
  return low * 50
}
