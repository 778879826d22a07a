import { createHash } from 'node:crypto'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Repeatable bytes: SHA-256 of the seed and a counter. Two with one seed give the same sequence. */
export class SeededRandom {
  #counter = 0

  constructor(private readonly seed: string | number = 1) {}

  bytes(n: number): Buffer {
    const blocks: Buffer[] = []
    for (let have = 0; have < n; have += 32) {
      blocks.push(createHash('sha256').update(`${this.seed}:${this.#counter++}`).digest())
    }
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
}
