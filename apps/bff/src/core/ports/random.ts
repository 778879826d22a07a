import { randomBytes } from 'node:crypto'
import { base62 } from '../ids.js'

/** The only source of randomness: ids, WeCom states, tokens, jitter. */
export interface Random {
  /** `n` random bytes. */
  bytes(n: number): Buffer
  /** 16 random bytes as base62: 22 letters and digits, 128 bits. */
  id(): string
}

/** Injection token of the `Random`. */
export const RANDOM = Symbol('Random')

export class SystemRandom implements Random {
  bytes(n: number): Buffer {
    return randomBytes(n)
  }

  id(): string {
    return base62(this.bytes(16))
  }
}

/** A number in [0, 1), for jitter. */
export const fraction = (random: Random): number => random.bytes(4).readUInt32BE(0) / 2 ** 32
