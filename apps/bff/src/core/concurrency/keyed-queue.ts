import { SerialQueue } from './serial-queue.js'

/** One at a time for each key, in the order of asking. Different keys run side by side. */
export class KeyedQueue {
  readonly #queues = new Map<string, SerialQueue>()

  /** Keys with work that runs or waits. */
  get size(): number {
    return this.#queues.size
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
