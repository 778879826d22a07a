import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { deriveTicketKey, openShareInfo, signJsapi } from '@sealcard/crypto'
import { FAKE_WECOM_SECRET } from '@sealcard/simulator'

export const ORIGIN = 'https://cards.example.com'
const CORPID = 'ww0000000000000001'
const AGENTID = 1000002
// As strict as a page of ours: the client's script must get in all the same.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"

/** The page of an app with the real SDK: every button is one call, and its result is written down. */
const HTML = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>一张私密卡片</title>
<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/page.css">
<script src="/sdk.js"></script><script src="/page.js" defer></script></head><body>
<h1>私密卡片</h1><p id="who">…</p><p id="where"></p><div id="calls"></div><output id="result"></output></body></html>`
const CSS = `body{font:16px/1.6 system-ui;margin:0;padding:16px}h1{font-size:20px}
button{font:inherit;display:block;width:100%;margin:8px 0;padding:10px;border-radius:8px;border:1px solid}
output{display:block;overflow-wrap:anywhere;font-size:13px}`
const SCRIPT = `
const post = (path, body) => fetch(path, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body)}).then((r) => r.json())
const say = (value) => { document.querySelector('#result').textContent = JSON.stringify(value) }
let asked = 0
const sign = (url) => { asked += 1; return post('/signatures', {url}) }
const link = () => location.origin + '/h5/o?s=1'
const content = () => ({title: '一张私密卡片', desc: '只有收到的人能看', link: link(), imgUrl: location.origin + '/card.png'})
const calls = {
  declare: () => ww.setShareAttr({withShareTicket: true, state: 'STATE-OF-THE-CARD'}),
  share: () => ww.shareAppMessage(content()),
  offer: async () => { ww.onMenuShareAppMessage({...content(), title: '菜单里的标题'}); return 'offered' },
  prove: async () => {
    const {entry, shareTicket} = await ww.getContext()
    if (!shareTicket) return {entry}
    const {encryptedData, iv} = await ww.getShareInfo({shareTicket})
    return {entry, ...(await post('/proof', {encryptedData, iv}))}
  },
  send: () => ww.sendChatMessage({msgtype: 'news', news: content()}),
  hide: () => ww.hideMenuItems({menuList: ['menuItem:share:appMessage', 'menuItem:copyUrl']}),
  move: async () => { history.pushState(null, '', location.pathname + location.search + '&view=2'); return (await ww.getContext()).errMsg + ' after ' + asked },
  unknown: () => ww.invoke('readMyMind', {}),
}
for (const name of Object.keys(calls)) {
  const button = document.createElement('button')
  button.textContent = name
  button.onclick = () => calls[name]().then(say, (error) => say({rejected: error.errMsg ?? String(error), errCode: error.errCode}))
  document.querySelector('#calls').append(button)
}
document.querySelector('#where').textContent = JSON.stringify({...ww.env, agent: navigator.userAgent})
const start = async () => {
  const {who} = await post('/me', {})
  if (!who) { location.replace('/h5/login?to=' + encodeURIComponent(location.pathname + location.search)); return }
  document.querySelector('#who').textContent = who
  const options = {corpId: '${CORPID}', jsApiList: ['setShareAttr', 'getContext', 'getShareInfo', 'shareAppMessage', 'onMenuShareAppMessage', 'sendChatMessage', 'hideMenuItems'], getConfigSignature: async (url) => { const answer = await sign(url); return {...answer, signature: answer.configSignature} }}
  ww.register(ww.env.isWeCom ? {...options, agentId: ${AGENTID}, getAgentConfigSignature: sign} : options)
}
start()
`

/** The same page with the kit: the mini-program's port, over the SDK. */
const KIT_HTML = HTML.replace(
  '<script src="/page.js" defer>',
  '<script src="/kit-page.js" type="module">',
)
const KIT_SCRIPT = `
import { createWecomWebPlatform } from '/kit/index.js'
const post = (path, body) => fetch(path, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body)}).then((r) => r.json())
const say = (value) => { document.querySelector('#result').textContent = JSON.stringify(value ?? null) }
const to = encodeURIComponent(location.pathname + location.search)
const platform = createWecomWebPlatform(ww, {page: window, sign: (url) => post('/signatures', {url}), logIn: () => location.replace('/h5/login?to=' + to)})
const content = {title: '一张私密卡片', desc: '', link: location.origin + '/h5/kit?s=1', imgUrl: location.origin + '/card.png'}
const calls = {
  declare: () => platform.declare({platform: 'wecom', state: 'STATE-OF-THE-CARD'}).then(() => 'declared'),
  move: async () => { history.pushState(null, '', location.pathname + '?view=2'); await platform.moved(); return 'moved' },
  share: () => platform.share(content),
  prove: async () => { const ticket = await platform.ticket(); return ticket && post('/proof', await platform.prove(ticket)) },
  hide: () => platform.hideForwarding(),
}
for (const name of Object.keys(calls)) {
  const button = document.createElement('button')
  button.textContent = name
  button.onclick = () => calls[name]().then(say, (error) => say({fault: error.fault, api: error.api}))
  document.querySelector('#calls').append(button)
}
document.querySelector('#where').textContent = JSON.stringify(platform.capabilities)
const {who} = await post('/me', {})
if (who) document.querySelector('#who').textContent = who
else platform.login().catch(() => undefined)
`
const KIT_FILES = path.join(import.meta.dirname, '../../packages/kit/dist/esm')

interface Login {
  state: string
  to: string
}

/** What a service behind such a page does, as short as it can be: signatures, login by OAuth, proofs. */
export class WebPageServer {
  url = ''
  /** What was refused, and why. */
  readonly faults: string[] = []
  readonly #logins = new Map<string, Login>()
  readonly #sessions = new Map<string, string>()
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      this.faults.push(String(error))
      response.writeHead(500).end('{}')
    })
  })

  constructor(private readonly simulator: () => string) {}

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return this
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve)
      this.#server.closeAllConnections()
    })
  }

  async ticket(kind: 'corp' | 'agent'): Promise<string> {
    const { access_token } = await this.#platform('gettoken', {
      corpid: CORPID,
      corpsecret: FAKE_WECOM_SECRET,
    })
    const path = kind === 'corp' ? 'get_jsapi_ticket' : 'ticket/get'
    const { ticket } = await this.#platform(path, {
      access_token: String(access_token),
      type: 'agent_config',
    })
    return String(ticket)
  }

  async #platform(path: string, query: Record<string, string>): Promise<Record<string, unknown>> {
    const base = `${this.simulator()}/qyapi.weixin.qq.com/cgi-bin`
    const answer = await fetch(`${base}/${path}?${new URLSearchParams(query).toString()}`)
    return (await answer.json()) as Record<string, unknown>
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', ORIGIN)
    const body = await textOf(request)
    const send = (type: string, text: string, headers: Record<string, string> = {}) =>
      response.writeHead(200, { 'content-type': type, ...headers }).end(text)
    const json = (value: unknown) => send('application/json', JSON.stringify(value))
    if (request.method === 'POST' && request.headers.origin !== ORIGIN) {
      this.faults.push(`Origin ${request.headers.origin ?? ''}`)
      response.writeHead(403).end('{}')
      return
    }
    switch (url.pathname) {
      case '/h5/o':
      case '/h5/kit':
        return void send('text/html; charset=utf-8', url.pathname === '/h5/o' ? HTML : KIT_HTML, {
          'content-security-policy': POLICY,
          'x-frame-options': 'DENY',
          'referrer-policy': 'no-referrer',
        })
      case '/page.css':
        return void send('text/css', CSS)
      case '/page.js':
        return void send('text/javascript', SCRIPT)
      case '/kit-page.js':
        return void send('text/javascript', KIT_SCRIPT)
      case '/sdk.js':
        return void send('text/javascript', sdk())
      case '/me':
        return void json({ who: this.#sessions.get(cookie(request, '__Host-session')) ?? null })
      case '/signatures':
        return void json(await this.#sign((JSON.parse(body) as { url: string }).url))
      case '/proof':
        return void json(
          await this.#open(JSON.parse(body) as { encryptedData: string; iv: string }),
        )
      case '/h5/login':
        this.#login(url, response)
        return
      case '/h5/callback':
        await this.#callback(url, request, response)
        return
      default:
        if (/^\/kit\/[a-z-]+\.js$/.test(url.pathname)) {
          const file = path.join(KIT_FILES, url.pathname.slice('/kit/'.length))
          return void send('text/javascript', readFileSync(file, 'utf8'))
        }
        response.writeHead(404).end()
    }
  }

  async #sign(url: string) {
    if (!url.startsWith(`${ORIGIN}/`) || url.includes('#')) {
      this.faults.push(`url ${url}`)
      return {}
    }
    const page = { nonceStr: randomBytes(8).toString('hex'), timestamp: 1_700_000_000, url }
    const signature = signJsapi({ ticket: await this.ticket('agent'), ...page })
    const configSignature = signJsapi({ ticket: await this.ticket('corp'), ...page })
    return { corpId: CORPID, agentId: AGENTID, ...page, signature, configSignature }
  }

  async #open(proof: { encryptedData: string; iv: string }) {
    const sessionKey = deriveTicketKey(await this.ticket('agent'), 'url16')
    const { state, curReceiver } = openShareInfo({ sessionKey, ...proof })
    return { state, curReceiver }
  }

  #login(url: URL, response: ServerResponse): void {
    const [state, browser] = [randomBytes(32).toString('hex'), randomBytes(16).toString('hex')]
    this.#logins.set(browser, { state, to: url.searchParams.get('to') ?? '/h5/o' })
    const query = new URLSearchParams({
      appid: CORPID,
      redirect_uri: `${ORIGIN}/h5/callback`,
      response_type: 'code',
      scope: 'snsapi_base',
      state,
      agentid: String(AGENTID),
    })
    const authorize = 'https://open.weixin.qq.com/connect/oauth2/authorize'
    response
      .writeHead(302, {
        location: `${authorize}?${query.toString()}#wechat_redirect`,
        'set-cookie': `__Host-login=${browser}; Path=/; Secure; HttpOnly; SameSite=Lax`,
      })
      .end()
  }

  async #callback(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const login = this.#logins.get(cookie(request, '__Host-login'))
    if (login?.state !== url.searchParams.get('state')) {
      this.faults.push('login without its cookie')
      response.writeHead(403).end('no')
      return
    }
    const { access_token } = await this.#platform('gettoken', {
      corpid: CORPID,
      corpsecret: FAKE_WECOM_SECRET,
    })
    const person = await this.#platform('auth/getuserinfo', {
      access_token: String(access_token),
      code: url.searchParams.get('code') ?? '',
    })
    const session = createHash('sha256').update(randomBytes(32)).digest('hex')
    this.#sessions.set(session, String(person['userid'] ?? person['openid']))
    response
      .writeHead(303, {
        location: login.to,
        'set-cookie': `__Host-session=${session}; Path=/; Secure; HttpOnly; SameSite=Lax`,
      })
      .end()
  }
}

const sdk = (): string =>
  readFileSync(
    createRequire(import.meta.url).resolve('@wecom/jssdk/dist/wecom.global.prod.js'),
    'utf8',
  )

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const part of request) text += String(part)
  return text
}

const cookie = (request: IncomingMessage, name: string): string =>
  (request.headers.cookie ?? '')
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? ''
