/** A byte that is no UTF-8 would become U+FFFD. It drops the mark that some editors put in front (EF BB BF). */
const utf8 = new TextDecoder('utf-8', { fatal: true })

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is no directory',
}

/**
 * The JSON of the config file, which may have comments. Nothing of the file is quoted: it may hold a secret.
 * @param readFile the bytes of a file; throws when it can't be read
 * @returns the JSON, or the mistake as text
 */
export const readConfigText = (
  path: string,
  readFile: (path: string) => Uint8Array,
): { json: unknown } | string => {
  let bytes: Uint8Array
  try {
    bytes = readFile(path)
  } catch (error) {
    return `can't read ${path}${causeOf(error)}`
  }
  const utf16 = encodedInUtf16(bytes)
  let text: string
  try {
    text = withoutComments(utf8.decode(bytes))
  } catch {
    return `${path} is not UTF-8${utf16}: save it as UTF-8`
  }
  if (utf16) return `${path} is not UTF-8${utf16}: save it as UTF-8`
  try {
    return { json: JSON.parse(text) as unknown }
  } catch {
    return `${path} is not JSON: ${jsonFault(text) ?? 'it cannot be parsed'}`
  }
}

const STRING_OR_COMMENT = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g

/** JSON with `//` and `/* … *\/`, as editors know it. Blanks replace a comment, so that lines and columns stay. */
const withoutComments = (text: string): string =>
  text.replace(STRING_OR_COMMENT, (found) =>
    found.startsWith('"') ? found : found.replace(/[^\n\r]/g, ' '),
  )

const causeOf = (error: unknown): string => {
  const { code } = error as { code?: unknown }
  if (typeof code !== 'string') return ''
  return WHY[code] ? ` (${code}): ${WHY[code]}` : ` (${code})`
}

/** By its mark, or by the zero bytes between its letters. */
const encodedInUtf16 = (bytes: Uint8Array): string => {
  const [first, second] = bytes
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  return marked || bytes.includes(0) ? ' but UTF-16' : ''
}

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
  if (found === '/' || found === '#')
    return 'a comment begins with // or with /*, and /* ends with */'
  if (next === 'nothing') return 'something after the end'
  if ((next === 'key' || next === 'value') && /[}\],]/.test(found)) return 'a comma too many'
  if (next === 'comma') return 'a comma or a closing bracket is missing'
  if (next === 'colon') return 'a colon is missing'
  if (next === 'key' || next === 'first key') return 'a key in double quotes is missing'
  return 'no value, or one that is not JSON’s'
}

type Env = Record<string, string | undefined>

/**
 * An environment file that was saved with other line ends leaves them on its values; no value of ours ends in one.
 * @returns the same variables, without line breaks at the ends of their values
 */
export const withoutLineBreaks = (env: Env): Env =>
  Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value?.replace(/^[\r\n]+|[\r\n]+$/g, '')]),
  )

const QUOTED = /^(["'`]).*\1$|^[“”].*[“”]$|^[‘’].*[‘’]$/s

/** `docker --env-file` keeps them; they belong to no value. */
export const isQuoted = (text: string): boolean => QUOTED.test(text)

/** From the likeliest to the rest. */
const ODD: readonly (readonly [RegExp, string])[] = [
  [/[\r\n]$/, 'a line break at the end'],
  [/[^\S\r\n]$/, 'a blank at the end'],
  [/^\s/, 'a blank or line break at the beginning'],
  [/[\r\n]/, 'a line break in it'],
  [/\s/, 'a blank in it'],
  [/\p{Cf}|\p{Cc}/u, 'a character in it that does not show'],
  [/[^\x21-\x7e]/, 'a character in it that is not ASCII'],
  [/^["'`]|["'`]$/, 'a quote at one end'],
  [/=$/, '= at the end'],
]

/**
 * Why a value that looks right is wrong. Does not quote the value.
 * @returns `has 44 characters: a blank at the end`
 */
export const describeText = (text: string): string => {
  if (text === '') return 'is empty'
  if (isQuoted(text)) return 'stands in quotes'
  const [, odd] = ODD.find(([form]) => form.test(text)) ?? []
  return `has ${Array.from(text).length} characters${odd ? `: ${odd}` : ''}`
}
