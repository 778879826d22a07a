import { createHash } from 'node:crypto'
import type { Clock, Random } from '../ports.js'

/** A clock that stands still until a caller moves it. */
export class ManualClock implements Clock {
  constructor(private ms: number = Date.UTC(2026, 0, 5, 4, 0, 0)) {}
  now(): number {
    return this.ms
  }
  advance(ms: number): void {
    this.ms += ms
  }
}

/** The same bytes in every run: SHA-256 of a seed and a counter. */
export class SeededRandom implements Random {
  #counter = 0
  constructor(private readonly seed: string = 'sealcard') {}
  bytes(count: number): Buffer {
    const parts: Buffer[] = []
    for (let have = 0; have < count; have += 32) {
      parts.push(createHash('sha256').update(`${this.seed}|${this.#counter++}`).digest())
    }
    return Buffer.concat(parts).subarray(0, count)
  }
}
