import { COMMAND_NAMES, type CommandName, type Press, readKey } from '../i18n/button-key.js'
import { languageOf, MAX_READ, normalise, unquote } from '../i18n/written-text.js'
import type { Language } from '../i18n/words.js'
import type { Inbound } from '../wire/inbound.js'
import { COMMANDS } from './table.js'

/** A command as a message or a button asks for it. */
export interface CommandRequest extends Press {
  /** The card as a message names it: a part of its title, or a number; may be empty. */
  readonly card?: string
}

const LANGUAGES = ['zh', 'en'] as const satisfies readonly Language[]
const FORMS = LANGUAGES.flatMap((language) =>
  COMMAND_NAMES.flatMap((name) =>
    (COMMANDS[name].words?.[language].forms ?? []).map((form) => ({ name, form })),
  ),
)

/** Reads a message of a single chat. @returns undefined: no command */
export const readCommand = (text: string): CommandRequest | undefined => {
  const words = normalise(text.slice(0, MAX_READ))
    .replace(/[。.!?？！]+$/u, '')
    .trim()
  // A message of question marks alone asks for help.
  const asked = words === '' && text.trim() !== '' ? '?' : words
  for (const { name, form } of FORMS) {
    const match = form.exec(asked)
    if (match) return requestOf(name, match[1], match[2])
  }
  return undefined
}

const requestOf = (name: CommandName, card = '', days?: string): CommandRequest => {
  const command = COMMANDS[name]
  if (command.who !== 'owner') return { name }
  return { name, card: unquote(card), ...(days !== undefined && { days: Number(days) }) }
}

/** Words of a bot's name, at most. */
const NAME_WORDS = 6

/**
 * Reads a message of a group. The text includes the bot's @name (WeCom 100719). The name may contain spaces, and stands
 * in front or behind.
 */
export const readGroupCommand = (written: string): CommandRequest | undefined => {
  const text = written.slice(0, MAX_READ)
  // An expression without this index would start again at each of thousands of @.
  const at = text.lastIndexOf('@')
  const bare = /^@\S+[\s\u2005]*$/u.test(text.slice(at)) ? text.slice(0, at) : text
  const found = readCommand(bare)
  if (found || !bare.trimStart().startsWith('@')) return found
  // The name ends at one of the first spaces. The shortest name before a command counts.
  const parts = bare
    .trimStart()
    .slice(0, 500)
    .split(/[\s\u2005]+/u)
  for (let name = 1; name < parts.length && name <= NAME_WORDS; name++) {
    const command = readCommand(parts.slice(name).join(' '))
    if (command) return command
  }
  return undefined
}

/** Reads the key of a button. @returns undefined: the key does not fit its command */
export const readPress = (key: string): { language: Language; press: Press } | undefined => {
  const read = readKey(key)
  if (!read) return undefined
  const { name, cardId, days } = read.press
  const command = COMMANDS[name]
  const takesCard = command.who === 'owner'
  const takesDays = command.who === 'owner' && command.daysUsage !== undefined
  const fits = (cardId !== undefined) === takesCard && (days !== undefined) === takesDays
  return fits ? read : undefined
}

/** A quoted message of at most so many characters stands for a title. */
const MAX_QUOTED_TITLE = 64

/** What was asked in a single chat, and in which language as far as the message shows it. */
export const readRequest = (
  inbound: Inbound,
): {
  readonly request: CommandRequest | undefined
  readonly language: Language | undefined
} => {
  if (inbound.kind === 'pressed') {
    const read = readPress(inbound.key)
    return { request: read?.press, language: read?.language }
  }
  if (inbound.kind !== 'said') return { request: undefined, language: undefined }
  const request = readCommand(inbound.text)
  const language = languageOf(inbound.text)
  const quoted = (inbound.quoted ?? '').trim()
  const completes = request?.card === '' && quoted.length <= MAX_QUOTED_TITLE
  return { request: completes ? { ...request, card: quoted } : request, language }
}

/** What was asked in a group. A message without a command asks for help. */
export const readGroupRequest = (inbound: Inbound): CommandRequest | undefined => {
  if (inbound.kind === 'pressed') return readPress(inbound.key)?.press
  return inbound.kind === 'said' ? (readGroupCommand(inbound.text) ?? { name: 'help' }) : undefined
}
