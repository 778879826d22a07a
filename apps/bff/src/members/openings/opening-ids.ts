import { createHmac } from 'node:crypto'
import { base62 } from '../../core/ids.js'
import type { Random } from '../../core/ports/random.js'

/** Bytes that ids of one moment share, of 16. The other 96 bits are random: an id cannot be guessed. */
const SHARED = 4
/** Bytes of its own. */
const OWN = 16 - SHARED

/**
 * Ids of openings. Those of one moment begin alike, so a group's ids lie beside each other in the index. The group changes
 * one page of it then, and not one for each opening. The beginning is a keyed hash of the time: no id tells the time.
 */
export class OpeningIds {
  readonly #key: Buffer

  constructor(private readonly random: Random) {
    this.#key = random.bytes(32)
  }

  /**
   * @param now of the group, ms UTC @param count how many there may be: their bytes are drawn at once
   * @returns makes one id at each call
   */
  at(now: number, count: number): () => string {
    const own = this.random.bytes(count * OWN)
    let made = 0
    const shared = createHmac('sha256', this.#key).update(String(now)).digest().subarray(0, SHARED)
    return () => {
      if (made === count) throw new RangeError('more openings than members')
      return base62(Buffer.concat([shared, own.subarray(made * OWN, ++made * OWN)]))
    }
  }
}
