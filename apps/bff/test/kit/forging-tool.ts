import { randomBytes } from 'node:crypto'
import type { Proof } from '../../src/platforms/registry/platform.js'

/**
 * CBC-R: builds a ciphertext of any plaintext without the key. It asks a holder of the key whether a padding is good.
 * It needs only two refusals that differ in anything.
 */

/** What asking shows: everything about the answer that a client can see, as one text. */
export type Oracle = (proof: Proof) => Promise<string>

const BLOCK = 16

export class ForgingTool {
  /** Questions asked so far. */
  queries = 0

  constructor(private readonly oracle: Oracle) {}

  /** @returns how many bytes of the cipher's output for `block` were recovered, from its last on, and them */
  async recover(block: Buffer): Promise<{ bytes: number; output: Buffer }> {
    const output = Buffer.alloc(BLOCK)
    for (let at = BLOCK - 1; at >= 0; at--) {
      const found = await this.#guess(block, output, at)
      if (found === undefined) return { bytes: BLOCK - 1 - at, output }
      output[at] = found
    }
    return { bytes: BLOCK, output }
  }

  /** @returns a proof of `plaintext`; null when nothing gives the padding away */
  async forge(plaintext: string): Promise<Proof | null> {
    const text = Buffer.from(plaintext)
    const padding = BLOCK - (text.length % BLOCK)
    const padded = Buffer.concat([text, Buffer.alloc(padding, padding)])
    let next: Buffer = randomBytes(BLOCK)
    const made: Buffer[] = [next]
    for (let end = padded.length; end > 0; end -= BLOCK) {
      const { bytes, output } = await this.recover(next)
      if (bytes < BLOCK) return null
      next = xor(output, padded.subarray(end - BLOCK, end))
      made.unshift(next)
    }
    const [iv = next, ...blocks] = made
    return { encryptedData: Buffer.concat(blocks).toString('base64'), iv: iv.toString('base64') }
  }

  /** The byte of the output whose padding answers differently from all the others. */
  async #guess(block: Buffer, known: Buffer, at: number): Promise<number | undefined> {
    const padding = BLOCK - at
    const iv = randomBytes(BLOCK)
    for (let after = at + 1; after < BLOCK; after++) iv[after] = (known[after] ?? 0) ^ padding
    const seen: string[] = []
    for (let guess = 0; guess < 256; guess++) {
      iv[at] = guess
      seen.push(await this.#ask(iv, block))
    }
    const odd: number[] = []
    for (const guess of rarest(seen)) {
      iv[at] = guess
      if (at < BLOCK - 1 || (await this.#survives(iv, block, seen[guess]))) odd.push(guess)
    }
    const [only, ...more] = odd
    return only === undefined || more.length > 0 ? undefined : only ^ padding
  }

  /** A longer padding that came about by chance does not survive a change of the byte before the last. */
  async #survives(iv: Buffer, block: Buffer, answer: string | undefined): Promise<boolean> {
    const other = Buffer.from(iv)
    other[BLOCK - 2] = (other[BLOCK - 2] ?? 0) ^ 0xff
    return (await this.#ask(other, block)) === answer
  }

  #ask(iv: Buffer, block: Buffer): Promise<string> {
    this.queries += 1
    return this.oracle({ encryptedData: block.toString('base64'), iv: iv.toString('base64') })
  }
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)))

/** The questions whose answer was given least; none when all answers are alike. */
const rarest = (seen: string[]): number[] => {
  const counts = new Map<string, number>()
  for (const answer of seen) counts.set(answer, (counts.get(answer) ?? 0) + 1)
  if (counts.size < 2) return []
  const least = [...counts].reduce((a, b) => (b[1] < a[1] ? b : a))[0]
  return seen.flatMap((answer, guess) => (answer === least ? [guess] : []))
}
