import type {
  BridgeAnswer,
  BridgeCall,
  ChatView,
  EnterOptions,
  ForwardCall,
  OpenCall,
  PhoneChats,
  PhoneView,
  RequestAnswer,
  RequestCall,
  RequestRecord,
  SentCard,
  ShareCall,
  WebCall,
  WebPageView,
  WebShareCall,
  WxAnswer,
} from '../contract.js'

type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>

/** One phone, driven without its screen. */
export class PhoneClient {
  constructor(
    readonly id: string,
    private readonly call: Call,
  ) {}

  #post<T>(path: string, body: unknown): Promise<T> {
    return this.call('POST', `/phones/${this.id}${path}`, body)
  }

  view(): Promise<PhoneView> {
    return this.call('GET', `/phones/${this.id}`)
  }
  /** `wx('login')`, `wx('qy.getShareInfo', {shareTicket})`. */
  wx(
    api: string,
    args: Record<string, unknown> = {},
    page = 'pages/index/index#1',
  ): Promise<WxAnswer> {
    return this.#post(`/wx/${api}`, { page, args })
  }
  request(call: RequestCall): Promise<RequestAnswer> {
    return this.#post('/request', call)
  }
  share(call: ShareCall): Promise<SentCard> {
    return this.#post('/shares', call)
  }
  forward(call: ForwardCall): Promise<SentCard> {
    return this.#post('/forwards', call)
  }
  open(call: OpenCall): Promise<EnterOptions> {
    return this.#post('/openings', call)
  }
  /** Opens a web page (H5). */
  openWeb(call: WebCall): Promise<WebPageView> {
    return this.#post('/web', call)
  }
  closeWeb(): Promise<PhoneView> {
    return this.call('DELETE', `/phones/${this.id}/web`)
  }
  /** `WeixinJSBridge.invoke(api, args)` of the page that is open. */
  bridge(api: string, call: BridgeCall): Promise<BridgeAnswer> {
    return this.#post(`/web/bridge/${api}`, call)
  }
  shareWeb(call: WebShareCall): Promise<SentCard> {
    return this.#post('/web/shares', call)
  }
  close(): Promise<PhoneView> {
    return this.#post('/close', {})
  }
  async chats(): Promise<ChatView[]> {
    return (await this.call<PhoneChats>('GET', `/phones/${this.id}/chats`)).chats
  }
  async requests(): Promise<RequestRecord[]> {
    const path = `/phones/${this.id}/requests`
    return (await this.call<{ requests: RequestRecord[] }>('GET', path)).requests
  }
}
