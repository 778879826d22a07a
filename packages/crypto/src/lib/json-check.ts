/**
 * A JSON recogniser that reads every byte and has one outcome, a number. JSON.parse tells where a
 * text stopped being JSON by how long it took and by throwing; here it only ever sees sound text.
 * Accepts exactly the objects that JSON.parse accepts, nested at most 31 deep.
 */

// States; 0 is the sink from which no byte leads out.
const names = 'fault start done open key colon value first string escape u1 u2 u3 u4 minus zero'
const moreNames = 'int dot frac e esign exp t tr tru f fa fal fals n nu nul'
const states = `${names} ${moreNames}`.split(' ')
// Steps that also look at the stack, numbered after the 32 states.
const steps = '{}[],:"'

const numberOf = (name: string): number =>
  steps.includes(name) ? 32 + steps.indexOf(name) : states.indexOf(name)

// The next state or step, by state and byte.
const table = new Uint8Array(32 * 256)

const rule = (from: string, bytes: Iterable<number>, to: string): void => {
  for (const byte of bytes) table[(numberOf(from) << 8) | byte] = numberOf(to)
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

const space = Buffer.from(' \t\r\n')
const digits = Buffer.from('0123456789')
const hex = Buffer.from('0123456789abcdefABCDEF')

for (const state of ['start', 'done', 'open', 'key', 'colon', 'value', 'first']) {
  rule(state, space, state)
}
rule('start', Buffer.from('{'), '{')
for (const state of ['value', 'first']) {
  for (const bracket of '{[') rule(state, Buffer.from(bracket), bracket)
  rule(state, Buffer.from('"'), 'string')
  rule(state, Buffer.from('-'), 'minus')
  rule(state, digits, 'int')
  rule(state, Buffer.from('0'), 'zero')
  for (const letter of 'tfn') rule(state, Buffer.from(letter), letter)
}
rule('first', Buffer.from(']'), ']')
rule('open', Buffer.from('"'), 'string')
rule('open', Buffer.from('}'), '}')
rule('key', Buffer.from('"'), 'string')
rule('colon', Buffer.from(':'), ':')
for (const state of ['zero', 'int', 'frac', 'exp']) rule(state, space, 'done')
for (const state of ['done', 'zero', 'int', 'frac', 'exp']) {
  for (const mark of '}],') rule(state, Buffer.from(mark), mark)
}
rule('string', range(0x20, 0xff), 'string')
rule('string', Buffer.from('"'), '"')
rule('string', Buffer.from('\\'), 'escape')
rule('escape', Buffer.from('"\\/bfnrt'), 'string')
rule('escape', Buffer.from('u'), 'u1')
rule('u1', hex, 'u2')
rule('u2', hex, 'u3')
rule('u3', hex, 'u4')
rule('u4', hex, 'string')
rule('minus', digits, 'int')
rule('minus', Buffer.from('0'), 'zero')
rule('int', digits, 'int')
for (const state of ['zero', 'int']) rule(state, Buffer.from('.'), 'dot')
for (const state of ['dot', 'frac']) rule(state, digits, 'frac')
for (const state of ['zero', 'int', 'frac']) rule(state, Buffer.from('eE'), 'e')
rule('e', Buffer.from('+-'), 'esign')
for (const state of ['e', 'esign', 'exp']) rule(state, digits, 'exp')
for (const word of ['true', 'false', 'null']) {
  for (let at = 1; at < word.length; at++) {
    const next = at + 1 === word.length ? 'done' : word.slice(0, at + 1)
    rule(word.slice(0, at), Buffer.from(word[at]!), next)
  }
}

const start = numberOf('start')
const done = numberOf('done')
const open = numberOf('open')
const key = numberOf('key')
const colon = numberOf('colon')
const value = numberOf('value')
const first = numberOf('first')
const maxDepth = 31

/** @param bytes valid UTF-8. @returns 0 when they are one JSON object, spaces around it allowed. */
export const jsonFault = (bytes: Uint8Array): number => {
  let state = start
  let depth = 0
  let objects = 0 // one bit per level: 1 for an object
  let inKey = 0
  for (let at = 0; at < bytes.length; at++) {
    state = table[(state << 8) | bytes[at]!]!
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
