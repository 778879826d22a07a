/**
 * A recogniser of JSON in UTF-8 that does one table look-up per byte and nothing else, whatever the bytes are.
 * JSON.parse throws, and its time shows where a text stops being JSON; so it only gets text that passed here.
 * Accepts the objects that JSON.parse accepts, nested at most 4 deep. The limit makes the language
 * regular: no stack, no branch.
 */

const maxDepth = 4

const numbers = new Map<string, number>()
const numberOf = (state: string): number => {
  if (!numbers.has(state)) numbers.set(state, numbers.size)
  return numbers.get(state)!
}
numberOf('fault') // 0: the sink from which no byte leads out
const start = numberOf('start') << 8
const end = numberOf('end') << 8

// At most 60 states in each of the 15 nestings of objects and arrays; each holds where its row of the next one begins.
const table = new Uint32Array(900 * 256)

/** Marks the colon of a member; above every state. */
const member = 1 << 24

const rule = (from: string, bytes: string | Iterable<number>, to: string): void => {
  const each = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  for (const byte of each) table[(numberOf(from) << 8) | byte] = numberOf(to) << 8
}

const space = ' \t\r\n'
const digits = '0123456789'
const hex = '0123456789abcdefABCDEF'
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** UTF-8 as RFC 3629 has it: shortest forms, no surrogates, nothing past U+10FFFF. */
const utf8Rules = (name: string): void => {
  const more = (count: number) => (count === 0 ? name : `${name} more${count}`)
  for (const count of [1, 2, 3]) rule(more(count), range(0x80, 0xbf), more(count - 1))
  rule(name, range(0xc2, 0xdf), more(1))
  rule(name, range(0xe1, 0xef), more(2))
  rule(name, range(0xf1, 0xf3), more(3))
  const narrow = (lead: number, from: number, to: number, left: number) => {
    rule(name, [lead], `${name} lead${lead}`)
    rule(`${name} lead${lead}`, range(from, to), more(left))
  }
  narrow(0xe0, 0xa0, 0xbf, 1)
  narrow(0xed, 0x80, 0x9f, 1)
  narrow(0xf0, 0x90, 0xbf, 2)
  narrow(0xf4, 0x80, 0x8f, 2)
}

/** A string: escapes are followed, `then` comes after its closing quote. */
const stringRules = (name: string, then: string): void => {
  rule(name, range(0x20, 0x7f), name)
  utf8Rules(name)
  rule(name, '"', then)
  rule(name, '\\', `${name} escape`)
  rule(`${name} escape`, '"\\/bfnrt', name)
  rule(`${name} escape`, 'u', `${name} u1`)
  for (const at of [1, 2, 3]) rule(`${name} u${at}`, hex, `${name} u${at + 1}`)
  rule(`${name} u4`, hex, name)
}

/** @param within what encloses this level, outermost first: o for an object, a for an array. */
const level = (within: string): void => {
  const at = (state: string) => `${within} ${state}`
  const inObject = within.endsWith('o')
  const outside = within.length === 1 ? 'end' : `${within.slice(0, -1)} done`
  const close = (state: string) => rule(state, inObject ? '}' : ']', outside)
  const finish = (state: string) => {
    close(state)
    rule(state, ',', at(inObject ? 'key' : 'value'))
    rule(state, space, at('done'))
  }
  const number = (state: string, bytes: string, to: string) => rule(at(state), bytes, at(to))

  for (const state of ['value', 'first']) {
    rule(at(state), space, at(state))
    rule(at(state), '"', at('string'))
    number(state, '-', 'minus')
    number(state, digits, 'int')
    number(state, '0', 'zero')
    for (const letter of 'tfn') number(state, letter, letter)
    if (within.length === maxDepth) continue
    rule(at(state), '{', `${within}o open`)
    rule(at(state), '[', `${within}a first`)
  }
  close(at(inObject ? 'open' : 'first'))
  for (const state of ['open', 'key']) {
    rule(at(state), space, at(state))
    rule(at(state), '"', at('name'))
  }
  rule(at('colon'), space, at('colon'))
  rule(at('colon'), ':', at('value'))
  table[(numberOf(at('colon')) << 8) | 0x3a]! |= member
  stringRules(at('name'), at('colon'))
  stringRules(at('string'), at('done'))
  number('minus', digits, 'int')
  number('minus', '0', 'zero')
  number('int', digits, 'int')
  for (const state of ['zero', 'int']) number(state, '.', 'dot')
  for (const state of ['dot', 'frac']) number(state, digits, 'frac')
  for (const state of ['zero', 'int', 'frac']) number(state, 'eE', 'e')
  number('e', '+-', 'sign')
  for (const state of ['e', 'sign', 'exp']) number(state, digits, 'exp')
  for (const state of ['done', 'zero', 'int', 'frac', 'exp']) finish(at(state))
  for (const word of ['true', 'false', 'null']) {
    for (let to = 1; to < word.length; to++) {
      number(word.slice(0, to), word[to]!, to + 1 < word.length ? word.slice(0, to + 1) : 'done')
    }
  }
  if (within.length < maxDepth) for (const inner of 'oa') level(within + inner)
}

rule('start', space, 'start')
rule('start', '{', 'o open')
rule('end', space, 'end')
level('o')

export interface JsonCheck {
  /** 0 when the bytes are UTF-8 and one JSON object, white space around it allowed. */
  readonly fault: number
  /** How many members its objects are written with, on all levels together. */
  readonly members: number
}

export const checkJson = (bytes: Uint8Array): JsonCheck => {
  let state = start
  let members = 0
  for (let at = 0; at < bytes.length; at++) {
    const entry = table[state | bytes[at]!]!
    members += entry >>> 24
    state = entry & (member - 1)
  }
  return { fault: state ^ end, members }
}

/**
 * How many members the objects of a parsed value have, on all levels together: fewer than were written when a key came
 * twice, because JSON.parse keeps the last of them.
 */
export const countMembers = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value)
  let members = Array.isArray(value) ? 0 : inner.length
  for (const one of inner) members += countMembers(one)
  return members
}
