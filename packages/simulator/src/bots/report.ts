import type { Attempt, Exchange, Json } from '../world/bot-types.js'
import { describeComplaint } from './fault.js'
import { keysOf } from './plays.js'

const clip = (text: string, width: number): string => {
  const line = text.replace(/\s+/g, ' ')
  return line.length > width ? `${line.slice(0, width - 1)}…` : line
}

const attempts = (all: Attempt[]): string =>
  all.map(({ outcome, status, ms }) => `${status ?? outcome} ${ms} ms`).join(', ')

/** What the bot did, in a word or two. */
export const summary = ({ kind, replies, text, stream, cards }: Exchange): string => {
  const last = replies.at(-1)
  if (replies.length === 0) return '-'
  if (last === null || last === undefined) return 'empty'
  const name = String(last['response_type'] ?? last['msgtype'])
  const refreshed = stream && kind !== 'stream' ? ` (${replies.length} replies)` : ''
  const card = cards.at(-1)?.['card_type'] as string | undefined
  return [`${name}${refreshed}`, card, text === null ? null : JSON.stringify(clip(text, 40))]
    .filter((part) => part !== null && part !== undefined)
    .join(' ')
}

const cardLines = (card: Json): string[] => {
  const mainTitle = (card['main_title'] as Json | undefined)?.['title'] as string | undefined
  const title = mainTitle ?? (card['sub_title_text'] as string | undefined) ?? ''
  const keys = keysOf(card)
  const task = typeof card['task_id'] === 'string' ? ` task_id ${card['task_id']}` : ''
  return [
    `  card ${String(card['card_type'])}${task}: ${title}`,
    ...(keys.length === 0 ? [] : [`  buttons: ${keys.join(', ')}`]),
  ]
}

/** One exchange in full, for a person. */
export const describeExchange = (name: string, exchange: Exchange): string[] => [
  `${name}: ${attempts(exchange.attempts)}`,
  ...exchange.replies.map((reply) => `  < ${reply === null ? '(empty)' : JSON.stringify(reply)}`),
  ...(exchange.text === null ? [] : ['', ...exchange.text.split('\n').map((l) => `    ${l}`), '']),
  ...exchange.cards.flatMap(cardLines),
  ...exchange.complaints.map((found) => `  FAULT ${describeComplaint(found)}`),
  ...exchange.notes.map((found) => `  note  ${describeComplaint(found)}`),
]

export interface Row {
  name: string
  exchange: Exchange | null
  /** What was thrown besides a fault of the bot. */
  error: string | null
}

export const isFault = ({ exchange, error }: Row): boolean =>
  error !== null || (exchange?.complaints.length ?? 0) > 0

/** A table with a line per play; complaints stand below their line. */
export const table = (rows: Row[]): string[] => {
  const cells = rows.map(({ name, exchange, error }) => [
    name,
    exchange ? clip(attempts(exchange.attempts.slice(0, 1)), 16) : '-',
    exchange ? summary(exchange) : (error ?? 'not sent'),
  ])
  const widths = [0, 1].map((column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length), 4),
  )
  return rows.flatMap((row, at) => [
    `${isFault(row) ? 'FAULT' : 'ok   '}  ${(cells[at] ?? [])
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')}`.trimEnd(),
    ...(row.exchange?.complaints ?? []).map((found) => `       ${describeComplaint(found)}`),
    ...(row.exchange?.notes ?? []).map((found) => `       note ${describeComplaint(found)}`),
  ])
}
