import type { InternalErrorCode } from '@sealcard/protocol'
import type { Timers } from '../ports/timers.js'

/** The turn did not come in time, or no more turns come. */
export class QueueTimeoutError extends Error {
  override readonly name = 'QueueTimeoutError'
  readonly code = 'ERR_QUEUE_TIMEOUT' satisfies InternalErrorCode
}
/** All places to wait are taken, by others as well. */
export class BulkheadFullError extends Error {
  override readonly name = 'BulkheadFullError'
  readonly code = 'ERR_BULKHEAD_FULL' satisfies InternalErrorCode
}

/** Who comes. Everything of one `key` shares its turns, and has `most` places at once. */
export interface Arrival {
  readonly key: string
  readonly most: number
}

/** For work without a key: then the bulkhead is first come, first served. */
export const ANYBODY: Arrival = { key: '', most: Infinity }

interface Waiter {
  readonly begin: () => void
  readonly giveUp: (why: Error) => void
}

/**
 * So many run at once, so many wait, and everybody else is refused. Those who wait take turns by key, and within a key in
 * the order of arrival: a caller with a thousand requests delays others by one turn.
 *
 * Written by hand. No library shares turns between keys, or lets a short queue take a place from the longest. In
 * cockatiel's bulkhead a newcomer can overtake a waiter, because a free place goes through a microtask.
 * See docs/adr/0016-concurrency-on-libraries.md.
 */
export class Bulkhead {
  readonly #running = new Map<string, number>()
  /** In the order of their turns; a key is here while it has a waiter. */
  readonly #lines = new Map<string, { most: number; waiters: Set<Waiter> }>()
  #inside = 0
  #waiting = 0

  /**
   * @param atOnce how many run
   * @param room how many wait
   * @param deadline the longest wait, in milliseconds; without it a wait has no end
   */
  constructor(
    private readonly atOnce: number,
    private readonly room: number,
    private readonly deadline?: { readonly ms: number; readonly timers: Timers },
  ) {}

  get waiting(): number {
    return this.#waiting
  }

  /** Whether the arrival would begin at once. */
  isFree({ key, most }: Arrival): boolean {
    return this.#inside < this.atOnce && (this.#running.get(key) ?? 0) < most
  }

  /** Whether the arrival would begin or wait. A key with fewer waiting than another takes a place from it. */
  hasRoom(arrival: Arrival): boolean {
    if (this.isFree(arrival) || this.#waiting < this.room) return true
    return this.#longestBut(arrival.key) !== undefined
  }

  /** @throws BulkheadFullError, QueueTimeoutError; what `work` throws */
  async run<T>(arrival: Arrival, work: () => Promise<T>): Promise<T> {
    const leave = await this.enter(arrival)
    try {
      return await work()
    } finally {
      leave()
    }
  }

  /**
   * @returns what to call on leaving, once or more
   * @throws BulkheadFullError, QueueTimeoutError
   */
  async enter(arrival: Arrival): Promise<() => void> {
    if (this.isFree(arrival)) return this.#begin(arrival.key)
    if (this.#waiting >= this.room) {
      const longest = this.#longestBut(arrival.key)
      if (!longest) throw new BulkheadFullError()
      // Of the key with most waiting, the last arrival.
      ;[...longest].at(-1)?.giveUp(new BulkheadFullError())
    }
    await this.#wait(arrival)
    return this.#leaver(arrival.key)
  }

  /** Refuses everybody who waits: no turn comes any more. */
  rejectWaiting(): void {
    for (const { waiters } of [...this.#lines.values()])
      for (const waiter of [...waiters]) waiter.giveUp(new QueueTimeoutError())
  }

  /** When the promise resolves, the place is already counted as taken. */
  #wait({ key, most }: Arrival): Promise<void> {
    return new Promise((resolve, reject) => {
      const line = this.#lines.get(key) ?? { most, waiters: new Set() }
      this.#lines.set(key, line)
      const waiter: Waiter = {
        begin: () => {
          leaveLine()
          resolve()
        },
        giveUp: (why) => {
          leaveLine()
          reject(why)
        },
      }
      const cancel = this.deadline?.timers.after(this.deadline.ms, () =>
        waiter.giveUp(new QueueTimeoutError()),
      )
      const leaveLine = () => {
        cancel?.()
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

  /** The first key in turn that may have another place gets it. From then on it is the last. */
  #next(): void {
    for (const [key, line] of this.#lines) {
      if (this.#inside >= this.atOnce) return
      if ((this.#running.get(key) ?? 0) >= line.most) continue
      const [waiter] = line.waiters
      this.#take(key)
      this.#lines.delete(key)
      if (line.waiters.size > 1) this.#lines.set(key, line)
      waiter?.begin()
      return
    }
  }

  /** The longest line, if it is longer than the key's own would become. */
  #longestBut(key: string): Set<Waiter> | undefined {
    const own = this.#lines.get(key)?.waiters.size ?? 0
    let longest: Set<Waiter> | undefined
    for (const { waiters } of this.#lines.values())
      if (waiters.size > (longest?.size ?? own + 1)) longest = waiters
    return longest
  }
}
