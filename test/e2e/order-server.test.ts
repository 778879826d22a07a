import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {
  buildWeapp,
  FAKE_WECHAT_SECRET,
  FAKE_WECOM_SECRET,
  type JsdomPhone,
  openJsdomPhone,
  SimulatorClient,
  simulatorLink,
  type Simulator,
  startSimulator,
} from '@sealcard/simulator'
import { freePort } from '@sealcard/testing'
import { BffProcess } from '../support/bff-process.js'

const EXAMPLE = path.resolve(__dirname, '../../examples/order-server')
const CHEN = '陈默 Chen Mo'
const ZHOU = '周远 Zhou Yuan'
const LIN = '林晓 Lin Xiao'
const TITLE = '你的订单'
const ORDER = '青瓷茶具一套，¥ 860'
const APP = 'demo-wechat'

/** The example's back-end in a process of its own, as its reader starts it. */
const startShop = async (env: Record<string, string>): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [path.join(EXAMPLE, 'main.mjs')], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
      if (said.includes('ready on')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the shop ended with ${code}`)))
  })
  return child
}

describe('a shop whose back-end exchanges the codes itself', () => {
  let dir: string
  let simulator: Simulator
  let control: SimulatorClient
  let bff: BffProcess
  let shop: ChildProcess
  let shopUrl: string
  let bundle: Awaited<ReturnType<typeof buildWeapp>>
  const screens: JsdomPhone[] = []

  beforeAll(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-shop-'))
    const weapp = path.join(dir, 'weapp')
    execFileSync(process.execPath, [path.join(EXAMPLE, 'build-weapp.mjs'), weapp])
    bundle = await buildWeapp(weapp)
    const [port, shopPort] = [await freePort(), await freePort()]
    shopUrl = `http://127.0.0.1:${shopPort}`
    simulator = await startSimulator({
      data: path.join(dir, 'simulator'),
      seed: 'demo',
      weapp,
      domains: {
        'https://bff.sealcard.example': `http://127.0.0.1:${port}`,
        'https://shop.example': shopUrl,
      },
    })
    control = new SimulatorClient(simulator.url)
    const apiBase = `${simulator.url}/api.weixin.qq.com`
    const app = { id: APP, platform: 'wechat', appid: 'wx0000000000000001', apiBase }
    const more = { secret: { env: 'WECHAT_SECRET' }, login: 'server', openPath: '/pages/read/read' }
    bff = new BffProcess({
      dir,
      port,
      simulatorUrl: simulator.url,
      secrets: { wechat: FAKE_WECHAT_SECRET, wecom: FAKE_WECOM_SECRET },
      config: { apps: [{ ...app, ...more }] },
    })
    await bff.start()
    shop = await startShop({
      PORT: String(shopPort),
      WECHAT_API_BASE: apiBase,
      WECHAT_APPID: app.appid,
      WECHAT_SECRET: FAKE_WECHAT_SECRET,
      SEALCARD_URL: bff.url,
      SEALCARD_APP: APP,
      SEALCARD_TOKEN: await serverToken(),
    })
  })
  afterAll(async () => {
    for (const screen of screens) screen.close()
    const ended = once(shop, 'exit')
    shop.kill('SIGTERM')
    await ended
    await bff.stop()
    await simulator.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const serverToken = async (): Promise<string> => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    const answer = await fetch(`${bff.url}/v1/admin/tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bff.adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'shop', role: 'server', app: APP, expiresAt }),
    })
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { token: string }).token
  }

  const phone = async (name: string): Promise<JsdomPhone> => {
    const screen = await openJsdomPhone({ bundle, simulatorUrl: simulator.url, phone: name })
    screens.push(screen)
    return screen
  }
  const cardIn = async (name: string, chat: string): Promise<string> => {
    const chats = await control.phone(name).chats()
    const cards = chats.filter((one) => one.title === chat).flatMap((one) => one.cards)
    const card = cards.filter((one) => one.title === TITLE).at(-1)
    if (!card) throw new Error(`${name}: no card in "${chat}"`)
    return card.id
  }
  const post = async (url: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }

  it('hands an order out to the person it was sent to, and to nobody else', async () => {
    const lin = await phone('lin-wechat')
    await lin.openRecent()
    await lin.tap('下单并做成私密卡片')
    await lin.waitForText('只有收到的人能看这张订单')
    await lin.tap('分享到聊天')
    await lin.share(CHEN)

    const chen = await phone('chen-wechat')
    await chen.openCard(await cardIn('chen-wechat', LIN))
    await chen.waitForText(ORDER)
    expect(chen.text()).toContain('茶具店')

    const link = simulatorLink(simulator.url, 'chen-wechat-old')
    const card = await cardIn('chen-wechat-old', LIN)
    await link.forward({ card, chat: await link.chatCalled(ZHOU) })
    const zhou = await phone('zhou-wechat')
    await zhou.openCard(await cardIn('zhou-wechat', CHEN))
    await zhou.waitForText('打不开：not-recipient')
    expect(zhou.text()).not.toContain(ORDER)

    await lin.openCard(await cardIn('lin-wechat', CHEN))
    await lin.waitForText('这是你自己发出的订单')
    for (const screen of [lin, chen, zhou]) expect(screen.errors).toEqual([])
  })

  it('takes no receipt that the service did not sign', async () => {
    for (const receipt of [
      '',
      'a.b.c',
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`,
    ])
      expect((await post(`${shopUrl}/receipts`, { receipt })).status).toBe(403)
  })

  it('is the only one that exchanges codes', async () => {
    const answer = await post(`${bff.url}/v1/sessions`, { app: APP, code: 'any' })
    expect(answer).toMatchObject({ status: 403, body: { code: 'ERR_FORBIDDEN' } })
  })

  it('leaves no session key, openid or token in the log of the service', () => {
    expect(bff.output).toContain('ready on')
    expect(bff.output).not.toMatch(/sct_|session_?key|[A-Za-z0-9+/]{22}==/i)
  })
})
