/**
 * PKCS#7 without an early exit. It always reads the last `max` bytes and does the same operations.
 * So the time shows neither the value of the padding nor the place where it breaks.
 *
 * @param max 16 for open data, 32 for callbacks (WeCom 90968: pad to 32, not 16). `bytes` must hold
 *   at least `max`.
 * @returns 0 when well padded, any other number when not.
 */
export const paddingFault = (bytes: Uint8Array, max: number): number => {
  const end = bytes.length
  const pad = bytes[end - 1]!
  let fault = ((pad - 1) | (max - pad)) >>> 31
  for (let back = 1; back <= max; back++) {
    const inside = (back - 1 - pad) >> 31
    fault |= inside & (bytes[end - back]! ^ pad)
  }
  return fault
}

/** Overwrites padding with `filler`, in the same time whether `fault` is 0 or not; then nothing changes. */
export const blankPadding = (
  bytes: Uint8Array,
  max: number,
  fault: number,
  filler: number,
): void => {
  const end = bytes.length
  const pad = bytes[end - 1]!
  const sound = ((fault | -fault) >> 31) ^ -1
  for (let back = 1; back <= max; back++) {
    const inside = ((back - 1 - pad) >> 31) & sound
    bytes[end - back] = (bytes[end - back]! & ~inside) | (filler & inside)
  }
}

/** Appends the padding that `paddingFault(bytes, 32)` accepts; `target` must have room for 32. */
export const padTo32 = (target: Buffer, size: number): number => {
  const pad = 32 - (size % 32)
  target.fill(pad, size, size + pad)
  return size + pad
}
