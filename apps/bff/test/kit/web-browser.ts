import { deriveTicketKey } from '@sealcard/crypto'
import type { Config } from '../../src/core/config/config.js'
import type { TicketKind } from '../../src/platforms/registry/web-platform.js'
import type { WecomAppConfig, WecomH5Config } from '../../src/platforms/wecom/wecom-app.js'
import { testConfig, WECOM } from './config.js'
import { wecomProof } from './proofs.js'
import type { Answer, TestApp } from './test-app.js'

export const ORIGIN = 'https://cards.example.com'
export const SESSION_COOKIE = '__Host-sealcard_h5'
export const LOGIN_COOKIE = '__Host-sealcard_h5_login'

export const H5: WecomH5Config = {
  origin: ORIGIN,
  keyDerivation: 'url16',
  verifyFile: { name: 'WW_verify_AbCd1234.txt', content: 'AbCd1234' },
  authorizeBase: 'https://open.weixin.qq.com',
  webLoginBase: 'https://login.work.weixin.qq.com',
}

/** The apps of the tests, the first of WeCom's with a web page. @param others blocks of further apps, by id */
export const webConfig = (
  change: Partial<WecomH5Config> = {},
  others: Record<string, WecomH5Config> = {},
): Pick<Config, 'apps'> => {
  const blocks: Record<string, WecomH5Config> = { [WECOM]: { ...H5, ...change }, ...others }
  const { apps } = testConfig('')
  return {
    apps: apps.map((app) => {
      const h5 = blocks[app.id]
      return h5 ? ({ ...app, h5 } as WecomAppConfig) : app
    }),
  }
}

let codes = 0

/** A browser with its cookies, in front of the service. */
export class WebBrowser {
  readonly cookies = new Map<string, string>()

  constructor(
    private readonly app: TestApp,
    readonly origin = ORIGIN,
    readonly appId = WECOM,
  ) {}

  /** A navigation. */
  async visit(url: string): Promise<Answer> {
    const answer = await this.app.call('GET', url, {
      headers: { host: new URL(this.origin).host, ...this.#cookie() },
    })
    this.keep(answer)
    return answer
  }

  /** A call of the page's own script. */
  async call(
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const answer = await this.app.call(method, url, {
      ...(body !== undefined && { body }),
      headers: {
        'x-sealcard': '1',
        ...(method === 'GET' ? {} : { origin: this.origin }),
        ...this.#cookie(),
        ...headers,
      },
    })
    this.keep(answer)
    return answer
  }

  /** @returns the state that the platform's page gets */
  async leave(to = '/h5/', more = ''): Promise<string> {
    const query = new URLSearchParams({ app: this.appId, to }).toString()
    const answer = await this.visit(`/h5/login?${query}${more}`)
    if (answer.status !== 302) throw new Error(answer.text)
    return stateOf(answer)
  }

  /** The platform sends the browser back. */
  back(state: string, code: string): Promise<Answer> {
    return this.visit(`/h5/callback?${new URLSearchParams({ code, state }).toString()}`)
  }

  /** The whole way. */
  async login(person: string, to = '/h5/'): Promise<this> {
    const answer = await this.back(await this.leave(to), codeOf(person))
    if (answer.status !== 303) throw new Error(`${answer.status} ${answer.text}`)
    return this
  }

  keep({ headers }: Answer): void {
    for (const text of [headers['set-cookie'] ?? []].flat() as string[]) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
      if (/;\s*Max-Age=0\b/i.test(text)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }

  #cookie(): Record<string, string> {
    const pairs = [...this.cookies].map(([name, value]) => `${name}=${value}`)
    return pairs.length > 0 ? { cookie: pairs.join('; ') } : {}
  }
}

export const codeOf = (person: string): string => `${person}~${(codes += 1)}`

export const stateOf = ({ headers }: Answer): string =>
  new URL(String(headers['location'])).searchParams.get('state') ?? ''

interface ProofOptions {
  readonly generation?: number
  readonly kind?: TicketKind
  readonly appId?: string
  readonly nonce?: string
}

/** What a page's client hands out under the app's ticket. */
export const pageProof = (
  app: TestApp,
  state: string,
  curReceiver: string,
  { generation, kind = 'agent', appId = WECOM, nonce = 'iv' }: ProofOptions = {},
) => {
  const ticket = app.wecom.web.ticket(kind, { id: appId }, generation)
  return wecomProof(deriveTicketKey(ticket, 'url16'), state, curReceiver, nonce)
}
