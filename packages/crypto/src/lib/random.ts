import { randomFillSync } from 'node:crypto'

/** A source of unpredictable bytes: called with a size, answers that many. */
export type RandomSource = (size: number) => Uint8Array

// One system call per 4 KB instead of one per message; a consumed byte is wiped and never reused.
const pool = Buffer.alloc(4096)
let used = pool.length

/** Fills `target[offset, offset + size)`; node:crypto's generator unless the caller brings one. */
export const fillRandom = (
  target: Buffer,
  offset: number,
  size: number,
  random: RandomSource | undefined,
): void => {
  if (random !== undefined) {
    const bytes = random(size)
    if (!(bytes instanceof Uint8Array) || bytes.length !== size) {
      throw new TypeError('random must return a Uint8Array of the size asked for')
    }
    target.set(bytes, offset)
    return
  }
  if (used + size > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  pool.copy(target, offset, used, used + size)
  pool.fill(0, used, used + size)
  used += size
}
