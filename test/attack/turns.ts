import type { Dice } from '@sealcard/testing'

/** Runs tasks one at a time; at each of their `turn()`s the dice say which of them goes on. Repeatable from the seed. */
export class Turns {
  #active = 0
  readonly #parked: { go: () => void; fail: (error: unknown) => void }[] = []

  /** @param between called before every turn, when no task runs */
  constructor(
    private readonly dice: Dice,
    private readonly between: () => Promise<void>,
  ) {}

  /** Waits until the dice choose this task. */
  turn(): Promise<void> {
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
          await this.turn()
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
    const [chosen] = this.#parked.splice(this.dice.below(this.#parked.length), 1)
    // What goes wrong between two turns is the fault of the task that was to go on; else nobody would ever go on.
    void this.between().then(chosen?.go, chosen?.fail)
  }
}
