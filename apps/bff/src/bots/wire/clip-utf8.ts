/**
 * At most so many bytes of UTF-8, never half a character, and no lone surrogate: what is cut off shows as `…`.
 * @param max at least 3, the bytes of `…`
 */
export const clipUtf8 = (text: string, max: number): string => {
  const whole = text.toWellFormed()
  if (Buffer.byteLength(whole) <= max) return whole
  const cut = Buffer.from(whole).subarray(0, max - 3)
  let end = cut.length
  // A byte 10xxxxxx continues a character; the one that begins it says how long the character is.
  while (end > 0 && (cut[end - 1]! & 0xc0) === 0x80) end--
  const lead = cut[end - 1] ?? 0
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
  const complete = end - 1 + size <= cut.length ? end - 1 + size : end - 1
  return `${cut.subarray(0, Math.max(0, complete)).toString()}…`
}
