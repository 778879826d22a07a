import type { Client, SimulatorClient } from '@sealcard/simulator'

export interface Answer {
  status: number
  retryAfter: number
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what the schemas promise
  body: any
}

interface Call {
  body?: unknown
  key?: string
}

const SCRIPT = {
  wechat: { login: 'login', page: 'pages/compose/index#1' },
  wecom: { login: 'qy.login', page: 'pages/compose/index#1' },
}

/** A person with a phone of the simulator, who calls the service without a screen. */
export class Member {
  token = ''

  constructor(
    readonly person: string,
    readonly client: Client,
    private readonly control: SimulatorClient,
    public bffUrl: string,
  ) {}

  get phone() {
    return this.control.phone(`${this.person}-${this.client}`)
  }

  async call(method: string, path: string, { body, key }: Call = {}): Promise<Answer> {
    const response = await fetch(this.bffUrl + path, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      retryAfter: Number(response.headers.get('retry-after')),
      body: text === '' ? undefined : JSON.parse(text),
    }
  }

  /** A code from the platform, good once. */
  async code(): Promise<string> {
    const answer = await this.phone.wx(SCRIPT[this.client].login)
    if (!answer.ok) throw new Error(answer.res.errMsg)
    return String(answer.res['code'])
  }

  async logIn(code?: string): Promise<Answer> {
    const body = { app: `demo-${this.client}`, code: code ?? (await this.code()) }
    const session = await this.call('POST', '/v1/sessions', { body })
    if (session.status === 201) this.token = session.body.token
    return session
  }

  createCard(title: string, body: string, key = title.replaceAll(' ', '-')): Promise<Answer> {
    return this.call('POST', '/v1/cards', { body: { title, body }, key })
  }

  share(cardId: string): Promise<Answer> {
    return this.call('POST', `/v1/cards/${cardId}/shares`)
  }

  open(shareId: string, proof: unknown): Promise<Answer> {
    return this.call('POST', `/v1/shares/${shareId}/openings`, { body: proof })
  }

  /** Sends the shared card into a chat. @returns the card in the chat */
  async send(share: Answer['body'], chat: string): Promise<string> {
    const { page } = SCRIPT[this.client]
    const declared =
      this.client === 'wechat'
        ? await this.phone.wx(
            'updateShareMenu',
            { withShareTicket: true, isPrivateMessage: true, activityId: share.declare.activityId },
            page,
          )
        : await this.phone.wx(
            'qy.setShareAttr',
            { withShareTicket: true, state: share.declare.state },
            page,
          )
    if (!declared.ok) throw new Error(declared.res.errMsg)
    const sheet = { title: share.title, path: share.path }
    return (await this.phone.share({ page, from: 'button', chat, share: sheet })).card.id
  }

  /** What the platform gives this person's client about a card in a chat. */
  async prove(card: string): Promise<{ encryptedData: string; iv: string }> {
    const { shareTicket } = await this.phone.open({ via: 'card', card })
    const ticket =
      this.client === 'wechat'
        ? shareTicket
        : ((await this.phone.wx('qy.getContext')).res as Record<string, unknown>)['shareTicket']
    const api = this.client === 'wechat' ? 'authPrivateMessage' : 'qy.getShareInfo'
    const { res } = await this.phone.wx(api, { shareTicket: ticket })
    const { encryptedData, iv } = res as Record<string, unknown>
    return { encryptedData: String(encryptedData), iv: String(iv) }
  }
}
