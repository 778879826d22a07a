import type { CallbackKeys } from '../crypto/callback.js'

/** One bot, as an administrator of the corp enters it. */
export interface BotConfig extends CallbackKeys {
  /** The bot server's callback URL. */
  url: string
  aibotid: string
  /** How the chat with it is called. */
  name: string
}

/** What the platform leaves open (UNCONFIRMED), each with the simulator's choice. */
export interface BotSettings {
  /** Error of a response_url taken twice or after its hour. Only documented: 60140, for app template cards. */
  usedResponseErrCode: number
  /** Whether a retry is signed anew (other timestamp, nonce, ciphertext, same msgid) or the same bytes again. */
  retrySigns: 'each' | 'once'
  /** How long the platform waits between two refreshes of a stream. */
  pollEveryMs: number
  /** Q28: at most 3 messages of one person and one bot at once. */
  messagesInFlight: number
}

export const defaultBotSettings = (): BotSettings => ({
  usedResponseErrCode: 60_140,
  retrySigns: 'each',
  pollEveryMs: 1000,
  messagesInFlight: 3,
})

/** Something a bot does that the platform would not take, or its people would not see. */
export interface Complaint {
  /** Section of the platform contract, e.g. `5.6`; SIMULATOR.md lists the sources. */
  clause: string
  /** Where, e.g. `template_card.button_list.0.key`; empty: the whole. */
  path: string
  message: string
}

export type MessageKind = 'text' | 'image' | 'mixed' | 'voice' | 'file' | 'video'
export type EventKind = 'enter_chat' | 'template_card_event' | 'feedback_event'
export type SentKind = MessageKind | EventKind | 'stream'

export type Json = Record<string, unknown>

/** One delivery over HTTP. */
export interface Attempt {
  outcome: 'answer' | 'timeout' | 'unreachable'
  status: number | null
  ms: number
}

export interface ActiveReply {
  at: number
  body: Json
}

/** One message or event: what was sent, and all that came of it. */
export interface Exchange {
  msgid: string
  kind: SentKind
  at: number
  /** userid. */
  from: string
  /** null: 1-to-1. */
  chatid: string | null
  /** The payload, before it was encrypted. */
  sent: Json
  attempts: Attempt[]
  /** Replies as the bot sealed them, opened; streams: each refresh that answered. null: an empty reply. */
  replies: (Json | null)[]
  /** What repeated deliveries of the same message were answered. */
  repeats: (Json | null)[]
  /** What the person reads: a text, or the stream's latest content; null: nothing. */
  text: string | null
  /** Stream: its id and whether it is over. */
  stream: { id: string; finished: boolean } | null
  /** Template cards shown, updates included. */
  cards: Json[]
  /** What came later through response_url. */
  active: ActiveReply[]
  complaints: Complaint[]
  /** Not documented, but no fault: unknown fields, for one. */
  notes: Complaint[]
}

/** All that the platform remembers about a bot, as plain data. */
export interface BotState {
  /** Oldest first; the last five hundred. */
  exchanges: Exchange[]
  streams: Record<string, StreamRecord>
  /** task_id → the card that is shown under it and the message it answered. */
  tasks: Record<string, { msgid: string; card: Json; chatid: string | null }>
  /** response_code → what it is for. */
  responses: Record<string, ResponseRecord>
  /** userid → last day (Beijing) on which enter_chat was sent. */
  entered: Record<string, number>
}

export interface StreamRecord {
  msgid: string
  from: string
  startedAt: number
  polls: number
}

/** Times, in milliseconds. */
export const URL_CHECK_MS = 1000
export const CALLBACK_MS = 5000
export const STREAM_MS = 6 * 60_000
export const RESPONSE_MS = 60 * 60_000
export const MEDIA_MS = 5 * 60_000
export const ATTEMPTS = 3
export const KEPT_EXCHANGES = 500

export interface ResponseRecord {
  msgid: string
  single: boolean
  issuedAt: number
  usedAt: number | null
}

export const emptyBotState = (): BotState => ({
  exchanges: [],
  streams: {},
  tasks: {},
  responses: {},
  entered: {},
})
