/** Node decodes base64 leniently; here the re-encoding must equal the input. */

/** How many bytes `text` decodes to at most. */
export const decodedSize = (text: string): number => Math.ceil(text.length / 4) * 3

/**
 * Decodes canonical, padded base64 into `target` at `offset`, which must have room.
 *
 * @returns how many bytes were written, or -1 when `text` is anything but canonical.
 */
export const decodeInto = (target: Buffer, offset: number, text: string): number => {
  const size = target.write(text, offset, 'base64')
  return target.toString('base64', offset, offset + size) === text ? size : -1
}

/** @returns the bytes of canonical unpadded base64url, or undefined. */
export const decodeUrl = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}
