import {
  type BotState,
  type Complaint,
  type Exchange,
  type Json,
  KEPT_EXCHANGES,
  RESPONSE_MS,
  type SentKind,
} from '../world/bot-types.js'
import { judgeReply } from './judge-reply.js'

export const newExchange = (
  seed: Pick<Exchange, 'msgid' | 'kind' | 'at' | 'from' | 'chatid' | 'sent'>,
): Exchange => ({
  ...seed,
  attempts: [],
  replies: [],
  repeats: [],
  text: null,
  stream: null,
  cards: [],
  active: [],
  complaints: [],
  notes: [],
})

/** Keeps the last five hundred exchanges and what belongs to them. */
export const enter = (state: BotState, exchange: Exchange): void => {
  state.exchanges.push(exchange)
  for (const [code, { issuedAt }] of Object.entries(state.responses)) {
    if (exchange.at - issuedAt > 2 * RESPONSE_MS) delete state.responses[code]
  }
  if (state.exchanges.length <= KEPT_EXCHANGES) return
  const gone = state.exchanges.shift()
  for (const map of [state.streams, state.tasks]) {
    for (const [key, { msgid }] of Object.entries(map)) if (msgid === gone?.msgid) delete map[key]
  }
}

export const byMsgid = (state: BotState, msgid: string): Exchange | undefined =>
  state.exchanges.findLast((exchange) => exchange.msgid === msgid)

/** Judges a reply and, when the platform would take it, lets it have its effect. */
export const takeReply = (
  state: BotState,
  exchange: Exchange,
  sent: SentKind,
  reply: Json,
  now: number,
): Complaint[] => {
  const { kind, complaints, notes } = judgeReply(state, exchange, sent, reply)
  exchange.replies.push(reply)
  exchange.complaints.push(...complaints)
  exchange.notes.push(...notes)
  if (kind === null || complaints.length > 0) return complaints
  if (kind === 'text') exchange.text = (reply['text'] as { content: string }).content
  if (reply['stream'] !== undefined) takeStream(state, exchange, reply['stream'] as Json, now)
  if (reply['template_card'] !== undefined) {
    takeCard(state, exchange, kind === 'update_template_card', reply['template_card'] as Json)
  }
  return complaints
}

const takeStream = (state: BotState, exchange: Exchange, stream: Json, now: number): void => {
  const id = exchange.stream?.id ?? (stream['id'] as string)
  exchange.stream = { id, finished: stream['finish'] === true }
  // Q29: every reply carries the full text so far; one without content leaves the shown one.
  if (typeof stream['content'] === 'string') exchange.text = stream['content']
  else exchange.text ??= ''
  state.streams[id] ??= {
    msgid: exchange.msgid,
    from: exchange.from,
    startedAt: now,
    polls: 0,
  }
}

const takeCard = (state: BotState, exchange: Exchange, update: boolean, card: Json): void => {
  exchange.cards.push(card)
  const id = card['task_id']
  if (typeof id !== 'string') return
  const known = Object.hasOwn(state.tasks, id) ? state.tasks[id] : undefined
  if (known) known.card = card
  else if (!update) state.tasks[id] = { msgid: exchange.msgid, card, chatid: exchange.chatid }
}
