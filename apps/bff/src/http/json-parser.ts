import { inputError } from './api-error.js'

/** Keys that reach a prototype when an object is merged or assigned from carelessly. */
const POISON = new Set(['__proto__', 'constructor', 'prototype'])

/** No request of ours nests deeper than `policy`. */
const MAX_DEPTH = 16

/**
 * Parses a request body. An empty one is no body at all: clients send a JSON content type with an empty POST.
 * @throws ApiError ERR_INPUT for what is not JSON, too deep, or has a poisonous key, which it names
 */
export function parseJson(text: string): unknown {
  if (text === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw inputError('body', 'must be JSON')
  }
  refusePoison(value, [])
  return value
}

function refusePoison(value: unknown, path: readonly string[]): void {
  if (typeof value !== 'object' || value === null) return
  if (path.length >= MAX_DEPTH) throw inputError('body', 'is nested too deep')
  for (const key of Object.keys(value)) {
    if (POISON.has(key)) throw inputError([...path, key].join('.'), 'unknown field')
    refusePoison((value as Record<string, unknown>)[key], [...path, key])
  }
}
