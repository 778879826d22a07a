import { z } from 'zod'
import { sha256 } from '../../core/crypto/digest.js'

const text = z.looseObject({ content: z.string() })
/** Never fetched, so the name of its address does not matter: `url` is documented, `pic_url` was seen. */
const media = z.looseObject({})
/** An unknown item must not hide the words beside it. `wordsOf` takes what it knows. */
const mixedItems = z.looseObject({ msg_item: z.array(z.unknown()) })

/** A quoted message. Only its words matter. An unknown kind has none. */
const quote = z.union([
  z.looseObject({ msgtype: z.literal('text'), text }),
  z.looseObject({ msgtype: z.literal('voice'), voice: text }),
  z.looseObject({ msgtype: z.literal('mixed'), mixed: mixedItems }),
  z.looseObject({ msgtype: z.string() }),
])

/**
 * Common to all callbacks (WeCom 100719). Other keys are ignored. An optional key that is null, empty or of another type
 * counts as absent. `groupOf` decides whether the message is from a group.
 */
const Envelope = z.looseObject({
  msgid: z.union([z.string().min(1).max(512), z.number()]),
  from: z.looseObject({ userid: z.string().min(1).max(512) }),
  response_url: z.string().min(1).max(4096).optional().catch(undefined),
  msgtype: z.string(),
  quote: quote.optional().catch(undefined),
})
type Envelope = z.infer<typeof Envelope>

const event = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.looseObject({
    msgtype: z.literal('event'),
    event: z.looseObject({ eventtype: z.literal(name), ...shape }),
  })

/** A pressed button. The keys are those of the samples; the table on the page spells them differently. */
const pressed = z.looseObject({
  event_key: z.string().max(1024),
  task_id: z.string().max(128),
})

/** The keys of each kind (WeCom 100719, 101027). */
const Content = z.union([
  z.looseObject({ msgtype: z.literal('text'), text }),
  z.looseObject({ msgtype: z.literal('voice'), voice: text }),
  z.looseObject({ msgtype: z.literal('mixed'), mixed: mixedItems }),
  z.looseObject({ msgtype: z.literal('image'), image: media }),
  z.looseObject({ msgtype: z.literal('file'), file: media }),
  z.looseObject({ msgtype: z.literal('video'), video: media }),
  z.looseObject({
    msgtype: z.literal('stream'),
    stream: z.looseObject({ id: z.string().max(128) }),
  }),
  event('enter_chat', {}),
  event('template_card_event', { template_card_event: pressed }),
  // The platform's SDK has the keys one level higher.
  event('template_card_event', pressed.shape),
  event('feedback_event', {
    feedback_event: z.looseObject({ id: z.string().max(256), type: z.int() }),
  }),
])
type Content = z.infer<typeof Content>

interface Common {
  readonly msgid: string
  readonly userid: string
  /** Id of the group; absent in a single chat. */
  readonly group?: string
  readonly responseUrl?: string
}

/** What happened in a chat, in our terms. */
export type Inbound = Common &
  (
    | {
        readonly kind: 'said'
        /** What the person wrote or spoke. */
        readonly text: string
        /** The words of the quoted message. */
        readonly quoted?: string
      }
    /** Pictures, files, videos. The bot does not read them. */
    | { readonly kind: 'media' }
    | { readonly kind: 'poll'; readonly streamId: string }
    | { readonly kind: 'entered' }
    | { readonly kind: 'pressed'; readonly key: string; readonly taskId: string }
    | { readonly kind: 'feedback'; readonly type: number }
    /** Authentic, but of an unknown kind. */
    | { readonly kind: 'unknown'; readonly type: string }
  )

/** An authentic callback. Its fields are not checked yet. */
export interface Read {
  /** Absent when the callback has no documented form. */
  readonly inbound?: Inbound
  /** The receiving bot; absent when the platform leaves it out. */
  readonly aibotid?: unknown
  /** The person's corp. The platform leaves it out for a corp's own bot (WeCom 101027). */
  readonly corpid?: unknown
}

export const readInbound = (plaintext: string): Read => {
  const json = parse(plaintext)
  const { aibotid, from } = fieldsOf(json)
  const { corpid } = fieldsOf(from)
  return {
    ...(isGiven(aibotid) && { aibotid }),
    ...(isGiven(corpid) && { corpid }),
    ...inboundOf(json, plaintext),
  }
}

const inboundOf = (json: unknown, plaintext: string): Pick<Read, 'inbound'> => {
  const envelope = Envelope.safeParse(json)
  if (!envelope.success) return {}
  const { msgid, from, response_url } = envelope.data
  const group = groupOf(envelope.data)
  const common: Common = {
    msgid: typeof msgid === 'string' ? msgid : idOf(msgid, plaintext),
    userid: from.userid,
    ...(group !== undefined && { group }),
    ...(response_url !== undefined && { responseUrl: response_url }),
  }
  return { inbound: { ...common, ...contentOf(json, envelope.data) } }
}

/** A larger number is not exact, and two messages would share it. Then the whole text is the id. */
const idOf = (msgid: number, plaintext: string): string =>
  Number.isSafeInteger(msgid) ? String(msgid) : `text:${sha256(plaintext, 'base64url')}`

/**
 * In doubt it is a group, where the bot says nothing about cards. A group has a `chatid` (WeCom 100719), or a `chattype`
 * other than `single`.
 */
const groupOf = ({ chatid, chattype }: Fields): string | undefined => {
  if (isGiven(chatid)) return typeof chatid === 'string' ? chatid : JSON.stringify(chatid)
  return isGiven(chattype) && chattype !== 'single' ? '' : undefined
}

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}
const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

type Said = Extract<Inbound, { kind: 'said' }>
type Specific<T = Inbound> = T extends Inbound ? Omit<T, keyof Common> : never

const contentOf = (json: unknown, envelope: Envelope): Specific => {
  const result = Content.safeParse(json)
  if (!result.success) return { kind: 'unknown', type: typeOf(envelope) }
  const content = result.data
  switch (content.msgtype) {
    case 'text':
      return said(content.text.content, envelope)
    case 'voice':
      return said(content.voice.content, envelope)
    case 'mixed':
      return mixed(wordsOf(content.mixed.msg_item), envelope)
    case 'image':
    case 'file':
    case 'video':
      return { kind: 'media' }
    case 'stream':
      return { kind: 'poll', streamId: content.stream.id }
    case 'event':
      return eventOf(content.event)
  }
}

type Event = Extract<Content, { msgtype: 'event' }>['event']

const eventOf = (event: Event): Specific => {
  switch (event.eventtype) {
    case 'enter_chat':
      return { kind: 'entered' }
    case 'feedback_event':
      return { kind: 'feedback', type: event.feedback_event.type }
    case 'template_card_event': {
      const pressed = 'template_card_event' in event ? event.template_card_event : event
      const { event_key, task_id } = pressed as { event_key: string; task_id: string }
      return { kind: 'pressed', key: event_key, taskId: task_id }
    }
  }
}

const said = (text: string, { quote }: Envelope): Omit<Said, keyof Common> => {
  const quoted = quotedWords(quote)
  return { kind: 'said', text, ...(quoted && { quoted }) }
}

const mixed = (words: string, envelope: Envelope): Specific =>
  words.trim() === '' ? { kind: 'media' } : said(words, envelope)

const quotedWords = (quote: Envelope['quote']): string => {
  if (quote === undefined) return ''
  if ('text' in quote) return (quote.text as { content: string }).content
  if ('voice' in quote) return (quote.voice as { content: string }).content
  if ('mixed' in quote) return wordsOf((quote.mixed as { msg_item: unknown[] }).msg_item)
  return ''
}

const wordsOf = (items: readonly unknown[]): string =>
  items
    .flatMap((item) => {
      const { msgtype, text } = fieldsOf(item)
      const { content } = fieldsOf(text)
      return msgtype === 'text' && typeof content === 'string' ? [content] : []
    })
    .join(' ')

/** For the log: short, letters only. */
const typeOf = ({ msgtype, ...rest }: Envelope): string => {
  const event = (rest as { event?: { eventtype?: unknown } }).event?.eventtype
  return `${msgtype}${typeof event === 'string' ? `.${event}` : ''}`
    .replace(/[^\w.]/g, '?')
    .slice(0, 64)
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
