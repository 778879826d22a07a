import type { IncomingHttpHeaders } from 'node:http'
import { ApiError, inputError } from '../../core/errors/api-error.js'
import { repeatedKey } from './repeated-key.js'
import { nameOfPath } from './validation.js'

/** Keys that reach a prototype when an object is merged or assigned from carelessly. */
const POISON = new Set(['__proto__', 'constructor', 'prototype'])

const MAYBE_POISON = /__proto__|constructor|prototype|\\u/

/** No request of ours nests deeper than `policy`, or has more values than rules have makers. */
const BOUNDS = { depth: 16, values: 10_000 }

/** A byte that is no UTF-8 would become U+FFFD: somebody's text lost without a word. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Parses a request body. An empty one is no body at all: clients send a JSON content type with an empty POST.
 * @throws ApiError ERR_INPUT for what is not JSON in UTF-8, too deep, or has a poisonous key or one
 * that is there twice, which it names
 */
export function parseJson(bytes: Uint8Array): unknown {
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
export function refuseOtherForms(headers: IncomingHttpHeaders): void {
  const [, charset = 'utf-8'] = CHARSET.exec(headers['content-type'] ?? '') ?? []
  const coding = headers['content-encoding'] ?? 'identity'
  if (!/^utf-?8$/i.test(charset) || !/^identity$/i.test(coding))
    throw new ApiError('ERR_MEDIA_TYPE')
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i

function refuseStructure(text: string, value: unknown): void {
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
function poisonousKey(value: unknown): string[] | null {
  if (typeof value !== 'object' || value === null) return null
  for (const key of Object.keys(value)) {
    if (POISON.has(key)) return [key]
    const inner = poisonousKey((value as Record<string, unknown>)[key])
    if (inner) return [key, ...inner]
  }
  return null
}
