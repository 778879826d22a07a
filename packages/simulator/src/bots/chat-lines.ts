import type { BotCard, BotLine } from '../contract.js'
import type { BotState, Exchange, Json } from '../world/bot-types.js'
import { describeComplaint } from './fault.js'

/** The 1-to-1 chat of a person with a bot, as their phone shows it, oldest first. @param userid of the person */
export const chatLines = (state: BotState, userid: string): BotLine[] =>
  state.exchanges
    .filter(({ from, chatid }) => from === userid && chatid === null)
    .flatMap((exchange) => [...saidLines(exchange), ...answerLines(state, exchange)])
    .sort((a, b) => a.at - b.at)

const saidLines = ({ kind, sent, msgid, at }: Exchange): BotLine[] => {
  const text = saidText(kind, sent)
  return text === null ? [] : [{ kind: 'said', id: `${msgid} said`, at, text }]
}

/** What a person sees of their own message; null: an event leaves none in the chat. */
const saidText = (kind: Exchange['kind'], sent: Json): string | null => {
  const content = sent[kind] as { content?: string; msg_item?: Json[] } | undefined
  switch (kind) {
    case 'text':
    case 'voice':
      return content?.content ?? ''
    case 'mixed':
      return (content?.msg_item ?? [])
        .map((item) => (item['text'] as { content: string } | undefined)?.content ?? '[image]')
        .join(' ')
    case 'image':
    case 'file':
    case 'video':
      return `[${kind}]`
    default:
      return null
  }
}

const answerLines = (state: BotState, exchange: Exchange): BotLine[] => {
  const { msgid, at, kind, text, stream, cards, active, complaints } = exchange
  const lines: BotLine[] = []
  if (text !== null) {
    const busy = stream?.finished === false
    const feedback = busy ? null : feedbackOf(exchange)
    lines.push({ kind: 'text', id: `${msgid} text`, at, text, busy, feedback })
  }
  // The reply to a pressed button takes the place of the card that has it.
  if (kind !== 'template_card_event') {
    cards.forEach((card, n) => lines.push(cardLine(state, card, `${msgid} card ${n}`, at)))
  }
  active.forEach(({ at, body }, n) => {
    const id = `${msgid} later ${n}`
    const card = body['template_card'] as Json | undefined
    const markdown = body['markdown'] as { content: string } | undefined
    if (card) lines.push(cardLine(state, card, id, at))
    else if (markdown) {
      lines.push({ kind: 'text', id, at, text: markdown.content, busy: false, feedback: null })
    }
  })
  if (complaints.length > 0) {
    const faults = complaints.map(describeComplaint)
    lines.push({ kind: 'failed', id: `${msgid} failed`, at, faults })
  }
  return lines
}

/** A card as it is now: presses may have changed it. */
const cardLine = ({ tasks }: BotState, card: Json, id: string, at: number): BotLine => {
  const task = card['task_id']
  const known = typeof task === 'string' && Object.hasOwn(tasks, task) ? tasks[task] : undefined
  return { kind: 'card', id, at, card: (known?.card ?? card) as unknown as BotCard }
}

const feedbackOf = ({ replies }: Exchange): string | null => {
  const streams = replies.map((reply) => reply?.['stream'] as Json | undefined)
  const ids = streams.map((stream) => (stream?.['feedback'] as { id?: string } | undefined)?.id)
  return ids.findLast((id) => id !== undefined) ?? null
}
