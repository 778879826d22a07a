import { ManualClock, SeededRandom } from '../../src/adapters/manual.js'
import { SimulatorClient } from '../../src/client/simulator-client.js'
import { openOpenData, type OpenData } from '../../src/crypto/open-data.js'
import { FAKE_WECHAT_SECRET, FAKE_WECOM_SECRET } from '../../src/fake-apps.js'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/start-simulator.js'

export const APPID = 'wx0000000000000001'
export const CORPID = 'ww0000000000000001'
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

// Tests look into answers of every shape.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = Record<string, any>

/** A simulator of its own for each test, with the demo's people, a clock to move and no randomness. */
export const freshSimulator = async (options: SimulatorOptions = {}) => {
  const clock = new ManualClock()
  const simulator = await startSimulator({
    clock,
    random: new SeededRandom(),
    seed: 'demo',
    ...options,
  })
  return new Bench(simulator, clock)
}

/** What a server, a sender and a recipient do, as one line each. */
export class Bench {
  readonly client: SimulatorClient
  constructor(
    readonly simulator: Simulator,
    readonly clock: ManualClock,
  ) {
    this.client = new SimulatorClient(simulator.url)
  }

  get world() {
    return this.simulator.world
  }

  phone(id: string) {
    return this.client.phone(id)
  }

  async get(path: string, query: Record<string, string> = {}, init: RequestInit = {}) {
    const answer = await fetch(`${this.simulator.url}${path}?${new URLSearchParams(query)}`, init)
    return (await answer.json()) as Json
  }

  async post(path: string, body: unknown): Promise<Json> {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await fetch(this.simulator.url + path, { method: 'POST', body: text })
    return (await answer.json()) as Json
  }

  async wechatToken(): Promise<string> {
    const body = { grant_type: 'client_credential', appid: APPID, secret: FAKE_WECHAT_SECRET }
    return (await this.post('/api.weixin.qq.com/cgi-bin/stable_token', body))['access_token']
  }

  async wecomToken(): Promise<string> {
    const query = { corpid: CORPID, corpsecret: FAKE_WECOM_SECRET }
    return (await this.get('/qyapi.weixin.qq.com/cgi-bin/gettoken', query))['access_token']
  }

  wechatExchange(js_code: string): Promise<Json> {
    return this.get('/api.weixin.qq.com/sns/jscode2session', {
      appid: APPID,
      secret: FAKE_WECHAT_SECRET,
      grant_type: 'authorization_code',
      js_code,
    })
  }

  async wecomExchange(js_code: string): Promise<Json> {
    return this.get('/qyapi.weixin.qq.com/cgi-bin/miniprogram/jscode2session', {
      access_token: await this.wecomToken(),
      grant_type: 'authorization_code',
      js_code,
    })
  }

  async code(phone: string): Promise<string> {
    const qy = this.world.phones.get(phone).client === 'wecom'
    return (await this.ok(phone, qy ? 'qy.login' : 'login'))['code']
  }

  /** wx.login or qy.login, and the server's exchange. */
  async logIn(phone: string): Promise<Json> {
    const code = await this.code(phone)
    const wecom = this.world.phones.get(phone).client === 'wecom'
    return wecom ? this.wecomExchange(code) : this.wechatExchange(code)
  }

  async ok(phone: string, api: string, args: Json = {}, page?: string): Promise<Json> {
    const answer = await this.phone(phone).wx(api, args, page)
    if (!answer.ok) throw new Error(`${api} failed: ${JSON.stringify(answer.res)}`)
    return answer.res
  }

  async fails(phone: string, api: string, args: Json = {}, page?: string): Promise<Json> {
    const answer = await this.phone(phone).wx(api, args, page)
    if (answer.ok) throw new Error(`${api} succeeded: ${JSON.stringify(answer.res)}`)
    return answer.res
  }

  async createActivity(query: Record<string, string>): Promise<Json> {
    const access_token = await this.wechatToken()
    const path = '/api.weixin.qq.com/cgi-bin/message/wxopen/activityid/create'
    return this.get(path, { access_token, ...query })
  }

  /** The sender logs in, the server creates an activity for the sender, the page declares it. */
  async declareInWechat(phone: string, more: Json = {}): Promise<string> {
    const { openid } = await this.logIn(phone)
    const { activity_id: activityId } = await this.createActivity({ openid })
    const all = { withShareTicket: true, isPrivateMessage: true, activityId, ...more }
    await this.ok(phone, 'updateShareMenu', all)
    return activityId
  }

  async declareInWecom(phone: string, state: string, page = PAGE): Promise<void> {
    await this.logIn(phone)
    await this.ok(phone, 'qy.setShareAttr', { withShareTicket: true, state }, page)
  }

  async share(phone: string, chat: string, page = PAGE): Promise<string> {
    const share = { path: '/pages/open/index?s=share-1', title: 'A card' }
    return (await this.phone(phone).share({ page, from: 'menu', chat, share })).card.id
  }

  async openCard(phone: string, card: string): Promise<string | undefined> {
    const enter = await this.phone(phone).open({ via: 'card', card })
    if (this.world.phones.get(phone).client === 'wechat') return enter.shareTicket
    return (await this.ok(phone, 'qy.getContext'))['shareTicket']
  }

  /** What the server reads out of a proof with the key it has; null: nothing. */
  read(sessionKey: string, proof: Json): string | null {
    try {
      return openOpenData(sessionKey, proof as OpenData)
    } catch {
      return null
    }
  }

  close() {
    return this.simulator.close()
  }
}

export const PAGE = 'pages/card/index#1'
