import type { BridgeAnswer, WebPageView } from '../../src/contract.js'
import { jsapiSignature } from '../../src/crypto/jsapi.js'
import { fakeApps } from '../../src/fake-apps.js'
import { CORPID, freshSimulator, type Bench } from './fresh-simulator.js'

export const HOME = 'https://cards.example.com/h5/'
export const LINK = 'https://cards.example.com/h5/o?s=1'
export const ALL = [
  'setShareAttr',
  'getContext',
  'getShareInfo',
  'shareAppMessage',
  'menu:share:appmessage',
  'sendChatMessage',
  'hideMenuItems',
  'hideChatAttachmentMenu',
  'checkJsApi',
]

/** A simulator with a second app, and with the app's page on a trusted domain. */
export const simulatorWithPage = async (): Promise<Bench> => {
  const apps = fakeApps()
  apps.wecom.push({
    corpid: CORPID,
    agentid: 1000003,
    secret: 'fake-wecom-secret-00000000000000000000000002',
    miniProgram: null,
    outOfRange: [],
  })
  const bench = await freshSimulator({
    apps,
    domains: {
      'https://cards.example.com': 'http://127.0.0.1:1',
      'https://else.example.com': 'http://127.0.0.1:1',
    },
  })
  await bench.client.setWeb({ home: HOME })
  return bench
}

export const ticketOf = async (bench: Bench, kind: 'corp' | 'agent'): Promise<string> => {
  const access_token = await bench.wecomToken()
  const path = kind === 'corp' ? 'get_jsapi_ticket' : 'ticket/get'
  const query = { access_token, type: 'agent_config' }
  return (await bench.get(`/qyapi.weixin.qq.com/cgi-bin/${path}`, query))['ticket']
}

/** A page on a phone, as its scripts see it: addresses are those of its frame. */
export class Page {
  document = 'doc-1'
  verify: Record<string, string> = {}
  constructor(
    readonly bench: Bench,
    readonly phone: string,
    readonly view: WebPageView,
    /** The live address, as the frame has it. */
    public address: string = `http://${view.host}:3100${view.path}`,
  ) {}

  invoke(api: string, args: object = {}): Promise<BridgeAnswer> {
    const { document, address, verify } = this
    const call = { view: this.view.view, document, address, args: { ...args, ...verify } }
    return this.bench.phone(this.phone).bridge(api, call)
  }

  /** What the service signs: the world's address. */
  get real(): string {
    return this.address.replace(`http://${this.view.host}:3100`, 'https://cards.example.com')
  }

  async configure(
    more: { ticket?: string; url?: string; jsApiList?: string[]; agentid?: string } = {},
  ): Promise<BridgeAnswer> {
    const ticket = more.ticket ?? (await ticketOf(this.bench, 'agent'))
    const signature = jsapiSignature(ticket, 'n', '1700000000', more.url ?? this.real)
    this.verify = {}
    const answer = await this.invoke('agentConfig', {
      corpid: CORPID,
      agentid: more.agentid ?? '1000002',
      timestamp: '1700000000',
      nonceStr: 'n',
      signature,
      jsApiList: more.jsApiList ?? ALL,
    })
    this.verify = { verifySignature: signature }
    return answer
  }

  share(chat: string, more: object = {}) {
    const args = { title: 'T', desc: 'D', link: this.real, imgUrl: '', ...more, ...this.verify }
    const { document, address } = this
    const call = { view: this.view.view, document, address, args }
    return this.bench.phone(this.phone).shareWeb({ ...call, api: 'shareAppMessage', chat })
  }
}
