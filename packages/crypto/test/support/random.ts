/** A seeded generator (xorshift32): a failure can be played again. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0 || 1
  }

  /** An integer from 0 up to, and without, `limit`. */
  below(limit: number): number {
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x
    return (x >>> 0) % limit
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }

  bytes(size: number): Buffer {
    const bytes = Buffer.allocUnsafe(size)
    for (let at = 0; at < size; at++) bytes[at] = this.below(256)
    return bytes
  }

  /** Up to `size` UTF-16 units of ASCII, Chinese, emoji and lone surrogates. */
  text(size: number): string {
    const units = Buffer.allocUnsafe(size * 2)
    for (let at = 0; at < size; at++) {
      const kind = this.below(16)
      if (kind < 10) units.writeUInt16LE(0x20 + this.below(95), at * 2)
      else if (kind < 14) units.writeUInt16LE(0x4e00 + this.below(0x5000), at * 2)
      else if (kind < 15 && at + 1 < size) {
        units.writeUInt16LE(0xd83d, at * 2)
        units.writeUInt16LE(0xde00 + this.below(64), ++at * 2)
      } else units.writeUInt16LE(0xd800 + this.below(0x800), at * 2)
    }
    return units.toString('utf16le')
  }

  /** 0 to 64 K, as many small ones as large ones on a scale of magnitudes. */
  size(): number {
    return Math.min(65_536, Math.floor(2 ** (this.below(1601) / 100)) - 1)
  }
}
