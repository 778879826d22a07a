import { request } from 'node:http'
import type { BridgeAnswer, PhoneClient, SentCard, WebCall } from '@sealcard/simulator'
import { WEB_APP, WEB_ORIGIN, type WebStack } from './web-stack.js'

/** An answer as a browser gets it. */
export interface WebAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what the contract promises
  readonly body: any
}

export interface PageProof {
  readonly encryptedData: string
  readonly iv: string
}

interface Asked {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const API_LIST = ['setShareAttr', 'getContext', 'getShareInfo', 'shareAppMessage', 'checkJsApi']

/**
 * A web page on a phone of the simulated world, without a browser: it has the cookies, the bridge and the live address,
 * and no more. What the page's script would do, a test does, also what no script of ours ever does.
 */
export class WebPhone {
  readonly cookies = new Map<string, string>()
  /** As `location.href`. */
  address = `${WEB_ORIGIN}/h5/`
  readonly #client: PhoneClient
  #view = ''
  #verify: Record<string, string> = {}

  constructor(
    private readonly stack: Pick<WebStack, 'simulator' | 'control' | 'bff'>,
    readonly id: string,
  ) {
    this.#client = stack.control.phone(id)
  }

  /** The client opens a link, or a card of a chat. */
  async open(call: WebCall): Promise<this> {
    const { view, address } = await this.#client.openWeb(call)
    this.#view = view
    this.address = address
    this.#verify = {}
    return this
  }

  /** A navigation: with the cookies, which its answer may set. */
  visit(path: string, headers: Asked['headers'] = {}): Promise<WebAnswer> {
    return this.#ask(path, { headers })
  }

  /** A call of the page's script. */
  call(method: string, path: string, body?: unknown, headers: Asked['headers'] = {}) {
    const own = { 'x-sealcard': '1', ...(method !== 'GET' && { origin: WEB_ORIGIN }) }
    return this.#ask(path, { method, body, headers: { ...own, ...headers } })
  }

  /** Begins a login. @returns the platform's address */
  async leave(to = '/h5/'): Promise<string> {
    const query = new URLSearchParams({ app: WEB_APP, to }).toString()
    const { status, headers, text } = await this.visit(`/h5/login?${query}`)
    if (status !== 302) throw new Error(`${status} ${text}`)
    return String(headers['location'])
  }

  /** The platform's page, as this phone has it. @returns the path of ours that it sends to, with code and state */
  async authorize(address: string): Promise<string> {
    const { pathname, search, host } = new URL(address)
    const frame = `${host.replaceAll('.', '-')}.${this.id}.localhost`
    const { headers, text } = await send(this.stack.simulator.url, pathname + search, {
      headers: { host: `${frame}:${new URL(this.stack.simulator.url).port}` },
    })
    const { location } = headers
    if (typeof location !== 'string') throw new Error(text)
    const back = new URL(location)
    return back.pathname + back.search
  }

  /** The whole way. */
  async login(to = '/h5/'): Promise<this> {
    const { status, text } = await this.visit(await this.authorize(await this.leave(to)))
    if (status !== 303) throw new Error(`${status} ${text}`)
    return this
  }

  /** As the SDK's `register`, over the live address unless another is named. */
  async register(url = this.address.split('#')[0]): Promise<BridgeAnswer> {
    const { body, status, text } = await this.call('POST', '/v1/h5/signatures', {
      app: WEB_APP,
      url,
    })
    if (status !== 200) throw new Error(`${status} ${text}`)
    this.#verify = {}
    const answer = await this.invoke('agentConfig', {
      corpid: body.corpId,
      agentid: String(body.agentId),
      timestamp: String(body.timestamp),
      nonceStr: body.nonceStr,
      signature: body.signature,
      jsApiList: API_LIST,
    })
    this.#verify = { verifySignature: body.signature }
    return answer
  }

  /** `WeixinJSBridge.invoke`. */
  invoke(api: string, args: Record<string, unknown> = {}): Promise<BridgeAnswer> {
    return this.#client.bridge(api, { ...this.#at(), args: { ...args, ...this.#verify } })
  }

  /** The person shares the page to a chat. @returns the card in the chat */
  async share(chat: string, link: string): Promise<string> {
    const args = { title: '一张私密卡片', desc: '', link, imgUrl: '', ...this.#verify }
    const sent: SentCard = await this.#client.shareWeb({
      ...this.#at(),
      api: 'shareAppMessage',
      chat,
      args,
    })
    return sent.card.id
  }

  /** What the platform gives who opened a card; a text is its refusal. */
  async prove(): Promise<PageProof | string> {
    const context = (await this.invoke('getContext')) as Record<string, unknown>
    const { shareTicket } = context
    if (typeof shareTicket !== 'string') return String(context['err_msg'])
    const info = (await this.invoke('getShareInfo', { shareTicket })) as Record<string, unknown>
    const { encryptedData, iv } = info
    if (typeof encryptedData !== 'string' || typeof iv !== 'string') return String(info['err_msg'])
    return { encryptedData, iv }
  }

  #at() {
    return { view: this.#view, document: 'doc-1', address: this.address }
  }

  async #ask(path: string, { method = 'GET', body, headers = {} }: Asked): Promise<WebAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await send(this.stack.bff.url, path, {
      method,
      body,
      headers: { host: new URL(WEB_ORIGIN).host, ...(cookie && { cookie }), ...headers },
    })
    for (const text of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
      if (/;\s*Max-Age=0\b/i.test(text)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return answer
  }
}

/** With a `Host` of the caller's, which `fetch` does not let it choose. */
const send = (base: string, path: string, { method = 'GET', body, headers = {} }: Asked) => {
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const json = payload === undefined ? {} : { 'content-type': 'application/json' }
  const { hostname, port } = new URL(base)
  return new Promise<WebAnswer>((resolve, reject) => {
    const asked = request(
      { hostname, port, path, method, headers: { ...json, ...headers }, agent: false },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => (text += part))
        answer.on('error', reject)
        answer.on('end', () => {
          const isJson = /\/(problem\+)?json\b/.test(answer.headers['content-type'] ?? '')
          const { statusCode = 0 } = answer
          const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : undefined
          resolve({ status: statusCode, headers: answer.headers, text, body: parsed })
        })
      },
    )
    asked.on('error', reject)
    asked.end(payload)
  })
}
