import type { EventKind, Json, MessageKind } from '../world/bot-types.js'

/** Who sends, and where; `chatid` null: in the 1-to-1 chat. */
export interface Origin {
  aibotid: string
  msgid: string
  from: string
  /** Of the corp that the person is of; absent: our own. */
  corpid?: string | undefined
  chatid: string | null
}

/** What a message quotes, e.g. `{msgtype: 'text', text: {content}}`. */
export type Quote = { msgtype: 'text' | 'image' | 'mixed' | 'voice' | 'file' } & Json

/** Q27: `from.corpid` is absent for an enterprise's own bot. That a message of another corp's person carries it: UNCONFIRMED. */
const common = ({ aibotid, msgid, from, corpid, chatid }: Origin): Json => ({
  msgid,
  aibotid,
  ...(chatid === null ? {} : { chatid }),
  chattype: chatid === null ? 'single' : 'group',
  from: { userid: from, ...(corpid === undefined ? {} : { corpid }) },
})

/** Q28. `content` is what belongs under the kind's name: `{content}`, `{url}`, `{msg_item}`. */
export const messagePayload = (
  origin: Origin,
  kind: MessageKind,
  content: Json,
  responseUrl: string,
  quote?: Quote,
): Json => ({
  ...common(origin),
  response_url: responseUrl,
  msgtype: kind,
  [kind]: content,
  ...(quote ? { quote } : {}),
})

/** Q28: the refresh of a stream has no response_url. */
export const streamPayload = (origin: Origin, id: string): Json => ({
  ...common(origin),
  msgtype: 'stream',
  stream: { id },
})

/** Q27. The keys follow the samples (snake_case), not the parameter table. */
export const eventPayload = (
  origin: Origin,
  event: EventKind,
  at: number,
  body: Json | null,
  responseUrl: string | null,
): Json => ({
  ...common(origin),
  create_time: Math.floor(at / 1000),
  ...(responseUrl === null ? {} : { response_url: responseUrl }),
  msgtype: 'event',
  event: { eventtype: event, ...(body === null ? {} : { [event]: body }) },
})
