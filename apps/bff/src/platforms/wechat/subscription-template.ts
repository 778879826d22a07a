import type { SubscriptionEvent } from '@sealcard/protocol'
import { z } from 'zod'
import { localTime } from '../../core/time-zone.js'
import { oneLine } from '../../core/text.js'
import type { SubscriptionMessage } from '../registry/subscription-platform.js'

/** What of ours can stand in a keyword of a template. */
const VALUES = ['title', 'who', 'count', 'note', 'time'] as const
type ValueName = (typeof VALUES)[number]

/** Of which events a value is known. */
const KNOWN: Readonly<Record<ValueName, readonly SubscriptionEvent[]>> = {
  title: ['opened', 'requested', 'expiring'],
  who: ['opened', 'requested'],
  count: ['opened', 'requested'],
  note: ['requested'],
  time: ['opened', 'requested', 'expiring'],
}

/** Kinds of keywords (W29), and what of ours each can hold. */
const KINDS: Readonly<Record<string, readonly ValueName[]>> = {
  thing: VALUES,
  name: ['who'],
  number: ['count'],
  character_string: ['count', 'time'],
  time: ['time'],
  date: ['time'],
  phrase: [],
}

/** One keyword: a value of ours, or a text that is always the same. */
type SubscriptionField = ValueName | { readonly text: string }

interface SubscriptionTemplate {
  readonly id: string
  /** By the template's keyword, such as `thing1`. */
  readonly fields: Readonly<Record<string, SubscriptionField>>
}

export type SubscriptionTemplates = Partial<Record<SubscriptionEvent, SubscriptionTemplate>>

const kindOf = (keyword: string): string => keyword.replace(/\d+$/, '')

const anyOf = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')

const field = z.union([z.enum(VALUES), z.strictObject({ text: z.string().min(1).max(32) })], {
  error: `must be one of ${anyOf(VALUES)}, or { "text": "…" }`,
})

/** @returns what is wrong with a keyword; undefined: nothing */
const mistakeOf = (
  event: SubscriptionEvent,
  keyword: string,
  value: SubscriptionField,
): string | undefined => {
  const kind = kindOf(keyword)
  const holds = Object.hasOwn(KINDS, kind) && /\d{1,2}$/.test(keyword) ? KINDS[kind] : undefined
  if (!holds)
    return `is no keyword that this service fills: it must be ${anyOf(Object.keys(KINDS))} and its number, as the template in the console names it`
  if (typeof value === 'object') {
    const fits = filled(kind, value.text) === value.text
    return fits ? undefined : `"text" does not fit a ${kind} of the platform`
  }
  if (!holds.includes(value)) {
    const can = holds.length > 0 ? `${anyOf(holds)} or { "text": "…" }` : '{ "text": "…" }'
    return `a ${kind} cannot hold "${value}": it must be ${can}`
  }
  return KNOWN[value].includes(event) ? undefined : `"${value}" is not known of the event ${event}`
}

const template = (event: SubscriptionEvent) =>
  z.strictObject({
    id: z
      .string({ error: 'must be the id of the template, from the console: 订阅消息 → 我的模板' })
      .regex(/^[\w-]{20,64}$/, 'must be the id of the template: letters, digits, - and _'),
    fields: z
      .record(z.string(), field)
      .refine((fields) => Object.keys(fields).length > 0, 'must have a keyword of the template')
      .superRefine((fields, ctx) => {
        for (const [keyword, value] of Object.entries(fields)) {
          const message = mistakeOf(event, keyword, value)
          if (message) ctx.addIssue({ code: 'custom', path: [keyword], message })
        }
      }),
  })

/** The key `templates` of an app. Each mistake names its keyword. */
export const subscriptionTemplates = z.strictObject({
  opened: template('opened').optional(),
  requested: template('requested').optional(),
  expiring: template('expiring').optional(),
})

/** Behind a person, where a message is about several. */
const OTHERS = {
  zh: (others: number) => `等 ${others + 1} 人`,
  en: (others: number) => ` +${others}`,
} as const
/** In place of a name that a keyword cannot hold. */
const SOMEBODY = { zh: '读者', en: 'Reader' } as const
const NOTHING = '—'

/** W29: of a thing, in UTF-16 units. Whether an emoji counts as one is not documented. */
const THING_UNITS = 20
/** W29: of a name with Chinese characters, and of any other. */
const NAME_CHARACTERS = { chinese: 10, other: 20 } as const

type Told = Pick<SubscriptionMessage, 'language' | 'values'>

/**
 * The `data` of a message. The platform refuses a message with a value that breaks the rules of its kind (47003), so each
 * value is cut to them.
 */
export const templateData = (
  { fields }: SubscriptionTemplate,
  told: Told,
  timeZone: string | undefined,
): Record<string, { value: string }> =>
  Object.fromEntries(
    Object.entries(fields).map(([keyword, field]) => {
      const kind = kindOf(keyword)
      const text = typeof field === 'object' ? field.text : textOf(field, kind, told, timeZone)
      return [keyword, { value: filled(kind, text) || emptyOf(kind, told) }]
    }),
  )

const textOf = (
  value: ValueName,
  kind: string,
  told: Told,
  timeZone: string | undefined,
): string => {
  const { title, note, count, at } = told.values
  if (value === 'title') return title
  if (value === 'note') return note
  if (value === 'count') return String(count)
  if (value === 'time') return localTime(at, timeZone)
  return kind === 'name' ? (told.values.who?.name ?? '') : whoOf(told)
}

/** The name is cut, the code and the number of others are not. */
const whoOf = ({ language, values: { who, count } }: Told): string => {
  if (!who) return ''
  const behind = count > 1 ? OTHERS[language](count - 1) : ''
  const room = THING_UNITS - behind.length - who.code.length - 1
  const name = who.name === undefined ? '' : clipUnits(who.name, room)
  return `${[...(name === '' ? [] : [name]), who.code].join(' ')}${behind}`
}

const emptyOf = (kind: string, { language }: Told): string =>
  kind === 'name' ? SOMEBODY[language] : NOTHING

/** @returns the text as the kind takes it; empty: nothing of it can stay */
const filled = (kind: string, text: string): string => {
  const line = oneLine(text, 64)
  if (kind === 'thing') return clipUnits(line, THING_UNITS)
  if (kind === 'name') return nameOf(line)
  if (kind === 'number') return /^\d{1,32}$/.test(line) ? line : ''
  if (kind === 'character_string') return /^[\x20-\x7e]{1,32}$/.test(line) ? line : ''
  if (kind === 'phrase') return /^\p{Script=Han}{1,5}$/u.test(line) ? line : ''
  return /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/.test(line) ? line : ''
}

/** Letters and the signs of names; digits and emoji are no name for the platform. */
const nameOf = (line: string): string => {
  const characters = Array.from(line.replace(/[^\p{L}\p{M}·.'\- ]/gu, '').trim())
  const isChinese = characters.some((sign) => /\p{Script=Han}/u.test(sign))
  return characters
    .slice(0, isChinese ? NAME_CHARACTERS.chinese : NAME_CHARACTERS.other)
    .join('')
    .trim()
}

/** At most so many UTF-16 units, no half character; `…` for what is cut off. */
const clipUnits = (text: string, max: number): string => {
  if (text.length <= max) return text
  let clipped = ''
  for (const character of text) {
    if (clipped.length + character.length > max - 1) break
    clipped += character
  }
  return max > 0 ? `${clipped}…` : ''
}
