import { Mutex } from 'async-mutex'
import type { Timers } from '../ports/timers.js'

export interface SerialQueueOptions {
  /** The longest wait for a turn, measured by `timers`; without it a wait has no end. */
  readonly deadline?: {
    readonly timers: Timers
    readonly ms: number
    /** @returns what the caller who waited too long gets */
    readonly error: () => Error
  }
  /**
   * Judges an error of the work that has the turn.
   * @returns what all who wait at that moment get instead of a turn; undefined: they keep their turns
   */
  readonly failsWaiting?: (error: unknown) => Error | undefined
}

/**
 * One at a time, in the order of asking.
 *
 * `async-mutex` keeps the order. Its own `withTimeout` reads the machine's timers, so the deadline is ours: tests hold the
 * `Timers` port.
 */
export class SerialQueue {
  readonly #mutex = new Mutex()
  #failures = 0
  #failure: Error | undefined

  constructor(private readonly options: SerialQueueOptions = {}) {}

  /** Whether the turn is taken. */
  get isBusy(): boolean {
    return this.#mutex.isLocked()
  }

  /**
   * @returns the release; a second call does nothing
   * @throws the deadline's error
   */
  acquire(): Promise<() => void> {
    const { deadline } = this.options
    if (!deadline || !this.isBusy) return this.#mutex.acquire()
    const turn = this.#mutex.acquire()
    return new Promise((resolve, reject) => {
      let isLate = false
      const cancel = deadline.timers.after(deadline.ms, () => {
        isLate = true
        reject(deadline.error())
      })
      void turn.then((release) => {
        cancel()
        if (isLate) release()
        else resolve(release)
      })
    })
  }

  /** @throws the deadline's error, or that of `failsWaiting`, before `work` begins; and what `work` throws */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const failures = this.#failures
    const release = await this.acquire()
    try {
      if (failures !== this.#failures && this.#failure) throw this.#failure
      return await this.#watched(work)
    } finally {
      release()
    }
  }

  async #watched<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      const failure = this.options.failsWaiting?.(error)
      if (failure) {
        this.#failures += 1
        this.#failure = failure
      }
      throw error
    }
  }
}

/** One at a time for each key, in the order of asking. Different keys run side by side. */
export class KeyedQueue {
  readonly #queues = new Map<string, SerialQueue>()

  /** Keys with work that runs or waits. */
  get size(): number {
    return this.#queues.size
  }

  /** Whether work of the key runs or waits. */
  isBusy(key: string): boolean {
    return this.#queues.has(key)
  }

  /** @throws what `work` throws; the next of the key runs all the same */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(key) ?? new SerialQueue()
    this.#queues.set(key, queue)
    try {
      return await queue.run(work)
    } finally {
      // The next waiter has the turn already: an idle queue has none.
      if (!queue.isBusy) this.#queues.delete(key)
    }
  }
}

/** The first of every queue, then the second of every queue, and so on: a long queue delays no other. */
export function* roundRobin<T>(queues: readonly (readonly T[])[]): Generator<T> {
  const longest = Math.max(0, ...queues.map(({ length }) => length))
  for (let place = 0; place < longest; place++)
    for (const queue of queues) yield* queue.slice(place, place + 1)
}
