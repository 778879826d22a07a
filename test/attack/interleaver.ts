import type { SeededRandom } from '@sealcard/testing'

/** Runs tasks one at a time. At each `step()` the seeded choice says which task continues. Repeatable from the seed. */
export class Interleaver {
  #active = 0
  readonly #parked: { go: () => void; fail: (error: unknown) => void }[] = []

  /** @param between called before every step, when no task runs */
  constructor(
    private readonly choices: SeededRandom,
    private readonly between: () => Promise<void>,
  ) {}

  /** Waits until this task is chosen. */
  step(): Promise<void> {
    return new Promise((go, fail) => {
      this.#parked.push({ go, fail })
      this.#next()
    })
  }

  async run(tasks: (() => Promise<void>)[]): Promise<void> {
    this.#active = tasks.length
    await Promise.all(
      tasks.map(async (task) => {
        try {
          await this.step()
          await task()
        } finally {
          this.#active -= 1
          this.#next()
        }
      }),
    )
  }

  #next(): void {
    if (this.#parked.length === 0 || this.#parked.length < this.#active) return
    const [chosen] = this.#parked.splice(this.choices.below(this.#parked.length), 1)
    // A failure between two steps fails the task that was chosen; otherwise every task would wait for ever.
    void this.between().then(chosen?.go, chosen?.fail)
  }
}
