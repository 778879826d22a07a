import { createHmac } from 'node:crypto'
import { base62 } from '../../core/ids.js'
import type { Random } from '../../core/ports/random.js'

/** Bytes that ids of one moment share, of 16. The other 96 bits are random: an id cannot be guessed. */
const SHARED = 4

/**
 * Ids of openings. Those of one moment begin alike, so a group's ids lie beside each other in the index. The group changes
 * one page of it then, and not one for each opening. The beginning is a keyed hash of the time: no id tells the time.
 */
export class OpeningIds {
  readonly #key: Buffer

  constructor(private readonly random: Random) {
    this.#key = random.bytes(32)
  }

  /** @param now of the group, ms UTC @returns makes one id at each call */
  at(now: number): () => string {
    const shared = createHmac('sha256', this.#key).update(String(now)).digest().subarray(0, SHARED)
    return () => base62(Buffer.concat([shared, this.random.bytes(16 - SHARED)]))
  }
}
