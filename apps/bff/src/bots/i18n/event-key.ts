import type { Language } from './words.js'

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

export function readKey(key: string): { language: Language; press: Press } | undefined {
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
