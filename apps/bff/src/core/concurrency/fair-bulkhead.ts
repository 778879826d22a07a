import type { Timers } from '../ports/timers.js'

/** The turn did not come in time, or no more turns come. */
export class QueueTimeoutError extends Error {}
/** All places to wait are taken, by others as well. */
export class BulkheadFullError extends Error {}

/** Who comes: everything of one `key` shares its turns, and has `most` places at once. */
export interface Arrival {
  readonly key: string
  readonly most: number
}

interface Waiter {
  /** Its turn. */
  readonly go: () => void
  readonly giveUp: (why: Error) => void
}

/**
 * So many at once, so many waiting behind them, and nobody else. Those who wait take turns by key, each key's own in the
 * order in which they came: who asks a thousand times delays others by one turn. Keeps each turn of the event loop short,
 * so that what waits in no lane is answered at once, however much is asked.
 */
export class FairBulkhead {
  readonly #running = new Map<string, number>()
  /** In the order of their turns; a key is here while it has somebody waiting. */
  readonly #lines = new Map<string, { most: number; waiters: Set<Waiter> }>()
  #inside = 0
  #waiting = 0

  /** @param room how many wait @param longestMs that anybody waits */
  constructor(
    private readonly atOnce: number,
    private readonly room: number,
    private readonly longestMs: number,
    private readonly timers: Timers,
  ) {}

  get waiting(): number {
    return this.#waiting
  }

  /** Whether it would go straight through. */
  isFree({ key, most }: Arrival): boolean {
    return this.#inside < this.atOnce && (this.#running.get(key) ?? 0) < most
  }

  /** Whether it would go through or wait. Who has fewer waiting than somebody else takes a place from them. */
  hasRoom(arrival: Arrival): boolean {
    if (this.isFree(arrival) || this.#waiting < this.room) return true
    return this.#longestBut(arrival.key) !== undefined
  }

  /**
   * @returns what to call on leaving, once or more
   * @throws BulkheadFullError; WaitedTooLong
   */
  async enter(arrival: Arrival): Promise<() => void> {
    if (this.isFree(arrival)) return this.#begin(arrival.key)
    if (this.#waiting >= this.room) {
      const longest = this.#longestBut(arrival.key)
      if (!longest) throw new BulkheadFullError()
      // Of whoever has most waiting, the last to come.
      ;[...longest].at(-1)?.giveUp(new BulkheadFullError())
    }
    await this.#wait(arrival)
    return this.#leaver(arrival.key)
  }

  /** For those who wait no turn comes any more. */
  turnAway(): void {
    for (const { waiters } of [...this.#lines.values()])
      for (const waiter of [...waiters]) waiter.giveUp(new QueueTimeoutError())
  }

  /** The place is already taken in its name when the promise resolves. */
  #wait({ key, most }: Arrival): Promise<void> {
    return new Promise((resolve, reject) => {
      const line = this.#lines.get(key) ?? { most, waiters: new Set() }
      this.#lines.set(key, line)
      const waiter: Waiter = {
        go: () => {
          leaveLine()
          resolve()
        },
        giveUp: (why) => {
          leaveLine()
          reject(why)
        },
      }
      const cancel = this.timers.after(this.longestMs, () => waiter.giveUp(new QueueTimeoutError()))
      const leaveLine = () => {
        cancel()
        this.#waiting -= 1
        line.waiters.delete(waiter)
        if (line.waiters.size === 0) this.#lines.delete(key)
      }
      line.waiters.add(waiter)
      this.#waiting += 1
    })
  }

  #begin(key: string): () => void {
    this.#take(key)
    return this.#leaver(key)
  }

  #take(key: string): void {
    this.#inside += 1
    this.#running.set(key, (this.#running.get(key) ?? 0) + 1)
  }

  #leaver(key: string): () => void {
    let left = false
    return () => {
      if (left) return
      left = true
      this.#inside -= 1
      const still = (this.#running.get(key) ?? 1) - 1
      if (still > 0) this.#running.set(key, still)
      else this.#running.delete(key)
      this.#next()
    }
  }

  /** The first key in turn that may have another place gets it, and is the last from then on. */
  #next(): void {
    for (const [key, line] of this.#lines) {
      if (this.#inside >= this.atOnce) return
      if ((this.#running.get(key) ?? 0) >= line.most) continue
      const [waiter] = line.waiters
      this.#take(key)
      this.#lines.delete(key)
      if (line.waiters.size > 1) this.#lines.set(key, line)
      waiter?.go()
      return
    }
  }

  /** The line that is longest, if it is longer than the key's own would become. */
  #longestBut(key: string): Set<Waiter> | undefined {
    const own = this.#lines.get(key)?.waiters.size ?? 0
    let longest: Set<Waiter> | undefined
    for (const { waiters } of this.#lines.values())
      if (waiters.size > (longest?.size ?? own + 1)) longest = waiters
    return longest
  }
}
