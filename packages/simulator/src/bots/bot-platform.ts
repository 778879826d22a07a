import {
  ATTEMPTS,
  type BotConfig,
  type BotSettings,
  type BotState,
  type EventKind,
  type Exchange,
  type Json,
  type MessageKind,
  type SentKind,
  STREAM_MS,
} from '../world/bot-types.js'
import { deliver, deliverAll, type BotPorts, type Delivered } from './delivery.js'
import { openReply } from './envelope.js'
import { BotReplyFault, BotSendRefused, complaint } from './fault.js'
import { byMsgid, enter, newExchange, takeReply } from './ledger.js'
import type { MediaStore } from './media-store.js'
import { eventPayload, messagePayload, streamPayload, type Origin, type Quote } from './payloads.js'
import { sameReply } from './same-reply.js'
import { verifyUrl, type UrlCheck } from './verify-url.js'

/** Who says it, where, and how often. */
export interface SendOptions {
  /** userid. */
  from: string
  /** Of the person's corp, when it is another one than the bot's. */
  corpid?: string | undefined
  /** chatid of a group; absent: the 1-to-1 chat. */
  chat?: string | undefined
  quote?: Quote | undefined
  /** Deliveries of the same message at the same time. */
  repeat?: number | undefined
  /** Repeats: the same bytes (`once`, the default) or each signed for itself. */
  sign?: 'each' | 'once' | undefined
  /** false: stop after the first reply; then `pollStream` or `followStream`. */
  follow?: boolean | undefined
  /** For sending the same message again later: its msgid. */
  msgid?: string | undefined
}

export interface Click {
  from: string
  corpid?: string | undefined
  chat?: string | undefined
  task_id: string
  event_key: string
  card_type?: string | undefined
  /** question_key → chosen option ids. */
  selected_items?: Record<string, string[]> | undefined
  repeat?: number | undefined
  sign?: 'each' | 'once' | undefined
}

export interface Feedback {
  from: string
  corpid?: string | undefined
  chat?: string | undefined
  id: string
  /** 1 accurate, 2 inaccurate, 3 taken back. */
  type: 1 | 2 | 3
  content?: string | undefined
  inaccurate_reason_list?: (1 | 2 | 3 | 4)[] | undefined
}

export interface BotHost {
  config: () => BotConfig
  state: () => BotState
  settings: () => BotSettings
  ports: BotPorts
  media: MediaStore
  /** Address that serves response_url and media. */
  origin: () => Promise<string>
  /** Something in the state changed. */
  changed: () => void
}

export type MixedItem = { text: string } | { image: Buffer }

const FILE_BYTES = 100 * 1024 * 1024
const DAY_MS = 86_400_000
const BEIJING_MS = 8 * 3_600_000

/** The platform's side of one smart bot: signs and sends, opens and judges, refreshes streams. Throws BotReplyFault. */
export class BotPlatform {
  /** msgid → whose message is still being answered, and since when. */
  readonly #inFlight = new Map<string, { from: string; at: number }>()

  constructor(private readonly host: BotHost) {}

  get config(): BotConfig {
    return this.host.config()
  }
  /** What happened, oldest first. */
  get exchanges(): Exchange[] {
    return this.host.state().exchanges
  }
  #now(): number {
    return this.host.ports.clock.now()
  }
  #hex(bytes: number): string {
    return this.host.ports.random.bytes(bytes).toString('hex')
  }

  /** The GET with echostr: within a second, byte for byte. */
  async verifyUrl(): Promise<UrlCheck> {
    const result = await verifyUrl(this.host.ports, this.config)
    if (result.complaints.length > 0) throw new BotReplyFault(result.complaints)
    return result
  }

  /** In a group the text begins with the bot's @name, as the client puts it there. */
  sendText({ text, ...options }: SendOptions & { text: string }): Promise<Exchange> {
    return this.#message('text', { content: this.#mention(text, options.chat) }, options)
  }

  async sendMixed({ items, ...options }: SendOptions & { items: MixedItem[] }): Promise<Exchange> {
    const msg_item = []
    for (const item of items) {
      msg_item.push(
        'text' in item
          ? { msgtype: 'text', text: { content: this.#mention(item.text, options.chat) } }
          : { msgtype: 'image', image: { url: await this.#mediaUrl(item.image) } },
      )
    }
    return this.#message('mixed', { msg_item }, options)
  }

  async sendImage({ image, ...options }: SendOptions & { image: Buffer }): Promise<Exchange> {
    return this.#message('image', { url: await this.#mediaUrl(image) }, options)
  }
  /** @param options.transcript Q28: the platform sends what it heard, not the sound. */
  sendVoice({ transcript, ...options }: SendOptions & { transcript: string }): Promise<Exchange> {
    return this.#message('voice', { content: transcript }, options)
  }
  async sendFile({ file, ...options }: SendOptions & { file: Buffer }): Promise<Exchange> {
    if (file.length > FILE_BYTES) throw new BotSendRefused('5.4', 'a file has at most 100 MB')
    return this.#message('file', { url: await this.#mediaUrl(file) }, options)
  }
  /** Documented for the long connection; for callbacks UNCONFIRMED. */
  async sendVideo({ video, ...options }: SendOptions & { video: Buffer }): Promise<Exchange> {
    return this.#message('video', { url: await this.#mediaUrl(video) }, options)
  }

  /** Q27: the platform reports only the first entry of the day (Beijing); null: it sends nothing. */
  async enterChat({
    from,
    corpid,
    force = false,
  }: {
    from: string
    corpid?: string | undefined
    force?: boolean | undefined
  }): Promise<Exchange | null> {
    const { entered } = this.host.state()
    const day = Math.floor((this.#now() + BEIJING_MS) / DAY_MS)
    if (!force && Object.hasOwn(entered, from) && entered[from] === day) return null
    entered[from] = day
    return this.#event('enter_chat', { from, corpid }, null)
  }

  /** A person presses a button of a card. What `click` leaves out comes from the card with this task_id. */
  clickButton(click: Click): Promise<Exchange> {
    const { tasks } = this.host.state()
    const shown = Object.hasOwn(tasks, click.task_id) ? tasks[click.task_id] : undefined
    const selected_item = Object.entries(click.selected_items ?? {}).map(([question_key, ids]) => ({
      question_key,
      option_ids: { option_id: ids },
    }))
    const body = {
      card_type: click.card_type ?? shown?.card['card_type'] ?? 'button_interaction',
      event_key: click.event_key,
      task_id: click.task_id,
      ...(selected_item.length === 0 ? {} : { selected_items: { selected_item } }),
    }
    const chat = click.chat ?? shown?.chatid ?? undefined
    return this.#event('template_card_event', { ...click, chat }, body)
  }

  feedback({ from, corpid, chat, ...body }: Feedback): Promise<Exchange> {
    return this.#event('feedback_event', { from, corpid, chat }, body)
  }

  /** One refresh of a stream (Q28). @param corpid as if a person of that corp saw it @returns the exchange it belongs to. */
  async pollStream(id: string, corpid?: string): Promise<Exchange> {
    const { exchange, record } = this.#streamOf(id)
    record.polls += 1
    const { from, chatid } = exchange
    const origin = this.#origin({ from, corpid: corpid ?? corpidOf(exchange), chat: chatid })
    const text = JSON.stringify(streamPayload(origin, id))
    const delivered = await deliver(this.host.ports, this.config, text, {
      attempts: 1,
      retrySigns: 'each',
    })
    exchange.attempts.push(...delivered.attempts)
    if (delivered.answer === null) {
      exchange.notes.push(complaint('5.3', 'stream', `refresh ${record.polls} was not answered`))
    }
    this.#settle(exchange, 'stream', delivered)
    return this.#ended(exchange)
  }

  /** Refreshes until the bot finishes the stream, or 6 minutes have passed. */
  async followStream(id: string): Promise<Exchange> {
    const { exchange, record } = this.#streamOf(id)
    const every = this.host.settings().pollEveryMs
    let waited = 0
    try {
      while (exchange.stream?.finished === false) {
        if (Math.max(this.#now() - record.startedAt, waited) >= STREAM_MS) {
          const late = complaint('5.6', 'stream.finish', 'did not come within 6 minutes')
          exchange.complaints.push(late)
          break
        }
        await this.host.ports.timer.wait(every)
        waited += every
        await this.pollStream(id)
      }
    } finally {
      this.#inFlight.delete(exchange.msgid)
    }
    return this.#ended(exchange)
  }

  async #message(kind: MessageKind, content: Json, options: SendOptions): Promise<Exchange> {
    const groupToo = kind === 'text' || kind === 'mixed'
    if (options.chat !== undefined && !groupToo) {
      throw new BotSendRefused('5.4', `${kind} is sent in 1-to-1 chats only`)
    }
    this.#mustBeFree(options.from)
    const origin = this.#origin(options)
    this.#inFlight.set(origin.msgid, { from: options.from, at: this.#now() })
    try {
      const url = await this.#responseUrl(origin)
      const sent = messagePayload(origin, kind, content, url, options.quote)
      const exchange = await this.#exchange(kind, origin, sent, options)
      const id = exchange.stream?.finished === false ? exchange.stream.id : null
      if (id === null || options.follow === false) return exchange
      return await this.followStream(id)
    } finally {
      const running = byMsgid(this.host.state(), origin.msgid)?.stream?.finished === false
      if (!running || options.follow !== false) this.#inFlight.delete(origin.msgid)
    }
  }

  async #event(kind: EventKind, options: SendOptions, body: Json | null): Promise<Exchange> {
    const origin = this.#origin({ ...options, msgid: undefined })
    const url = kind === 'template_card_event' ? await this.#responseUrl(origin) : null
    const sent = eventPayload(origin, kind, this.#now(), body, url)
    return this.#exchange(kind, origin, sent, options)
  }

  async #exchange(
    kind: SentKind,
    origin: Origin,
    sent: Json,
    { repeat = 1, sign = 'once' }: Pick<SendOptions, 'repeat' | 'sign'>,
  ): Promise<Exchange> {
    const exchange = newExchange({
      msgid: origin.msgid,
      kind,
      at: this.#now(),
      from: origin.from,
      chatid: origin.chatid,
      sent,
    })
    enter(this.host.state(), exchange)
    this.host.changed()
    const [first, ...others] = await deliverAll(
      this.host.ports,
      this.config,
      JSON.stringify(sent),
      {
        times: repeat,
        sign,
        // Q27: a card event is sent once and dropped after 5 s.
        attempts: kind === 'template_card_event' ? 1 : ATTEMPTS,
        retrySigns: this.host.settings().retrySigns,
      },
    )
    if (first) {
      exchange.attempts.push(...first.attempts)
      this.#settle(exchange, kind, first)
    }
    for (const other of others) this.#settleRepeat(exchange, other)
    return this.#ended(exchange)
  }

  #settle(exchange: Exchange, sent: SentKind, { attempts, answer }: Delivered): void {
    if (answer === null) {
      if (sent === 'stream') return
      const last = attempts.at(-1)?.outcome === 'timeout' ? 'no answer within 5 s' : 'unreachable'
      exchange.complaints.push(complaint('5.3', '', `${last} (${attempts.length} attempts)`))
      return
    }
    const opened = openReply(this.config, answer, answer.nonce, this.#now())
    if (opened.kind === 'empty') {
      exchange.replies.push(null)
      return
    }
    exchange.notes.push(...opened.notes)
    if (opened.kind === 'bad') exchange.complaints.push(...opened.complaints)
    else takeReply(this.host.state(), exchange, sent, opened.reply, this.#now())
  }

  /** Q28: callbacks repeat, and msgid identifies a repeat. The bot may answer it with nothing or with the same. */
  #settleRepeat(exchange: Exchange, { attempts, answer }: Delivered): void {
    exchange.attempts.push(...attempts)
    if (answer === null) {
      exchange.complaints.push(complaint('5.3', '', 'a repeated delivery was not answered'))
      return
    }
    const opened = openReply(this.config, answer, answer.nonce, this.#now())
    if (opened.kind === 'bad') exchange.complaints.push(...opened.complaints)
    const reply = opened.kind === 'reply' ? opened.reply : null
    exchange.repeats.push(reply)
    const before = exchange.replies[0] ?? null
    if (reply !== null && before !== null && !sameReply(reply, before)) {
      exchange.complaints.push(complaint('5.4', 'msgid', 'a repeat was answered differently'))
    }
    // Either of the two connections may have carried the reply that counts.
    if (reply !== null && before === null) {
      exchange.replies.length = 0
      takeReply(this.host.state(), exchange, exchange.kind, reply, this.#now())
    }
  }

  #ended(exchange: Exchange): Exchange {
    if (exchange.stream?.finished) this.#inFlight.delete(exchange.msgid)
    this.host.changed()
    if (exchange.complaints.length > 0) throw new BotReplyFault(exchange.complaints, exchange)
    return exchange
  }

  /** Q28: at most three messages of one person in flight; a stream counts until it ends. */
  #mustBeFree(from: string): void {
    const max = this.host.settings().messagesInFlight
    let busy = 0
    for (const [msgid, message] of this.#inFlight) {
      if (this.#now() - message.at > STREAM_MS) this.#inFlight.delete(msgid)
      else if (message.from === from) busy += 1
    }
    if (busy >= max) throw new BotSendRefused('5.4', `${from} has ${busy} messages in flight`)
  }

  #streamOf(id: string) {
    const state = this.host.state()
    const record = Object.hasOwn(state.streams, id) ? state.streams[id] : undefined
    const exchange = record && byMsgid(state, record.msgid)
    if (!record || !exchange) throw new BotSendRefused('5.4', `there is no stream ${id}`)
    return { record, exchange }
  }

  #origin({
    from,
    corpid,
    chat = null,
    msgid = this.#hex(16),
  }: Omit<SendOptions, 'chat'> & { chat?: string | null | undefined }): Origin {
    return { aibotid: this.config.aibotid, msgid, from, corpid, chatid: chat }
  }

  #mention(text: string, chat: string | undefined): string {
    return chat === undefined || text.startsWith('@') ? text : `@${this.config.name} ${text}`
  }

  async #responseUrl({ msgid, chatid }: Origin): Promise<string> {
    const code = this.#hex(24)
    this.host.state().responses[code] = {
      msgid,
      single: chatid === null,
      issuedAt: this.#now(),
      usedAt: null,
    }
    const base = await this.host.origin()
    return `${base}/qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=${code}`
  }

  async #mediaUrl(bytes: Buffer): Promise<string> {
    const code = this.host.media.put(this.config.encodingAesKey, bytes)
    return `${await this.host.origin()}/bot-media/${code}`
  }
}

/** The person who sees a stream refreshes it; they are in the corp of the person who asked. */
const corpidOf = ({ sent }: Exchange): string | undefined =>
  (sent['from'] as { corpid?: string } | undefined)?.corpid
