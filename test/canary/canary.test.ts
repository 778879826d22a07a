import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import {
  FAKE_WECHAT_SECRET,
  FAKE_WECOM_SECRET,
  type Client,
  type WorldState,
} from '@sealcard/simulator'
import { manyLogins } from '../e2e/scenarios.js'
import { type Canary, findCanaries, type Place } from '../support/canaries.js'
import type { PhoneDrivers } from '../support/phone-driver.js'
import { jsdomPhones } from '../support/jsdom-phones.js'
import { RecordingProxy } from '../support/recording-proxy.js'
import { startStack, weappDir, type Stack } from '../support/stack.js'
import { playServerCard } from './server-card.js'

const BFF_NAME = 'https://bff.sealcard.example'
const GROUP = { wechat: '周末爬山 Weekend hike', wecom: '项目组 Project team' }
const CLIENTS: Client[] = ['wechat', 'wecom']

const unique = (n = 24) => randomBytes(n).toString('hex')
const given = {
  adminToken: `admin-${unique()}`,
  keyring: randomBytes(32).toString('base64'),
  botToken: unique(14),
  botAesKey: randomBytes(64)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .padEnd(43, 'x')
    .slice(0, 43),
}
const FOUND = new Map<string, Canary>()
const plant = (name: string, value: string | null | undefined) => {
  if (value) FOUND.set(value, { name, value })
}

let stack: Stack
let phones: PhoneDrivers
let proxy: RecordingProxy
/** Owner's and readers' bodies, by client. */
const bodies: Record<Client, string> = {
  wechat: `只给你看 ${unique()}`,
  wecom: `只给你看 ${unique()}`,
}

/** What an adopter's server puts into a card. */
const ordered = { reference: `order-${unique()}`, note: `两束玫瑰 ${unique()}` }

/** What the platforms know by now: keys rotate and tokens are replaced, so it is asked after every step. */
const note = async () => {
  const world = (await stack.control.exportState()) as WorldState
  for (const { key } of Object.values(world.sessions)) plant('a session key', key)
  for (const token of Object.keys(world.tokens)) plant('an access token', token)
  for (const code of Object.keys(world.codes)) plant('a login code', code)
  for (const id of Object.keys(world.activities)) plant('an activityId', id)
  for (const { state } of Object.values(world.cards)) plant('a state', state)
  for (const { openid, unionid } of Object.values(world.identities)) {
    plant('an openid', openid)
    plant('a unionid', unionid)
  }
  for (const { name, wecomUserid } of Object.values(world.people)) {
    plant('a name', name)
    plant('a userid', wecomUserid)
  }
}

const journey = async (client: Client) => {
  const title = `标题 ${client}`
  const { control } = stack
  const phone = (person: string) => phones.take(`${person}-${client}`)
  const lin = await phone('lin')
  await lin.openApp()
  await lin.tap('写一张卡片')
  await lin.fill('标题', title)
  await lin.fill('正文', bodies[client])
  await lin.tap('完成，去分享')
  await lin.waitForText('已设为私密')
  await note()
  await lin.shareTo(GROUP[client])
  const chen = await phone('chen')
  await chen.openCard(GROUP[client], title)
  await chen.waitForText(bodies[client])
  await note()
  // A key that rotated, and a platform that fails during a login.
  await control.rotateSessionKey({ client, person: 'chen' })
  await note()
  await chen.quit()
  await control.fault(`${client}.*`, { kind: 'html', status: 502 }, { count: null })
  await chen.openCard(GROUP[client], title)
  await chen.waitForText('暂时无法确认')
  await control.clearFaults()
  await chen.tap('重试')
  await chen.waitForText(bodies[client])
  await control.invalidateTokens(client)
  await note()
  // A person whom the group removed.
  await control.leave(`${client}-group`, 'chen')
  await chen.quit()
  await chen.openCard(GROUP[client], title)
  await chen.waitForText('在这里打不开这张卡片')
  await lin.tap('撤回卡片')
  await lin.tap('确认撤回')
  await lin.waitForText('已撤回')
  await note()
}

/** Each person of a session says who they are. Where the platform does, that is refused. */
const nameThemselves = async () => {
  for (const token of tokens()) {
    const name = `自称 ${unique(6)}`
    const { status } = await fetch(`${proxy.url}/v1/me`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ name }),
    })
    if (status === 200) plant('a name', name)
    await fetch(`${proxy.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  }
}

/** What an honest client never sends: secrets in the wrong places, and refusals of every kind. */
const misuse = async () => {
  const opened = proxy.answers.find(({ path: at }) => /^\/v1\/shares\/[\w-]+\/openings$/.test(at))
  const shareUrl = opened?.path ?? ''
  const secrets = [...FOUND.values()].map(({ value }) => value)
  const token = tokens().at(-1) ?? ''
  const authorization = `Bearer ${token}`
  const json = { 'content-type': 'application/json' }
  const send = (method: string, at: string, headers: Record<string, string>, body?: string) =>
    fetch(`${proxy.url}${at}`, { method, headers, ...(body !== undefined && { body }) })
  for (const secret of secrets.slice(0, 40)) {
    const part = encodeURIComponent(secret)
    await send('GET', `/v1/cards/${part}`, { authorization })
    await send('GET', `/v1/cards?box=${part}&token=${part}`, { authorization })
    await send('GET', `/nowhere/${part}`, { authorization: `Bearer ${part}`, 'x-request-id': part })
    await send('POST', '/v1/sessions', json, JSON.stringify({ app: secret, code: secret }))
    await send('POST', '/v1/sessions', json, JSON.stringify({ app: 'demo-wechat', code: secret }))
    await send('POST', '/v1/sessions', json, JSON.stringify({ [`${secret}.0`]: secret }))
    await send('POST', '/v1/sessions', json, `{"app": "${secret}`)
    const proof = {
      encryptedData: Buffer.from(secret).toString('base64'),
      iv: 'AAAAAAAAAAAAAAAAAAAAAA==',
    }
    await send('POST', shareUrl, { ...json, authorization }, JSON.stringify(proof))
    await send(
      'POST',
      shareUrl,
      { ...json, authorization },
      JSON.stringify({ ...proof, [`${secret}.0`]: 1 }),
    )
  }
}

const SESSIONS = /^\/v1\/sessions$/
const tokens = () =>
  proxy.answers
    .filter(({ path: at, status }) => SESSIONS.test(at) && status === 201)
    .map(({ bytes }) => /"token":"([\w-]{43})"/.exec(bytes.toString())?.[1] ?? '')

/**
 * What an answer may hold: the caller's own token and name; for the owner the card, its declaration and its readers; for
 * the recipient the card and its sender.
 */
const belongs = (answer: RecordingProxy['answers'][number]): string[] => {
  const { method, path: at, status } = answer
  if (status >= 300) return []
  if (SESSIONS.test(at)) return ['a bearer token']
  if (/^\/v1\/cards\/[\w-]+\/shares$/.test(at)) return ['an activityId', 'a state']
  if (method === 'POST' && /^\/v1\/shares\/[\w-]+\/openings$/.test(at)) {
    return ['a body', 'a name', 'a reference', 'data']
  }
  if (/^\/v1\/server\/cards/.test(at)) {
    return ['a reference', 'data', 'an activityId', 'an openid']
  }
  if (/^\/v1\/server\/openings/.test(at)) return ['a reference', 'a name', 'an openid']
  if (/^\/v1\/admin\/cards/.test(at)) return ['a name', 'an openid', 'a userid']
  if (/^\/v1\/(me|cards\/[\w-]+\/openings)(\?|$)/.test(at)) return ['a name']
  if (/^\/v1\/cards(\/[\w-]+(\/revoke)?)?$/.test(at)) return ['a body']
  return []
}

const filesUnder = (dir: string): string[] =>
  readdirSync(dir).flatMap((name) => {
    const file = path.join(dir, name)
    return statSync(file).isDirectory() ? filesUnder(file) : [file]
  })
const databaseFiles = () =>
  readdirSync(stack.dir)
    .filter((name) => name.startsWith('sealcard.sqlite'))
    .map((name) => ({ name, bytes: readFileSync(path.join(stack.dir, name)) }))

describe('E3 secrets appear nowhere but where they belong', () => {
  let places: Place[]
  let canaries: Canary[]
  let opened: { card?: object }

  beforeAll(async () => {
    stack = await startStack({
      config: {
        limits: {
          ...manyLogins.limits,
          rejectedProofsPerSession: 100_000,
          rejectedProofsPerPersonPerHour: 100_000,
        },
        bots: [
          {
            id: 'desk',
            app: 'demo-wecom',
            token: { env: 'CANARY_BOT_TOKEN' },
            encodingAesKey: { env: 'CANARY_BOT_AES_KEY' },
          },
        ],
      },
      env: {
        SEALCARD_ADMIN_TOKEN: given.adminToken,
        SEALCARD_KEYRING: `k1:${given.keyring}`,
        CANARY_BOT_TOKEN: given.botToken,
        CANARY_BOT_AES_KEY: given.botAesKey,
      },
    })
    proxy = await RecordingProxy.start(stack.bff.url)
    await stack.control.setDomains({ [BFF_NAME]: proxy.url })
    phones = await jsdomPhones(stack.simulator.url)
    plant('an app secret', FAKE_WECHAT_SECRET)
    plant('an app secret', FAKE_WECOM_SECRET)
    plant('the admin token', given.adminToken)
    plant('the sealing key', given.keyring)
    plant('a bot token', given.botToken)
    plant('an EncodingAESKey', given.botAesKey)
    for (const client of CLIENTS) plant('a body', bodies[client])
    plant('a reference', ordered.reference)
    plant('data', ordered.note)
    for (const client of CLIENTS) await journey(client)
    const server = { stack, url: proxy.url, adminToken: given.adminToken, ...ordered }
    opened = await playServerCard(server)
    await nameThemselves()
    for (const token of tokens()) plant('a bearer token', token)
    await note()
    canaries = [...FOUND.values()]
    await misuse()
    const text = await (await fetch(`${proxy.url}/metrics`)).text()
    expect(text).toContain('sealcard_decisions_total')
    const running = databaseFiles()
    await stack.bff.restart()
    await stack.bff.stop()
    places = [
      { name: 'the log', bytes: Buffer.from(stack.bff.output) },
      ...running.map(({ name, bytes }) => ({ name: `${name} while running`, bytes })),
      ...databaseFiles().map(({ name, bytes }) => ({ name: `${name} afterwards`, bytes })),
      ...filesUnder(weappDir).map((file) => ({
        name: `the mini-program's ${path.basename(file)}`,
        bytes: readFileSync(file),
      })),
    ]
  })
  afterAll(async () => {
    await phones?.close()
    await proxy?.stop()
    await stack?.stop()
  })

  it('E3 there was something to find: secrets of every kind, answers of every kind', () => {
    const names = new Set(canaries.map(({ name }) => name))
    expect([...names].sort()).toEqual([
      'a bearer token',
      'a body',
      'a bot token',
      'a login code',
      'a name',
      'a reference',
      'a session key',
      'a state',
      'a unionid',
      'a userid',
      'an EncodingAESKey',
      'an access token',
      'an activityId',
      'an app secret',
      'an openid',
      'data',
      'the admin token',
      'the sealing key',
    ])
    const { reference, note } = ordered
    expect(opened.card).toMatchObject({ reference, data: { note } })
    const statuses = new Set(proxy.answers.map(({ status }) => status))
    for (const status of [200, 201, 400, 401, 403, 404]) expect(statuses).toContain(status)
    expect(places.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'sealcard.sqlite while running',
        'sealcard.sqlite-wal while running',
        'sealcard.sqlite afterwards',
        'the log',
        "the mini-program's app.js",
      ]),
    )
    expect(stack.bff.output.split('\n').length).toBeGreaterThan(100)
  })

  it('E3 not in the log, the database, its journal or the mini-program', () => {
    expect(findCanaries(canaries, places)).toEqual([])
  })

  it('E3 not in an answer, except content that belongs to the caller', () => {
    const found = proxy.answers.flatMap((answer) => {
      const allowed = belongs(answer)
      const others = canaries.filter(({ name }) => !allowed.includes(name))
      const name = `${answer.method} ${answer.path.split('?')[0]?.slice(0, 12)} ${answer.status}`
      return findCanaries(others, [{ name, bytes: answer.bytes }])
    })
    expect([...new Set(found)]).toEqual([])
  })

  it.each(['utf8', 'base64', 'base64url', 'hex', 'url'] as const)(
    'E3 the search would have found one that was planted as %s',
    (form) => {
      for (const { name, value } of canaries) {
        const text = form === 'url' ? encodeURIComponent(value) : Buffer.from(value).toString(form)
        const bytes = Buffer.concat([
          readFileSync(__filename).subarray(0, 64),
          Buffer.from(text),
          Buffer.from([0]),
        ])
        expect(findCanaries([{ name, value }], [{ name: 'here', bytes }])).toEqual([
          `${name} in here`,
        ])
      }
    },
  )
})
