import type { CallList } from '../../contract.js'
import type { Timer } from '../../ports.js'
import type { World } from '../../world/world.js'
import { CardMarks } from './card-marks.js'
import { isTestable } from './as-test.js'
import type { KeptCall, NewCall } from './call-types.js'
import { masked } from './masked-words.js'

const KEPT = 500
/** Pages read the whole list: many calls at once are one look. */
const TELL_MS = 150

/** Every call between phones, servers and platforms. Not part of the saved world. */
export class CallLog {
  #lastN = 0
  #calls: KeptCall[] = []
  readonly #listeners = new Set<() => void>()

  #willTell = false

  constructor(
    private readonly world: World,
    private readonly timer: Timer,
  ) {}

  add(call: NewCall): void {
    this.#calls.push({
      ...call,
      n: ++this.#lastN,
      at: this.world.now(),
      ms: Math.round(call.ms),
      args: masked(call.args),
      answer: masked(call.answer),
    })
    if (this.#calls.length > KEPT) this.#calls.shift()
    this.#tell()
  }

  list(): CallList {
    const marks = new CardMarks(this.world.chats.allCards(), this.#calls)
    const calls = this.#calls.map((call) => ({
      ...call,
      card: marks.of(call),
      testable: isTestable(call),
    }))
    return { calls, cards: marks.cards }
  }

  get(n: number): KeptCall | undefined {
    return this.#calls.find((call) => call.n === n)
  }

  clear(): void {
    this.#calls = []
    this.#tell()
  }

  /** Told soon after a change. @returns ends it */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(): void {
    if (this.#willTell) return
    this.#willTell = true
    void this.timer.wait(TELL_MS).then(() => {
      this.#willTell = false
      for (const listener of this.#listeners) listener()
    })
  }
}
