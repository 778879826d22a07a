import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { CallRecord } from '../../src/contract.js'
import { FAKE_WECHAT_SECRET, FAKE_WECOM_SECRET } from '../../src/fake-apps.js'
import type { Network } from '../../src/ports.js'
import { CallLog } from '../../src/server/calls/call-log.js'
import { freshSimulator, type Bench } from '../kit/fresh-simulator.js'

const page = 'pages/card/index#1'
const chat = 'wechat-lin-chen'
const network: Network = {
  send: ({ url }) =>
    Promise.resolve({
      kind: 'answer',
      status: url.endsWith('/sessions') ? 201 : 403,
      headers: {},
      body: '{"token":"the-session-token","code":"ERR_SESSION"}',
    }),
}

let bench: Bench
beforeEach(async () => {
  bench = await freshSimulator({
    network,
    domains: { 'https://bff.sealcard.example': 'http://127.0.0.1:3000' },
  })
})
afterEach(() => bench.close())

const list = async () =>
  (await bench.get('/simulator/calls')) as { calls: CallRecord[]; cards: object[] }
const named = async (name: string) => (await list()).calls.filter((call) => call.name === name)

/** Lin shares a private card with Chen, who opens it and gets a proof. */
const oneToOne = async () => {
  for (const phone of ['lin-wechat', 'chen-wechat']) await bench.logIn(phone)
  const { activity_id: activityId } = await bench.createActivity({
    openid: bench.world.people.wechatIdentity('wx0000000000000001', 'lin').openid,
  })
  const declared = { withShareTicket: true, isPrivateMessage: true, activityId }
  await bench.ok('lin-wechat', 'updateShareMenu', declared, page)
  const share = { title: 'Plan', path: 'pages/open/index?s=ShareOfThePlan001' }
  await bench.phone('lin-wechat').share({ page, from: 'button', chat, share })
  const card = (await bench.phone('chen-wechat').chats()).flatMap(({ cards }) => cards)[0]
  const { shareTicket } = await bench
    .phone('chen-wechat')
    .open({ via: 'card', card: card?.id ?? '' })
  await bench.ok('chen-wechat', 'authPrivateMessage', { shareTicket }, page)
  return activityId as string
}

it('has a line for each call: who, what, and what came of it', async () => {
  await oneToOne()
  const { calls } = await list()
  const lines = calls.map(({ layer, phone, name, outcome }) => [layer, phone, name, outcome])
  expect(lines).toEqual(
    expect.arrayContaining([
      ['wx', 'lin-wechat', 'wx.login', 'login:ok'],
      ['platform', null, 'wechat.jscode2session', 'ok'],
      ['platform', null, 'wechat.activityid.create', 'ok'],
      ['person', 'lin-wechat', 'shares', '201'],
      ['person', 'chen-wechat', 'openings', '200'],
      ['wx', 'chen-wechat', 'wx.authPrivateMessage', 'authPrivateMessage:ok'],
    ]),
  )
  expect(calls.every(({ at, ms }) => at === bench.clock.now() && ms >= 0)).toBe(true)
})

it('shows what the platform encrypted, in clear', async () => {
  const activityId = await oneToOne()
  expect(await named('wx.authPrivateMessage')).toMatchObject([{ clear: activityId }])
})

it('joins the calls of one card, its forwarded copy included, and no others', async () => {
  await oneToOne()
  const { calls, cards } = await list()
  expect(cards).toEqual([{ label: 'A', title: 'Plan' }])
  const joined = calls.filter(({ card }) => card === 'A').map(({ name }) => name)
  expect(joined).toEqual([
    'wechat.activityid.create',
    'wx.updateShareMenu',
    'shares',
    'openings',
    'wx.authPrivateMessage',
  ])
  const url = 'https://bff.sealcard.example/v1/shares/ShareOfThePlan001/openings'
  await bench.phone('chen-wechat').request({ url, method: 'POST', header: {}, body: '{}' })
  expect(await named('POST /v1/shares/ShareOfThePlan001/openings')).toMatchObject([
    { layer: 'request', card: 'A', failed: true, outcome: '403' },
  ])
})

it('holds no secret: no code, key, token or header of a login', async () => {
  await oneToOne()
  const code = await bench.code('lin-wechat')
  await bench.phone('lin-wechat').request({
    url: 'https://bff.sealcard.example/v1/sessions',
    method: 'POST',
    header: { authorization: 'Bearer the-bearer' },
    body: JSON.stringify({ app: 'demo', code }),
  })
  await bench.wecomToken()
  const text = JSON.stringify(await list())
  const state = bench.world.export()
  const secrets = [
    code,
    'the-bearer',
    'the-session-token',
    FAKE_WECHAT_SECRET,
    FAKE_WECOM_SECRET,
    ...Object.keys(state.codes),
    ...Object.keys(state.tokens),
    ...Object.values(state.sessions).map(({ key }) => key),
  ]
  expect(secrets.length).toBeGreaterThan(8)
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  expect(text).toContain('ERR_SESSION')
})

it('says what failed, by the platform, the client and the network', async () => {
  await bench.client.fault('wx.login', { kind: 'fail', errMsg: 'login:fail x' })
  await bench.phone('lin-wechat').wx('login')
  await bench.wechatExchange('no-such-code')
  await bench
    .phone('lin-wechat')
    .request({ url: 'https://other.example/', method: 'GET', header: {} })
  await bench.post('/simulator/phones/lin-wechat/forwards', { card: 'card-99', chat })
  const { calls } = await list()
  expect(calls.map(({ name, outcome, failed }) => [name, outcome, failed])).toEqual([
    ['wx.login', 'login:fail x', true],
    ['wechat.jscode2session', 'errcode 40029', true],
    ['GET /', 'request:fail url not in domain list', true],
    ['forwards', 'not_found', true],
  ])
})

it('keeps the last 500 calls, tells of many at once, and forgets them on request', async () => {
  const waits: (() => void)[] = []
  const wait = () => new Promise<void>((resolve) => waits.push(resolve))
  const log = new CallLog(bench.world, { wait })
  let told = 0
  log.listen(() => (told += 1))
  const call = {
    layer: 'wx',
    phone: null,
    ms: 1,
    failed: false,
    outcome: '',
    args: {},
    answer: {},
    clear: null,
  } as const
  for (let n = 1; n <= 505; n++) log.add({ ...call, name: `call ${n}` })
  expect(log.list().calls.map(({ n }) => n)).toEqual(Array.from({ length: 500 }, (_, i) => i + 6))
  waits.shift()?.()
  await Promise.resolve()
  expect([told, waits.length]).toEqual([1, 0])
  await bench.code('lin-wechat')
  await fetch(`${bench.simulator.url}/simulator/calls`, { method: 'DELETE' })
  expect(await list()).toEqual({ calls: [], cards: [] })
})

describe('a copied test', () => {
  const run = async (text: string) => {
    const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-copied-'))
    const file = path.join(dir, 'call.test.mjs')
    writeFileSync(file, text)
    const env = { ...process.env, SIMULATOR_URL: bench.simulator.url, NODE_TEST_CONTEXT: undefined }
    try {
      return await promisify(execFile)(process.execPath, ['--test', file], { env })
    } finally {
      rmSync(dir, { recursive: true })
    }
  }
  const textOf = async (name: string) => {
    const n = (await named(name)).at(-1)?.n
    return (await fetch(`${bench.simulator.url}/simulator/calls/${n}/test`)).text()
  }

  it('runs, and passes while the answer is the same', async () => {
    await oneToOne()
    const text = await textOf('wx.authPrivateMessage')
    expect((await run(text)).stdout).toMatch(/pass 1\b/)
    await bench.client.fault('wx.authPrivateMessage', {
      kind: 'fail',
      errMsg: 'authPrivateMessage:fail x',
    })
    await expect(run(text)).rejects.toMatchObject({
      stdout: expect.stringMatching(/fail 1\b/),
    })
  })

  it('is not made of a call that needs a secret', async () => {
    await bench.wecomToken()
    expect(await textOf('wecom.gettoken')).toContain('bad_input')
    expect(await named('wecom.gettoken')).toMatchObject([{ testable: false }])
  })
})
