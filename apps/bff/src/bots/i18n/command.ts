import type { Language } from './words.js'

/** What a person wants. `card` is as written: part of a title, or a number. */
export type Command =
  | { readonly name: 'help' | 'cards' | 'stats' }
  | { readonly name: 'who' | 'revoke'; readonly card: string }
  | { readonly name: 'extend'; readonly card: string; readonly days: number | undefined }

type Build = (card: string, days: string | undefined) => Command

interface Pattern {
  readonly language: Language
  readonly form: RegExp
  readonly build: Build
}

const plain =
  (name: 'help' | 'cards' | 'stats'): Build =>
  () => ({ name })
const about =
  (name: 'who' | 'revoke'): Build =>
  (card) => ({ name, card })
const extend: Build = (card, days) => ({
  name: 'extend',
  card,
  days: days === undefined ? undefined : Number(days),
})

/** Tried in order. A form is matched against text that is normalised: a blank is one, and a colon is narrow. */
const PATTERNS: readonly Pattern[] = [
  { language: 'zh', form: /^(?:帮助|怎么用|菜单)$/u, build: plain('help') },
  { language: 'zh', form: /^(?:我的卡片|卡片列表|卡片)$/u, build: plain('cards') },
  { language: 'zh', form: /^统计$/u, build: plain('stats') },
  { language: 'zh', form: /^谁 ?(?:看|打开|读)过(?:了)? ?:? ?(.*)$/u, build: about('who') },
  { language: 'zh', form: /^撤回 ?:? ?(.*)$/u, build: about('revoke') },
  { language: 'zh', form: /^延期 ?:? ?(.*?) ?(\d{1,4}) ?天$/u, build: extend },
  { language: 'zh', form: /^延期 ?:? ?(.*)$/u, build: extend },
  { language: 'en', form: /^(?:help|menu|\?)$/, build: plain('help') },
  { language: 'en', form: /^(?:my )?cards$/, build: plain('cards') },
  { language: 'en', form: /^(?:stats|statistics)$/, build: plain('stats') },
  {
    language: 'en',
    form: /^who (?:has )?(?:opened|read|saw)(?:(?: ?: ?| )(.*))?$/,
    build: about('who'),
  },
  { language: 'en', form: /^revoke(?:(?: ?: ?| )(.*))?$/, build: about('revoke') },
  { language: 'en', form: /^extend(?:(?: ?: ?| )(.*?))?(?: by)? (\d{1,4}) ?days?$/, build: extend },
  { language: 'en', form: /^extend(?:(?: ?: ?| )(.*))?$/, build: extend },
]

/** Wide forms become narrow, spaces one, case and the quotes around a title nothing. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toLowerCase()

/** For comparing only: keyboards put blanks between scripts, and marks that nobody sees. */
export const squeeze = (text: string): string => normalise(text).replace(/[\s\p{Cf}]+/gu, '')

const unquote = (text: string): string =>
  text
    .trim()
    .replace(/^[“”"'«»「」『』《》<>]+|[“”"'«»「」『』《》<>]+$/gu, '')
    .trim()

/** Characters of a message. */
const LOOKED_AT = 2000

/** @param text one person's words, at most a few hundred of them are looked at */
export const readCommand = (text: string): Command | undefined => {
  const words = normalise(text.slice(0, LOOKED_AT))
    .replace(/[。.!?？！]+$/u, '')
    .trim()
  // A question mark alone is a cry for help.
  const asked = words === '' && text.trim() !== '' ? '?' : words
  for (const { form, build } of PATTERNS) {
    const match = form.exec(asked)
    if (match) return build(unquote(match[1] ?? ''), match[2])
  }
  return undefined
}

/**
 * A command in a group: the text includes the bot's @name (WeCom 100719), which may hold spaces, in front or behind.
 */
export const readGroupCommand = (written: string): Command | undefined => {
  const text = written.slice(0, LOOKED_AT)
  // From the last @ alone: an expression would begin anew at each of thousands.
  const at = text.lastIndexOf('@')
  const bare = /^@\S+[\s\u2005]*$/u.test(text.slice(at)) ? text.slice(0, at) : text
  const found = readCommand(bare)
  if (found || !bare.trimStart().startsWith('@')) return found
  // The name ends at one of the first spaces; the shortest name after which there is a command is taken.
  const parts = bare
    .trimStart()
    .slice(0, 500)
    .split(/[\s\u2005]+/u)
  for (let name = 1; name < parts.length && name <= 6; name++) {
    const command = readCommand(parts.slice(name).join(' '))
    if (command) return command
  }
  return undefined
}

/** The language of what was written; undefined where the words do not say. */
export const languageOf = (text: string): Language | undefined => {
  const own = text.slice(0, LOOKED_AT).replace(/@\S+/gu, '')
  if (/\p{Script=Han}/u.test(own)) return 'zh'
  return /[a-z]{2}/i.test(own) ? 'en' : undefined
}

/** What a button says when it is pressed. Holds no right: whoever presses is judged by who they are. */
export type Press =
  | { readonly name: 'help' | 'cards' | 'stats' | 'cancel' }
  | { readonly name: 'who' | 'revoke' | 'confirm'; readonly cardId: string }
  | { readonly name: 'extend'; readonly cardId: string; readonly days: number }

const NAMES = 'help|cards|stats|cancel'
const FORM = new RegExp(
  `^(zh|en):(?:(${NAMES})|(who|revoke|confirm):([\\w-]{1,64})|extend:([\\w-]{1,64}):(\\d{1,4}))$`,
)

export const writeKey = (language: Language, press: Press): string => {
  if (press.name === 'extend') return `${language}:extend:${press.cardId}:${press.days}`
  return 'cardId' in press
    ? `${language}:${press.name}:${press.cardId}`
    : `${language}:${press.name}`
}

export const readKey = (key: string): { language: Language; press: Press } | undefined => {
  const match = FORM.exec(key)
  if (!match) return undefined
  const [, language, plain, about, cardId = '', extended, days] = match
  const press = plain
    ? { name: plain as 'help' }
    : about
      ? { name: about as 'who', cardId }
      : { name: 'extend' as const, cardId: extended ?? '', days: Number(days) }
  return { language: language as Language, press }
}
