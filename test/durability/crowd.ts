import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCallbackKey, openCallback, sealReply, skipFreshness } from '@sealcard/crypto'
import type { LeanStack } from '../support/lean-stack.js'

const BOT = {
  token: 'TokenOfTheDesk0000000001',
  encodingAesKey: 'Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v',
  receiveId: '',
}
const SESSION_KEY = createHash('sha256').update('crowd').digest().subarray(0, 16)

/** As much of WeCom as logging in needs: whoever sends `name` as a code is called so. */
export const startCrowdPlatform = async () => {
  const server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(String(request.url), 'http://platform')
    const answer = pathname.endsWith('/gettoken')
      ? { access_token: 'crowd', expires_in: 7200 }
      : {
          userid: searchParams.get('js_code'),
          corpid: 'ww0000000000000001',
          session_key: SESSION_KEY.toString('base64'),
        }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...answer }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    /** Of the service: its only app and its bot. */
    config: {
      apps: [
        {
          id: 'crowd',
          platform: 'wecom',
          corpid: 'ww0000000000000001',
          agentid: 1,
          secret: 'crowd',
          apiBase: `http://127.0.0.1:${port}`,
        },
      ],
      bots: [{ id: 'desk', app: 'crowd', ...BOT }],
    },
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

type Kind = 'opening' | 'session' | 'acknowledgement' | 'callback'

interface Answer {
  readonly status: number
  readonly text: string
}

/** One request of the crowd. The same once more is `send` again. */
export interface Deed {
  readonly kind: Kind
  /** Who does it. */
  readonly name: string
  send(): Promise<Answer>
  /** Of the answer when it was acknowledged. */
  text?: string
}

/** People who do the same at the same moment: they open a card, acknowledge it, log in, and write to the bot. */
export class Crowd {
  readonly #tokens = new Map<string, string>()
  #count = 0
  #share = { id: '', state: '' }
  cardId = ''
  owner = ''

  constructor(
    private readonly bff: LeanStack['bff'],
    readonly names: readonly string[],
  ) {}

  /** One shared card, and a session for each person. */
  async gather(): Promise<void> {
    this.owner = JSON.parse((await this.#logIn('owner')).text).token
    const card = await this.#made('/v1/cards', { title: 'One', body: 'For all' })
    this.cardId = card.id
    const { id, declare } = await this.#made(`/v1/cards/${card.id}/shares`, {})
    this.#share = { id, state: declare.state }
    for (const name of this.names)
      this.#tokens.set(name, JSON.parse((await this.#logIn(name)).text).token)
  }

  /** A proof of its own each time. */
  opens(name: string): Deed {
    const iv = randomBytes(16)
    const cipher = createCipheriv('aes-128-cbc', SESSION_KEY, iv)
    const info = { chatId: 'chat', state: this.#share.state, curReceiver: name }
    const data = Buffer.concat([cipher.update(JSON.stringify(info)), cipher.final()])
    const body = { encryptedData: data.toString('base64'), iv: iv.toString('base64') }
    const token = this.#tokens.get(name)
    const url = `/v1/shares/${this.#share.id}/openings`
    return { kind: 'opening', name, send: () => this.ask('POST', url, { token, body }) }
  }

  acknowledges(name: string, openingId: string): Deed {
    const url = `/v1/openings/${openingId}/acknowledgement`
    const token = this.#tokens.get(name)
    return {
      kind: 'acknowledgement',
      name,
      send: () => this.ask('POST', url, { token, body: {} }),
    }
  }

  logsIn(name: string): Deed {
    return { kind: 'session', name, send: () => this.#logIn(name) }
  }

  /** The same bytes each time: a repetition of the platform’s. @param msgid of the message */
  writes(name: string, msgid = `m-${(this.#count += 1)}`): Deed & { readonly msgid: string } {
    const message = { msgid, from: { userid: name }, chattype: 'single' }
    const said = JSON.stringify({ ...message, msgtype: 'text', text: { content: '帮助' } })
    const sealed = sealReply(BOT, said, {
      timestamp: Math.floor(Date.now() / 1000),
      nonce: `crowd-${this.#count}`,
    })
    const query = new URLSearchParams({
      msg_signature: sealed.msgsignature,
      timestamp: String(sealed.timestamp),
      nonce: sealed.nonce,
    })
    const body = { encrypt: sealed.encrypt }
    const url = `/v1/bots/desk/callback?${query.toString()}`
    return { kind: 'callback', name, msgid, send: () => this.ask('POST', url, { body }) }
  }

  async ask(
    method: string,
    path: string,
    { token, body }: { token?: string | undefined; body?: unknown } = {},
  ): Promise<Answer> {
    const response = await fetch(this.bff.url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, text: await response.text() }
  }

  #logIn(name: string): Promise<Answer> {
    return this.ask('POST', '/v1/sessions', { body: { app: 'crowd', code: name } })
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what the schemas promise
  async #made(path: string, body: object): Promise<any> {
    const { status, text } = await this.ask('POST', path, { token: this.owner, body })
    expect(status).toBe(201)
    return JSON.parse(text)
  }
}

/** What the service says when it has done it. */
export const DONE: Readonly<Record<Kind, number>> = {
  opening: 201,
  session: 201,
  acknowledgement: 204,
  callback: 200,
}

/** The reply inside the body of a response to a callback. */
export const replyIn = (text: string): string => {
  const { encrypt, msgsignature, timestamp, nonce } = JSON.parse(text)
  const sealed = { msgSignature: msgsignature, timestamp: String(timestamp), nonce, encrypt }
  return openCallback(createCallbackKey(BOT), sealed, { tolerance: skipFreshness }).message
}
