import type { SimulatorEvent } from '../contract.js'
import type { Clock, Random } from '../ports.js'
import type { WorldState } from './records.js'

/** What the parts of the world share: the data, the time, randomness, and word of every change. */
export class WorldCore {
  /** Counts changes. A caller that saves compares it to see whether anything changed. */
  version = 0
  readonly #listeners = new Set<(event: SimulatorEvent) => void>()

  constructor(
    public state: WorldState,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  now(): number {
    const { frozenAt, offset } = this.state.clock
    return frozenAt ?? this.clock.now() + offset
  }

  nowSeconds(): number {
    return Math.floor(this.now() / 1000)
  }

  realNow(): number {
    return this.clock.now()
  }

  bytes(count: number): Buffer {
    return this.random.bytes(count)
  }

  /** URL-safe text with no more than the asked characters' worth of randomness. */
  token(length: number): string {
    return this.bytes(length).toString('base64url').slice(0, length)
  }

  hex(length: number): string {
    return this.bytes(length).toString('hex').slice(0, length)
  }

  /** W5: base64 of 16 bytes, 24 characters. */
  sessionKey(): string {
    return this.bytes(16).toString('base64')
  }

  nextId(prefix: string): string {
    this.state.lastId += 1
    return `${prefix}${this.state.lastId}`
  }

  changed(type?: SimulatorEvent['type'], id: string | null = null): void {
    this.version += 1
    if (type) for (const listener of this.#listeners) listener({ type, id })
  }

  listen(listener: (event: SimulatorEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
