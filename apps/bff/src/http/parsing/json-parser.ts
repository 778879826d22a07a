import type { IncomingHttpHeaders } from 'node:http'
import { ApiError, inputError } from '../../core/errors/api-error.js'
import { nameOfPath } from './validation.js'

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
export const repeatedKey = (
  json: string,
  { depth, values }: Bounds = { depth: Infinity, values: Infinity },
): (string | number)[] | 'deep' | 'many' | null => {
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
const endOfString = (json: string, from: number): number => {
  for (let end = from; ;) {
    end = json.indexOf('"', end + 1)
    let slashes = 0
    while (json.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1
    if (slashes % 2 === 0) return end
  }
}

/** Keys that reach a prototype when an object is merged or assigned from carelessly. */
const POISON = new Set(['__proto__', 'constructor', 'prototype'])

const MAYBE_POISON = /__proto__|constructor|prototype|\\u/

/** No request of ours nests deeper than `policy`, or has more values than rules have makers. */
const BOUNDS = { depth: 16, values: 10_000 }

/** A byte that is not UTF-8 would become U+FFFD: the client's text would be lost silently. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Parses a request body. An empty one is no body at all: clients send a JSON content type with an empty POST.
 * @throws ApiError ERR_INPUT if the body is not JSON in UTF-8, is too deep or has too many values. Also for a poisonous
 * or repeated key, which the error names.
 */
export const parseJson = (bytes: Uint8Array): unknown => {
  if (bytes.length === 0) return undefined
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw inputError('body', 'must be UTF-8')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw inputError('body', 'must be JSON')
  }
  refuseStructure(text, value)
  return value
}

/**
 * RFC 8259 8.1: JSON on the way is UTF-8, whatever a charset says; RFC 9110 15.5.16 for a coding that is not undone here.
 * @throws ApiError ERR_MEDIA_TYPE for a body that says that it is in another form
 */
export const refuseOtherForms = (headers: IncomingHttpHeaders): void => {
  const [, charset = 'utf-8'] = CHARSET.exec(headers['content-type'] ?? '') ?? []
  const coding = headers['content-encoding'] ?? 'identity'
  if (!/^utf-?8$/i.test(charset) || !/^identity$/i.test(coding))
    throw new ApiError('ERR_MEDIA_TYPE')
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i

const refuseStructure = (text: string, value: unknown): void => {
  const repeated = repeatedKey(text, BOUNDS)
  if (repeated === 'deep') throw inputError('body', 'is nested too deep')
  if (repeated === 'many') throw inputError('body', 'has too many values')
  // Of a query they are refused, too: see `parseQuery`. Behind such a key nothing was looked at: it may be of any depth.
  if (repeated) throw inputError(nameOfPath(repeated), 'is there twice')
  // Looked for in the values only where the text has such a word, or might have it in escapes.
  const poison = MAYBE_POISON.test(text) ? poisonousKey(value) : null
  if (poison) throw inputError(poison.join('.'), 'unknown field')
}

/** @returns where it is, outermost first */
const poisonousKey = (value: unknown): string[] | null => {
  if (typeof value !== 'object' || value === null) return null
  for (const key of Object.keys(value)) {
    if (POISON.has(key)) return [key]
    const inner = poisonousKey((value as Record<string, unknown>)[key])
    if (inner) return [key, ...inner]
  }
  return null
}

/**
 * Parses a query string into an object without a prototype. A key given twice becomes an array, which no schema of
 * ours accepts: taking the first (or the last) would let two readers of one URL disagree.
 */
export const parseQuery = (text: string): Record<string, unknown> => {
  const query = Object.create(null) as Record<string, unknown>
  for (const [key, value] of new URLSearchParams(text)) {
    const seen = query[key]
    // Not copied: this runs before every limit, and a key may come thousands of times.
    if (Array.isArray(seen)) seen.push(value)
    else query[key] = key in query ? [seen, value] : value
  }
  return query
}
