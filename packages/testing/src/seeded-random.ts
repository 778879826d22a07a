import { createHash } from 'node:crypto'

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

  id(): string {
    return this.bytes(16).toString('base64url')
  }
}
