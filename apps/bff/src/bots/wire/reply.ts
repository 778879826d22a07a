import { clipUtf8 } from '../../core/text.js'
import { HOUR, MINUTE } from '../../core/time.js'
import type { TemplateCard } from './template-card.js'

/** WeCom 101031 and 101138: content of a stream and of a later markdown answer, bytes of UTF-8. */
export const MAX_CONTENT = 20_480
/** WeCom 101031: how long the platform polls a stream. */
export const STREAM_MS = 6 * MINUTE
/** WeCom 101138: how long a response_url works. It works once. */
export const LATER_MS = HOUR

interface Feedback {
  readonly id: string
}

interface Stream {
  readonly id: string
  readonly finish: boolean
  /** The full text so far. */
  readonly content: string
  readonly feedback?: Feedback
}

/** A passive reply before it is sealed (WeCom 101031). */
export type Reply =
  | { readonly msgtype: 'text'; readonly text: { readonly content: string } }
  | { readonly msgtype: 'template_card'; readonly template_card: TemplateCard }
  | { readonly msgtype: 'stream'; readonly stream: Stream }
  | {
      readonly msgtype: 'stream_with_template_card'
      readonly stream: Stream
      readonly template_card: TemplateCard
    }
  | {
      readonly response_type: 'update_template_card'
      readonly userids?: readonly string[]
      readonly template_card: TemplateCard
    }

/** A message to a response_url (WeCom 101138), not sealed. */
export type LaterReply =
  | { readonly msgtype: 'markdown'; readonly markdown: { readonly content: string } }
  | { readonly msgtype: 'template_card'; readonly template_card: TemplateCard }

/** Only for enter_chat. */
export const textReply = (content: string): Reply => ({
  msgtype: 'text',
  text: { content: clipUtf8(content, MAX_CONTENT) },
})

export const streamReply = (id: string, content: string, finish: boolean): Reply => ({
  msgtype: 'stream',
  stream: stream(id, content, finish),
})

/** The end of a stream, with a card below it. */
export const streamWithCard = (id: string, content: string, card: TemplateCard): Reply => ({
  msgtype: 'stream_with_template_card',
  stream: stream(id, content, true),
  template_card: card,
})

export const cardReply = (card: TemplateCard): Reply => ({
  msgtype: 'template_card',
  template_card: card,
})

/** @param userids the people for whom the card changes; absent: everyone */
export const updateReply = (card: TemplateCard, userids?: readonly string[]): Reply => ({
  response_type: 'update_template_card',
  ...(userids && { userids }),
  template_card: card,
})

export const laterMarkdown = (content: string): LaterReply => ({
  msgtype: 'markdown',
  markdown: { content: clipUtf8(content, MAX_CONTENT) },
})

const stream = (id: string, content: string, finish: boolean): Stream => ({
  id,
  finish,
  content: clipUtf8(content, MAX_CONTENT),
  // The person may rate the finished answer. The feedback_event then names this id.
  ...(finish && { feedback: { id } }),
})
