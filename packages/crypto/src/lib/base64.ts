/** Node decodes base64 leniently; here the re-encoding would equal the input. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** How many bytes `text` decodes to at most. */
export const decodedSize = (text: string): number => Math.ceil(text.length / 4) * 3

/**
 * Decodes canonical, padded base64 into `target` at `offset`, which must have room.
 *
 * @returns how many bytes were written, or -1 when `text` is anything but canonical.
 */
export const decodeInto = (target: Buffer, offset: number, text: string): number => {
  const { length } = text
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  // Encoding again to compare costs more than the decoding. Node is lenient in these ways only: what it does not know it
  // leaves out, so that fewer bytes come; it knows base64url's letters; it takes the low byte of a wide character.
  if (Buffer.byteLength(text) !== length || text.includes('-') || text.includes('_')) return -1
  // No whole number when the length is no multiple of 4: then no count of bytes equals it.
  const size = (length / 4) * 3 - padding
  if (target.write(text, offset, 'base64') !== size) return -1
  // And the last letter may carry bits that no byte needs.
  const spare = alphabet.indexOf(text[length - 1 - padding]!) & ((1 << (2 * padding)) - 1)
  return spare === 0 ? size : -1
}

/** The value of one base64 character, or -1: arithmetic, because a table shows keys to the cache. */
const valueOf = (c: number): number => {
  const upper = ((64 - c) & (c - 91)) >> 31
  const lower = ((96 - c) & (c - 123)) >> 31
  const digit = ((47 - c) & (c - 58)) >> 31
  const plus = ((c ^ 43) - 1) >> 31
  const slash = ((c ^ 47) - 1) >> 31
  const known = upper | lower | digit | plus | slash
  const value = (upper & (c - 65)) | (lower & (c - 71)) | (digit & (c + 4))
  return value | (plus & 62) | (slash & 63) | ~known
}

/**
 * Decodes the canonical base64 of a key or an IV into `target`, which has 16 or 32 bytes. The steps are the same whatever
 * the characters are.
 *
 * @returns whether `text` was the canonical base64 of so many bytes.
 */
export const decodeKey = (target: Uint8Array, text: string): boolean => {
  const { length } = target
  const padding = 3 - (length % 3)
  if (text.length !== ((length + padding) / 3) * 4) return false
  const end = text.length - padding
  let fault = 0
  for (let at = end; at < text.length; at++) fault |= text.charCodeAt(at) ^ 61
  let to = 0
  for (let at = 0; at < text.length; at += 4) {
    const first = valueOf(text.charCodeAt(at))
    const second = valueOf(text.charCodeAt(at + 1))
    // The last group ends in = or ==; 65 is A, the value 0.
    const third = valueOf(at + 2 < end ? text.charCodeAt(at + 2) : 65)
    const fourth = valueOf(at + 3 < end ? text.charCodeAt(at + 3) : 65)
    const bits = (first << 18) | (second << 12) | (third << 6) | fourth
    fault |= (first | second | third | fourth) >> 31
    for (let shift = 16; shift >= 0; shift -= 8) {
      if (to < length) target[to++] = bits >> shift
      else fault |= (bits >> shift) & 0xff // canonical: the bits that no byte needs are zero
    }
  }
  return fault === 0
}

/** @returns the bytes of canonical unpadded base64url, or undefined. */
export const decodeUrl = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}
