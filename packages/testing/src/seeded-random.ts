import { createHash } from 'node:crypto'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Repeatable bytes and choices. Two with one seed give the same sequences. */
export class SeededRandom {
  #counter = 0
  #state: number

  constructor(readonly seed: string | number = 1) {
    this.#state = typeof seed === 'number' ? seed >>> 0 : digest(seed).readUInt32BE()
  }

  /** SHA-256 of the seed and a counter. */
  bytes(n: number): Buffer {
    const blocks: Buffer[] = []
    for (let have = 0; have < n; have += 32) blocks.push(digest(`${this.seed}:${this.#counter++}`))
    return Buffer.concat(blocks).subarray(0, n)
  }

  /** As the service makes ids: 16 bytes as 22 characters of base62. */
  id(): string {
    let rest = BigInt(`0x${this.bytes(16).toString('hex')}`)
    let id = ''
    while (id.length < 22) {
      id = `${DIGITS[Number(rest % 62n)]}${id}`
      rest /= 62n
    }
    return id
  }

  /** A whole number in [0, n), by mulberry32. */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n)
  }

  pick<T>(list: readonly T[]): T {
    const chosen = list[this.below(list.length)]
    if (chosen === undefined) throw new RangeError('nothing to choose from')
    return chosen
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
