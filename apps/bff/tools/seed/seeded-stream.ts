import { type Cipher, createCipheriv, createHash } from 'node:crypto'
import { base62 } from '../../src/core/ids.js'
import type { Random } from '../../src/core/ports/random.js'

const BLOCK = 65_536
const ZEROS = Buffer.alloc(BLOCK)

/** Repeatable and quick: the key stream of AES under the seed. */
export class SeededStream implements Random {
  readonly #stream: Cipher
  #block = Buffer.alloc(0)
  #at = 0

  constructor(seed: string) {
    const key = createHash('sha256').update(seed).digest()
    this.#stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  }

  bytes(n: number): Buffer {
    return Buffer.from(this.#take(n))
  }

  id(): string {
    return base62(this.#take(16))
  }

  /** 43 characters, as long as a digest. */
  digest(): string {
    return this.#take(32).toString('base64url')
  }

  /** In [0, 1). */
  fraction(): number {
    return this.#take(4).readUInt32LE() / 2 ** 32
  }

  chance(p: number): boolean {
    return this.fraction() < p
  }

  /** Waiting times: many short, few long; `mean` on average. */
  wait(mean: number): number {
    return -Math.log(1 - this.fraction()) * mean
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.fraction() * from.length)] as T
  }

  #take(n: number): Buffer {
    if (this.#at + n > this.#block.length) {
      this.#block = this.#stream.update(ZEROS)
      this.#at = 0
    }
    return this.#block.subarray(this.#at, (this.#at += n))
  }
}
