/**
 * A JSON recogniser that reads every byte and has one outcome, a number. JSON.parse tells where a
 * text stopped being JSON by how long it took and by throwing; here it only ever sees sound text.
 * Accepts exactly the objects that JSON.parse accepts, nested at most 31 deep.
 */

// Byte classes. 0 is a control character, 1 any byte that only a string may hold.
const classes = new Uint8Array(256).fill(1)
classes.fill(0, 0, 0x20)
const names = ['{', '}', '[', ']', ':', ',', '"', '\\', '/', '+', '-', '.', '0', 'a', 'b', 'c']
names.push('d', 'e', 'f', 'l', 'n', 'r', 's', 't', 'u', 'E', ' ', '\n', '1', 'A')
const classOf = new Map(names.map((name, index) => [name, index + 2]))
for (const [name, index] of classOf) classes[name.charCodeAt(0)] = index
for (const char of '23456789') classes[char.charCodeAt(0)] = classOf.get('1')!
for (const char of 'BCDF') classes[char.charCodeAt(0)] = classOf.get('A')!
for (const char of '\t\r') classes[char.charCodeAt(0)] = classOf.get('\n')!

// States; 0 is the sink from which no byte leads out.
const states = [
  'fault',
  'start',
  'done',
  'open',
  'key',
  'colon',
  'value',
  'first',
  'string',
  'escape',
]
states.push('u1', 'u2', 'u3', 'u4', 'minus', 'zero', 'int', 'dot', 'frac', 'e', 'esign', 'exp')
states.push('t', 'tr', 'tru', 'f', 'fa', 'fal', 'fals', 'n', 'nu', 'nul')
const stateOf = new Map(states.map((name, index) => [name, index]))

// Steps that also look at the stack, numbered from 32.
const steps = ['{', '}', '[', ']', ',', ':', '"']
const table = new Uint8Array(32 * 32)

const rule = (from: string, chars: Iterable<string>, to: string): void => {
  const target = stateOf.get(to) ?? 32 + steps.indexOf(to)
  for (const char of chars) table[(stateOf.get(from)! << 5) | classOf.get(char)!] = target
}

const space = ' \n'
for (const state of ['start', 'done', 'open', 'key', 'colon', 'value', 'first']) {
  rule(state, space, state)
}
rule('start', '{', '{')
for (const state of ['value', 'first']) {
  rule(state, '{', '{')
  rule(state, '[', '[')
  rule(state, '"', 'string')
  rule(state, '-', 'minus')
  rule(state, '0', 'zero')
  rule(state, '1', 'int')
  for (const word of 'tfn') rule(state, word, word)
}
rule('first', ']', ']')
rule('open', '"', 'string')
rule('open', '}', '}')
rule('key', '"', 'string')
rule('colon', ':', ':')
// Ends of numbers end the value as well.
for (const state of ['done', 'zero', 'int', 'frac', 'exp']) {
  if (state !== 'done') rule(state, space, 'done')
  for (const char of '}],') rule(state, char, char)
}
rule(
  'string',
  names.filter((name) => name !== '\n'),
  'string',
)
table[(stateOf.get('string')! << 5) | 1] = stateOf.get('string')!
rule('string', '"', '"')
rule('string', '\\', 'escape')
rule('escape', '"\\/bfnrt', 'string')
rule('escape', 'u', 'u1')
const hex = 'abcdefAE01'
rule('u1', hex, 'u2')
rule('u2', hex, 'u3')
rule('u3', hex, 'u4')
rule('u4', hex, 'string')
rule('minus', '0', 'zero')
rule('minus', '1', 'int')
rule('int', '01', 'int')
for (const state of ['zero', 'int']) rule(state, '.', 'dot')
rule('dot', '01', 'frac')
rule('frac', '01', 'frac')
for (const state of ['zero', 'int', 'frac']) rule(state, 'eE', 'e')
rule('e', '+-', 'esign')
for (const state of ['e', 'esign', 'exp']) rule(state, '01', 'exp')
for (const word of ['true', 'false', 'null']) {
  for (let at = 1; at < word.length; at++) {
    rule(word.slice(0, at), word[at]!, at + 1 === word.length ? 'done' : word.slice(0, at + 1))
  }
}

const [done, open, key, colon, value, first] = [
  'done',
  'open',
  'key',
  'colon',
  'value',
  'first',
].map((name) => stateOf.get(name)!) as [number, number, number, number, number, number]
const start = stateOf.get('start')!
const maxDepth = 31

/** @param bytes valid UTF-8. @returns 0 when they are one JSON object, spaces around it allowed. */
export const jsonFault = (bytes: Uint8Array): number => {
  let state = start
  let depth = 0
  let objects = 0 // one bit per level: 1 for an object
  let inKey = 0
  for (let at = 0; at < bytes.length; at++) {
    state = table[(state << 5) | classes[bytes[at]!]!]!
    if (state < 32) continue
    const inObject = objects & 1
    switch (state) {
      case 32: // {
      case 34: // [
        inKey = state === 32 ? 1 : 0
        objects = (objects << 1) | inKey
        state = ++depth > maxDepth ? 0 : inKey ? open : first
        break
      case 33: // }
      case 35: // ]
        state = depth > 0 && inObject === (state === 33 ? 1 : 0) ? done : 0
        objects >>>= 1
        depth--
        inKey = 0
        break
      case 36: // ,
        state = depth === 0 ? 0 : inObject ? key : value
        inKey = inObject
        break
      case 37: // :
        state = value
        inKey = 0
        break
      default: // the quote that ends a string
        state = inKey ? colon : done
    }
  }
  return (state ^ done) | depth
}
