import type { Language } from './words.js'

/** Every command of the bot. `commands/table.ts` has one row for each. */
export const COMMAND_NAMES = [
  'help',
  'cards',
  'who',
  'revoke',
  'extend',
  'stats',
  'confirm',
  'cancel',
] as const
export type CommandName = (typeof COMMAND_NAMES)[number]

/** The command of a button. It grants no right: the service checks who pressed it. */
export interface Press {
  readonly name: CommandName
  readonly cardId?: string
  readonly days?: number
}

const KEY = new RegExp(`^(zh|en):(${COMMAND_NAMES.join('|')})(?::([\\w-]{1,64}))?(?::(\\d{1,4}))?$`)

/** The `event_key` of a button, e.g. `zh:extend:<card id>:3`. */
export const writeKey = (language: Language, { name, cardId, days }: Press): string =>
  [language, name, cardId, days].filter((part) => part !== undefined).join(':')

/** @returns undefined for a key that this service does not write */
export const readKey = (key: string): { language: Language; press: Press } | undefined => {
  const match = KEY.exec(key)
  if (!match) return undefined
  const [, language, name, cardId, days] = match
  const press: Press = {
    name: name as CommandName,
    ...(cardId !== undefined && { cardId }),
    ...(days !== undefined && { days: Number(days) }),
  }
  return { language: language as Language, press }
}
