/** One at a time for each key, in the order of asking. */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<unknown>>()

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key)
    const mine = (before ?? Promise.resolve()).catch(() => {}).then(work)
    this.#last.set(key, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key)
    }
  }
}

/** The first of every queue, then the second of every queue, and so on: a long one keeps no other waiting. */
export function* roundRobin<T>(queues: readonly (readonly T[])[]): Generator<T> {
  const longest = Math.max(0, ...queues.map(({ length }) => length))
  for (let place = 0; place < longest; place++)
    for (const queue of queues) yield* queue.slice(place, place + 1)
}

/** All places are taken, and all places in the queue. */
export class QueueFullError extends Error {}

/** Lets a few through at a time and a few wait, and turns everybody else away: a flood costs neither memory nor time. */
export class Bulkhead {
  readonly #queue: (() => void)[] = []
  #inside = 0

  /** @param places how many run at once @param seats how many wait */
  constructor(
    private readonly places: number,
    private readonly seats: number,
  ) {}

  get full(): boolean {
    return this.#inside >= this.places && this.#queue.length >= this.seats
  }

  /** @throws QueueFullError at once */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.full) throw new QueueFullError()
    if (this.#inside >= this.places) await new Promise<void>((go) => this.#queue.push(go))
    else this.#inside += 1
    try {
      return await work()
    } finally {
      // The place goes straight to whoever waits, so nobody slips in between.
      const next = this.#queue.shift()
      if (next) next()
      else this.#inside -= 1
    }
  }
}
