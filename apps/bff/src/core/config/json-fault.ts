/** What may stand next. */
type Next = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma' | 'nothing'

const BLANK = /[ \t\n\r]*/y
/** RFC 8259: a string, a number, a word, or one of the six characters of structure. */
const TOKEN =
  /("(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|((?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))|[{}[\],:]/uy

/**
 * Where a text stops being JSON. `JSON.parse` says so of some mistakes only, and quotes the text, which may hold a secret.
 * @returns `line 3, column 7: a comma too many`; undefined when it is JSON
 */
export const jsonFault = (text: string): string | undefined => {
  const open: string[] = []
  let next: Next = 'value'
  for (let at = 0; ;) {
    at = skipBlank(text, at)
    if (at === text.length) return next === 'nothing' ? undefined : told(text, at, next)
    TOKEN.lastIndex = at
    const [token, string, scalar] = TOKEN.exec(text) ?? []
    const then: Next | undefined = token ? follow(next, token, { string, scalar }, open) : undefined
    if (!token || !then) return told(text, at, next)
    next = then
    at += token.length
  }
}

const skipBlank = (text: string, at: number): number => {
  BLANK.lastIndex = at
  BLANK.exec(text)
  return BLANK.lastIndex
}

/** @returns what may stand after the token; undefined where it may not stand itself */
const follow = (
  next: Next,
  token: string,
  { string, scalar }: { string: string | undefined; scalar: string | undefined },
  open: string[],
): Next | undefined => {
  const after = (): Next => (open.length > 0 ? 'comma' : 'nothing')
  const wantsValue = next === 'value' || next === 'first value'
  const wantsKey = next === 'key' || next === 'first key'
  if (wantsKey && string) return 'colon'
  if (wantsValue && (string || scalar)) return after()
  if (wantsValue && (token === '{' || token === '[')) {
    open.push(token)
    return token === '{' ? 'first key' : 'first value'
  }
  if (next === 'colon' && token === ':') return 'value'
  if (next === 'comma' && token === ',') return open.at(-1) === '{' ? 'key' : 'value'
  const closes = token === '}' ? '{' : token === ']' ? '[' : undefined
  if (closes && closes === open.at(-1) && /^first|comma/.test(next)) {
    open.pop()
    return after()
  }
  return undefined
}

const told = (text: string, at: number, next: Next): string => {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/)
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}: ${mistake(text[at], next)}`
}

const mistake = (found: string | undefined, next: Next): string => {
  if (found === undefined) return 'the file ends too early'
  if (found === '/' || found === '#') return 'a comment, which JSON has not'
  if (next === 'nothing') return 'something after the end'
  if ((next === 'key' || next === 'value') && /[}\],]/.test(found)) return 'a comma too many'
  if (next === 'comma') return 'a comma or a closing bracket is missing'
  if (next === 'colon') return 'a colon is missing'
  if (next === 'key' || next === 'first key') return 'a key in double quotes is missing'
  return 'no value, or one that is not JSON’s'
}
