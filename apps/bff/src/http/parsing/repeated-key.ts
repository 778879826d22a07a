const QUOTE = 0x22
const BACKSLASH = 0x5c

/** An object or array that is not closed yet. */
interface Open {
  /** Null: an array. */
  readonly keys: Set<string> | null
  /** The member that is being read: its key, or how many came before it. */
  member: string | number
}

export interface Bounds {
  readonly depth: number
  readonly values: number
}

/**
 * Finds a key that an object of the text has twice: JSON.parse takes the last, another reader the first, and two
 * readers of one text must not disagree. Costs what the text has of marks; strings are skipped whole.
 * @param json what JSON.parse took
 * @returns where it is, outermost first; null when no key is; `deep` or `many` as soon as the text is beyond the bounds
 */
export function repeatedKey(
  json: string,
  { depth, values }: Bounds = { depth: Infinity, values: Infinity },
): (string | number)[] | 'deep' | 'many' | null {
  const open: Open[] = []
  let inside: Open | undefined
  let key = false
  let seen = 1
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(json, at)
        if (key && inside?.keys) {
          key = false
          const raw = json.slice(at + 1, end)
          // Read only where its spelling is not itself: that halves the cost of many keys.
          inside.member = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw
          if (inside.keys.has(inside.member)) return open.map(({ member }) => member)
          inside.keys.add(inside.member)
        }
        at = end
        break
      }
      case 0x7b: // {
        if (open.length >= depth) return 'deep'
        if (++seen > values) return 'many'
        open.push((inside = { keys: new Set(), member: '' }))
        key = true
        break
      case 0x5b: // [
        if (open.length >= depth) return 'deep'
        if (++seen > values) return 'many'
        open.push((inside = { keys: null, member: 0 }))
        break
      case 0x7d: // }
      case 0x5d: // ]
        open.pop()
        inside = open.at(-1)
        key = false
        break
      case 0x2c: // ,
        if (++seen > values) return 'many'
        if (typeof inside?.member === 'number') inside.member += 1
        else key = true
    }
  }
  return null
}

/** @param from where the string opens @returns where it closes */
function endOfString(json: string, from: number): number {
  for (let end = from; ;) {
    end = json.indexOf('"', end + 1)
    let slashes = 0
    while (json.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1
    if (slashes % 2 === 0) return end
  }
}
