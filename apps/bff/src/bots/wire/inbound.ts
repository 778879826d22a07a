import { Content, Envelope } from './inbound.schema.js'

interface Common {
  readonly msgid: string
  readonly userid: string
  /** Of a group; absent in a single chat. */
  readonly group?: string
  readonly responseUrl?: string
}

/** What happened in a chat, in our words. */
export type Inbound = Common &
  (
    | {
        readonly kind: 'said'
        /** What the person wrote or spoke. */
        readonly text: string
        /** The words of the message that it quotes. */
        readonly quoted?: string
      }
    /** Pictures, files, films: nothing that the bot can act on. */
    | { readonly kind: 'media' }
    | { readonly kind: 'poll'; readonly streamId: string }
    | { readonly kind: 'entered' }
    | { readonly kind: 'pressed'; readonly key: string; readonly taskId: string }
    | { readonly kind: 'feedback'; readonly type: number }
    /** Authentic, but of a kind that is new to us. */
    | { readonly kind: 'unknown'; readonly type: string }
  )

/** What identifies a callback for us, when it is at least that much of a callback. */
export function readInbound(plaintext: string): { inbound: Inbound; aibotid?: string } | undefined {
  const json = parse(plaintext)
  const envelope = Envelope.safeParse(json)
  if (!envelope.success) return undefined
  const { msgid, from, chattype, chatid, response_url, aibotid } = envelope.data
  const common: Common = {
    msgid,
    userid: from.userid,
    ...(chattype === 'group' && { group: chatid ?? '' }),
    ...(response_url !== undefined && { responseUrl: response_url }),
  }
  return {
    inbound: { ...common, ...contentOf(json, envelope.data) },
    ...(aibotid !== undefined && { aibotid }),
  }
}

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
      return said(wordsOf(content.mixed.msg_item), envelope)
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

const quotedWords = (quote: Envelope['quote']): string => {
  if (quote === undefined) return ''
  if ('text' in quote) return (quote.text as { content: string }).content
  if ('voice' in quote) return (quote.voice as { content: string }).content
  if ('mixed' in quote) return wordsOf((quote.mixed as { msg_item: Item[] }).msg_item)
  return ''
}

interface Item {
  readonly msgtype: string
  readonly text?: unknown
}

const wordsOf = (items: readonly Item[]): string =>
  items
    .flatMap((item) =>
      item.msgtype === 'text' ? [(item.text as { content: string }).content] : [],
    )
    .join(' ')

/** For the log: short, and nothing but letters. */
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
