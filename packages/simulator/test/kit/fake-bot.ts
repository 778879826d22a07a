import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { callbackSignature, openCallback, sealCallback } from '../../src/crypto/callback.js'

// Tests look into payloads of every shape.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Any = any

export const BOT_KEYS = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: '',
}

/** An answer over HTTP: `reply` is sealed as it should be, unless `raw` says what to send instead. */
export interface FakeAnswer {
  status?: number
  raw?: string
  reply?: Any
  /** Changes the envelope before it is sent. */
  spoil?: (envelope: Any) => Any
  hang?: boolean
}

/** A bot server for tests, that answers as the test wants. */
export class FakeBot {
  url = ''
  /** Payloads, opened, in the order of their arrival. */
  readonly got: Any[] = []
  /** The queries and bodies they came in. */
  readonly wire: { query: URLSearchParams; body: string }[] = []
  answer: (payload: Any, n: number) => FakeAnswer | Promise<FakeAnswer> = () => ({ raw: '' })
  echo: (text: string) => FakeAnswer = (text) => ({ raw: text })
  close: () => Promise<void> = () => Promise.resolve()

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://bot.invalid')
      let body = ''
      request.on('data', (part: Buffer) => (body += part.toString()))
      request.on('end', () => {
        void this.#handle(url, body).then(({ status = 200, raw = '', hang }) => {
          if (!hang) response.writeHead(status).end(raw)
        })
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bot?own=1`
    this.close = () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    return this
  }

  async #handle({ searchParams: query }: URL, body: string): Promise<FakeAnswer> {
    const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? '']
    const echo = query.get('echostr')
    const encrypt: string = echo ?? JSON.parse(body).encrypt
    const expected = callbackSignature(BOT_KEYS.token, timestamp, nonce, encrypt)
    if (query.get('msg_signature') !== expected) return { status: 403 }
    const text = openCallback(BOT_KEYS, encrypt)
    if (echo !== null) return this.echo(text)
    this.wire.push({ query, body })
    const payload = JSON.parse(text)
    const answer = await this.answer(payload, this.got.push(payload))
    if (answer.reply === undefined) return answer
    return { ...answer, raw: JSON.stringify(this.#envelope(answer, nonce, Number(timestamp))) }
  }

  #envelope({ reply, spoil }: FakeAnswer, nonce: string, timestamp: number): Any {
    const encrypt = sealCallback(BOT_KEYS, Buffer.alloc(16, 1), JSON.stringify(reply))
    const sign = callbackSignature(BOT_KEYS.token, String(timestamp), nonce, encrypt)
    const envelope = { encrypt, msgsignature: sign, timestamp, nonce }
    return spoil ? spoil(envelope) : envelope
  }
}

export const stream = (content: string, finish: boolean, id = 'stream-1') => ({
  reply: { msgtype: 'stream', stream: { id, finish, content } },
})

/** A good card of each kind, to break one thing in. */
export const goodCards = (): Record<string, Any> => ({
  text_notice: {
    card_type: 'text_notice',
    main_title: { title: '封笺', desc: '三人看过' },
    horizontal_content_list: [{ keyname: '看过', value: '3' }],
    jump_list: [{ type: 3, title: '帮助', question: '帮助' }],
    card_action: { type: 2, appid: 'wx0000000000000001', pagepath: 'pages/card/index?id=1' },
  },
  news_notice: {
    card_type: 'news_notice',
    main_title: { title: '统计' },
    card_image: { url: 'https://img.example/1.png', aspect_ratio: 1.5 },
    vertical_content_list: [{ title: '卡片', desc: '4' }],
    card_action: { type: 1, url: 'https://bff.example' },
  },
  button_interaction: {
    card_type: 'button_interaction',
    main_title: { title: '撤回？' },
    button_list: [
      { text: '撤回', style: 2, key: 'revoke:1' },
      { text: '保留', style: 1, key: 'keep:1' },
    ],
    task_id: 'task-1',
  },
  vote_interaction: {
    card_type: 'vote_interaction',
    main_title: { title: '延期' },
    checkbox: { question_key: 'days', mode: 0, option_list: [{ id: '3', text: '3 天' }] },
    submit_button: { text: '提交', key: 'submit' },
    task_id: 'task-2',
  },
  multiple_interaction: {
    card_type: 'multiple_interaction',
    main_title: { title: '延期' },
    select_list: [
      { question_key: 'days', title: '天数', option_list: [{ id: '3', text: '3 天' }] },
    ],
    submit_button: { text: '提交', key: 'submit' },
    task_id: 'task-3',
  },
})
