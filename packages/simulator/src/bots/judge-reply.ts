import type { BotState, Exchange, Json, SentKind } from '../world/bot-types.js'
import { check, isObject, type Findings } from './check.js'
import { complaint } from './fault.js'
import { REPLIES, type ReplyKind } from './reply-schema.js'

/** The contract's 5.5 and 5.6: which replies the platform takes for what. An empty reply is always one. */
const ALLOWED: Record<SentKind, readonly ReplyKind[]> = {
  text: ['template_card', 'stream', 'stream_with_template_card'],
  image: ['template_card', 'stream', 'stream_with_template_card'],
  mixed: ['template_card', 'stream', 'stream_with_template_card'],
  voice: ['template_card', 'stream', 'stream_with_template_card'],
  file: ['template_card', 'stream', 'stream_with_template_card'],
  video: ['template_card', 'stream', 'stream_with_template_card'],
  stream: ['stream', 'stream_with_template_card'],
  enter_chat: ['text', 'template_card'],
  template_card_event: ['update_template_card'],
  feedback_event: [],
}

export interface Judged extends Findings {
  kind: ReplyKind | null
}

/**
 * @param sent what this answers: the exchange's own kind, or `stream` for a refresh.
 * @param exchange what was answered before in the same exchange is in it.
 */
export const judgeReply = (
  state: BotState,
  exchange: Exchange,
  sent: SentKind,
  reply: Json,
): Judged => {
  const name = reply['response_type'] ?? reply['msgtype']
  const field = 'response_type' in reply ? 'response_type' : 'msgtype'
  if (typeof name !== 'string' || !Object.hasOwn(REPLIES, name)) {
    const kinds = Object.keys(REPLIES).join(', ')
    return {
      kind: null,
      complaints: [complaint('5.6', field, `is no kind of reply; there are ${kinds}`)],
      notes: [],
    }
  }
  const kind = name as ReplyKind
  const allowed = ALLOWED[sent]
  if (!allowed.includes(kind)) {
    const takes = allowed.length === 0 ? 'only an empty reply' : `only ${allowed.join(', ')}`
    const clause = sent === 'feedback_event' ? '5.5' : '5.6'
    const message = `${kind} is no answer to ${sent}: ${takes}`
    return { kind, complaints: [complaint(clause, field, message)], notes: [] }
  }
  const { complaints, notes } = check(REPLIES[kind], reply, '5.6')
  if (isObject(reply['stream'])) complaints.push(...streamRules(state, exchange, reply['stream']))
  if (isObject(reply['template_card'])) {
    complaints.push(...cardRules(state, exchange, kind, reply['template_card']))
  }
  return { kind, complaints, notes }
}

const streamRules = (state: BotState, exchange: Exchange, stream: Json) => {
  const { id } = stream
  if (exchange.stream === null) {
    if (id === undefined) {
      return [complaint('5.6', 'stream.id', 'is required in the first reply')]
    }
    const known =
      typeof id === 'string' && Object.hasOwn(state.streams, id) ? state.streams[id] : undefined
    if (known && known.msgid !== exchange.msgid) {
      return [complaint('5.6', 'stream.id', 'is that of another message')]
    }
    return []
  }
  if (id !== undefined && id !== exchange.stream.id) {
    return [complaint('5.6', 'stream.id', 'changed while the stream was running')]
  }
  return []
}

const cardRules = (state: BotState, exchange: Exchange, kind: ReplyKind, card: Json) => {
  const id = card['task_id']
  if (kind === 'update_template_card') {
    const event = exchange.sent['event'] as Json | undefined
    const expected = (event?.['template_card_event'] as Json | undefined)?.['task_id']
    if (id === expected) return []
    return [complaint('5.6', 'template_card.task_id', "must be the event's task_id")]
  }
  const complaints = []
  if (exchange.cards.length > 0) {
    complaints.push(complaint('5.6', 'template_card', 'comes once per message'))
  }
  const taken = typeof id === 'string' && Object.hasOwn(state.tasks, id) ? state.tasks[id] : null
  if (taken && taken.msgid !== exchange.msgid) {
    complaints.push(complaint('5.6', 'template_card.task_id', 'was used before by this bot'))
  }
  return complaints
}
