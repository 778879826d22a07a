/** From its first byte to the one after its last. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

const quote = 0x22
const backslash = 0x5c

/** @param from where the string opens. @returns where it closes. */
const closingQuote = (json: Uint8Array, from: number): number => {
  let at = from + 1
  while (json[at] !== quote) at += json[at] === backslash ? 2 : 1
  return at
}

const spells = (json: Uint8Array, start: number, end: number, name: string): boolean => {
  let same = end - start === name.length
  for (let at = 0; at < name.length; at++) same = json[start + at] === name.charCodeAt(at) && same
  return same
}

/**
 * Where a text of the outermost object stands.
 *
 * @param json one sound object, no key twice.
 * @param name of the member, ASCII; a spelling of it with escapes is not found.
 * @returns the bytes between its quotes, as they are written; undefined where there is no such text.
 */
export const textAt = (json: Uint8Array, name: string): ByteRange | undefined => {
  let depth = 0
  let key = false
  let named = false
  let found: ByteRange | undefined
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case quote: {
        const end = closingQuote(json, at)
        if (depth === 1) {
          if (key) named = spells(json, at + 1, end, name)
          else if (named) found = { start: at + 1, end }
        }
        at = end
        break
      }
      case 0x7b: // {
        depth += 1
        key = depth === 1
        break
      case 0x5b: // [
        depth += 1
        break
      case 0x7d: // }
      case 0x5d: // ]
        depth -= 1
        break
      case 0x2c: // ,
        key = true
        break
      case 0x3a: // :
        key = false
    }
  }
  return found
}
