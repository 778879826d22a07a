import { createHash } from 'node:crypto'
import { openCallback, sealReply, skipFreshness } from '@sealcard/crypto'
import type { BotConfig } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import { WECOM } from './config.js'
import type { Answer, TestApp } from './test-app.js'

export interface Keys {
  readonly token: string
  readonly encodingAesKey: string
  readonly receiveId: string
}

export const KEYS: Keys = {
  token: 'TokenOfTheDesk0000000001',
  encodingAesKey: 'Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v',
  receiveId: '',
}
export const OTHER_KEYS: Keys = {
  token: 'TokenOfTheDesk0000000002',
  encodingAesKey: 'Xq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6w',
  receiveId: '',
}
export const MINI_PROGRAM = 'wx00000000000000aa'

const secrets = ({ token, encodingAesKey }: Keys) => ({
  token: new Secret(token),
  encodingAesKey: new Secret(encodingAesKey),
})

/** A bot `desk` of the WeCom app. */
export const deskBot = (change: Partial<BotConfig> = {}, keys = KEYS): BotConfig => ({
  id: 'desk',
  app: WECOM,
  ...secrets(keys),
  receiveId: keys.receiveId,
  miniProgramAppid: MINI_PROGRAM,
  ...change,
})
export const previousKeys = (keys: Keys, until?: number) => ({ ...secrets(keys), until })

/** What goes over the wire. */
export interface Wire {
  readonly query: Record<string, string>
  readonly body: string
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what the document promises
type Json = any

export interface Replied {
  readonly answer: Answer
  /** The reply, opened; null when empty. */
  readonly reply: Json
}

let counter = 0
const next = (what: string): string => `${what}-${(counter += 1)}`
const number = (n: number) => String(Math.floor(n / 1000))

/** The platform's side: seals, signs and sends; opens the reply and holds it to the documented form. */
export class BotSender {
  constructor(
    readonly app: TestApp,
    readonly keys: Keys = KEYS,
    readonly bot = 'desk',
    /** Who speaks, unless a message says otherwise. */
    readonly person = 'alice',
  ) {}

  get url(): string {
    return `/v1/bots/${this.bot}/callback`
  }

  seal(plaintext: string, nonce = next('nonce'), at = this.app.clock.now()): Wire {
    const { encrypt, msgsignature, timestamp } = sealReply(this.keys, plaintext, {
      timestamp: number(at),
      nonce,
    })
    return {
      query: { msg_signature: msgsignature, timestamp: String(timestamp), nonce },
      body: JSON.stringify({ encrypt }),
    }
  }

  message(payload: object): object {
    return {
      msgid: next('msg'),
      aibotid: 'AIBOT',
      chattype: 'single',
      from: { userid: this.person },
      ...payload,
    }
  }

  async post({ query, body }: Wire, headers: Record<string, string> = {}): Promise<Answer> {
    return this.app.call('POST', `${this.url}?${new URLSearchParams(query)}`, { body, headers })
  }

  /** Sends a payload and opens what comes back. */
  async send(payload: object, wire = this.seal(JSON.stringify(payload))): Promise<Replied> {
    const answer = await this.post(wire)
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`)
    return { answer, reply: this.open(answer, wire) }
  }

  open(answer: Answer, wire: Wire): Json {
    if (answer.text === '') return null
    expect(Object.keys(answer.body)).toEqual(['encrypt', 'msgsignature', 'timestamp', 'nonce'])
    const { encrypt, msgsignature, timestamp, nonce } = answer.body
    expect(typeof timestamp).toBe('number')
    expect(nonce).toBe(wire.query['nonce'])
    const { message } = openCallback(
      this.keys,
      { msgSignature: msgsignature, timestamp: String(timestamp), nonce, encrypt },
      { tolerance: skipFreshness },
    )
    return JSON.parse(message)
  }

  async say(content: string, more: object = {}): Promise<Json> {
    const payload = this.message({ msgtype: 'text', text: { content }, ...more })
    return (await this.send(payload)).reply
  }

  async press(card: Json, key: string, more: object = {}): Promise<Json> {
    const event = {
      eventtype: 'template_card_event',
      template_card_event: {
        card_type: card.card_type,
        event_key: key,
        task_id: card.task_id,
        selected_items: { selected_item: [] },
      },
    }
    const at = Math.floor(this.app.clock.now() / 1000)
    const payload = this.message({ msgtype: 'event', create_time: at, event, ...more })
    return (await this.send(payload)).reply
  }

  async event(eventtype: string, more: object = {}, body: object = {}): Promise<Json> {
    const at = Math.floor(this.app.clock.now() / 1000)
    const event = { eventtype, ...(Object.keys(body).length > 0 && { [eventtype]: body }) }
    const payload = this.message({ msgtype: 'event', create_time: at, event, ...more })
    return (await this.send(payload)).reply
  }

  async poll(id: string, more: object = {}): Promise<Json> {
    return (await this.send(this.message({ msgtype: 'stream', stream: { id }, ...more }))).reply
  }
}

/** The signature of any strings, as the platform's; for forging. */
export const sign = (...parts: string[]): string =>
  createHash('sha1').update(parts.sort().join('')).digest('hex')
