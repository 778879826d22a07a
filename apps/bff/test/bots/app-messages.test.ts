import { createHash } from 'node:crypto'
import { People } from '../../src/bots/desk/person.js'
import { NoticeFinder, SETTLED_MS } from '../../src/bots/notices/notice-finder.js'
import { NoticeWorker } from '../../src/bots/notices/notice-worker.js'
import { BotNoticeEntity } from '../../src/bots/storage/bot-notice.entity.js'
import { BotNoticeRepository } from '../../src/bots/storage/bot-notice.repository.js'
import type { BotConfig, BotNotices } from '../../src/config/config.js'
import { RetentionService } from '../../src/jobs/retention.service.js'
import { PersonService } from '../../src/privacy/person.service.js'
import { FakePlatform, faults } from '../../src/testing/fake-platform.js'
import { BotSender, deskBot } from '../support/bot-sender.js'
import { testConfig, WECOM, WECOM_B } from '../support/config.js'
import { key, wecomProof } from '../support/proofs.js'
import { TestApp } from '../support/test-app.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const SEND = '/cgi-bin/message/send'
const ALL: BotNotices = {
  by: 'app-message',
  firstOpening: true,
  refusedAttempts: true,
  expiringTomorrow: true,
}
const NONE = { firstOpening: false, refusedAttempts: false, expiringTomorrow: false }

let platform: FakePlatform
let app: TestApp
let bot: BotSender
let alice: string
let bob: string

const start = async (notices: BotNotices = ALL, ...others: BotConfig[]) => {
  const apps = testConfig('').apps.map((each) => ({ ...each, apiBase: platform.base }))
  const platformCalls = { timeoutMs: 50, breakerMs: 50 }
  app = await TestApp.start({ apps, platformCalls, bots: [deskBot({ notices }), ...others] })
  bot = new BotSender(app)
  alice = await app.login('alice', WECOM)
  bob = await app.login('bob', WECOM)
  await look()
}

beforeAll(async () => {
  platform = await FakePlatform.start()
})
afterAll(() => platform.stop())
beforeEach(() => {
  platform.requests.length = 0
  platform.on('/cgi-bin/gettoken', { errcode: 0, access_token: 'TOKEN', expires_in: 7200 })
  platform.on(SEND, { errcode: 0, errmsg: 'ok', msgid: 'm' })
})
afterEach(async () => {
  jest.restoreAllMocks()
  await app.stop()
})

const look = (of = app) => of.nest.get(NoticeWorker).tick()
/** Looks when what was before has settled. */
const soon = async (ms = SETTLED_MS) => {
  app.clock.advance(ms)
  await look()
}
const requests = () => platform.requests.filter(({ path }) => path === SEND)
const sent = () => requests().map(({ body }) => JSON.parse(body))
const texts = (): string[] => sent().map(({ text }) => text.content)
const notices = () => app.storage.manager.find(BotNoticeEntity, { order: { createdAt: 'ASC' } })
const states = async () => (await notices()).map(({ state }) => state)
const metric = async (outcome: string) => {
  const { text } = await app.call('GET', '/metrics')
  const line = new RegExp(`app_messages_total\\{bot="desk",outcome="${outcome}"\\} (\\d+)`)
  return Number(line.exec(text)?.[1] ?? 0)
}
const until = (hours: number) => new Date(app.clock.now() + hours * HOUR).toISOString()
const share = (title = '周报', hours?: number) =>
  app.shared(alice, {
    title,
    body: 'CANARY-BODY',
    ...(hours !== undefined && { policy: { expiresAt: until(hours) } }),
  })
const open = async ({ shareId, declared }: Awaited<ReturnType<typeof share>>) => {
  app.clock.advance(1000)
  const proof = wecomProof(key('bob'), declared, 'bob', `${app.clock.now()}`)
  expect((await app.open(bob, shareId, proof)).status).toBe(201)
}
const refuse = async ({ shareId }: Awaited<ReturnType<typeof share>>, times = 1) => {
  for (let i = 0; i < times; i++) {
    app.clock.advance(1)
    const iv = createHash('md5').update(`${app.clock.now()}`).digest('base64')
    await app.open(bob, shareId, { encryptedData: key('junk'), iv })
  }
}

describe('notices by messages of the app', () => {
  it('the owner is sent one message, as the platform documents it', async () => {
    await start()
    await open(await share())
    await look()
    expect(sent()).toEqual([])
    await soon()
    expect(sent()).toEqual([
      {
        touser: 'alice',
        msgtype: 'text',
        agentid: 1,
        text: {
          content:
            '封笺 2026-01-01 08:00:01\n“周报”在 2026-01-01 08:00 第一次被打开。\n详情请在小程序里查看。',
        },
        enable_duplicate_check: 1,
        duplicate_check_interval: 14_400,
      },
    ])
    expect(requests()[0]?.query.get('access_token')).toBe('TOKEN')
    expect(await states()).toEqual(['sent'])
    expect(await metric('sent')).toBe(1)
    for (let i = 0; i < 3; i++) await soon(HOUR)
    expect(sent()).toHaveLength(1)
  })

  it.each<[keyof BotNotices, string]>([
    ['firstOpening', '“周报”在 2026-01-01 08:00 第一次被打开。'],
    ['refusedAttempts', '“周报”有 3 次打开被拒绝。'],
    ['expiringTomorrow', '“周报”将在 2026-01-02 20:00 到期。'],
  ])('%s is switched by itself', async (name, line) => {
    await start({ ...ALL, ...NONE, [name]: true })
    const card = await share('周报', 36)
    await refuse(card, 3)
    await open(card)
    await soon(13 * HOUR)
    await soon(HOUR)
    expect(texts().map((text) => text.split('\n').slice(1, -1))).toEqual([[line]])
  })

  it('none is sent unless switched on, nor by a bot that tells in conversation', async () => {
    await start({ ...ALL, by: 'conversation' })
    await open(await share('周报', 36))
    await soon(13 * HOUR)
    expect(await notices()).toEqual([])
    await app.stop()
    await start({ ...NONE, by: 'app-message' })
    await open(await share('周报', 36))
    await soon(13 * HOUR)
    expect([sent(), await notices()]).toEqual([[], []])
  })

  it('what happened since the last look is one message, of five lines and how many more', async () => {
    await start()
    for (let i = 1; i <= 7; i++) await open(await share(`卡片${i}`))
    await soon()
    const [text, ...more] = texts()
    expect(more).toEqual([])
    const lines = String(text).split('\n')
    expect(lines).toHaveLength(8)
    expect(lines.slice(1, 6).map((line) => line.slice(0, 5))).toEqual(
      [1, 2, 3, 4, 5].map((n) => `“卡片${n}”`),
    )
    expect(lines.slice(6)).toEqual(['另有 2 件。', '详情请在小程序里查看。'])
  })

  it('refused attempts are gathered: at once, then an hour later, a card for itself', async () => {
    await start()
    const [one, other] = [await share('一'), await share('二')]
    await refuse(one, 2)
    await soon()
    for (let i = 0; i < 5; i++) {
      await refuse(one, 10)
      await soon(5 * 60_000)
    }
    await refuse(other)
    await soon()
    await soon(HOUR)
    const lines = texts().map((text) => text.split('\n')[1])
    expect(lines).toEqual([
      '“一”有 2 次打开被拒绝。',
      '“二”有 1 次打开被拒绝。',
      '“一”有 50 次打开被拒绝。',
    ])
  })

  it('a card that is revoked, extended, or made for less than a day does not expire tomorrow', async () => {
    await start()
    const revoked = await share('撤回', 36)
    const extended = await share('延期', 36)
    await share('今天', 5)
    await app.call('POST', `/v1/cards/${revoked.cardId}/revoke`, { token: alice })
    app.clock.advance(12 * HOUR + 1)
    const worker = app.nest.get(NoticeFinder)
    await worker.look()
    expect(await states()).toEqual(['waiting'])
    await bot.say('延期 延期 3 天')
    await look()
    expect(texts()).toEqual([])
    await soon(3 * DAY)
    expect(texts().map((text) => text.split('\n')[1])).toEqual([
      '“延期”将在 2026-01-05 20:00 到期。',
    ])
    expect(extended.cardId).not.toBe(revoked.cardId)
  })

  it('the language is the one they spoke to the bot last', async () => {
    await start()
    await bot.say('help')
    await open(await share())
    await soon()
    expect(texts()[0]).toBe(
      'Sealcard 2026-01-01 08:00:01\n“周报” was first opened at 2026-01-01 08:00.\nSee the mini-program for more.',
    )
  })

  it('a title cannot forge a link or a line, nor a body slip in', async () => {
    await start()
    await open(await share('<a href="https://evil">x</a>\ny'))
    await soon()
    expect(texts()[0]).toContain('“＜a href="https://evil"＞x＜/a＞ y”')
    expect(texts()[0]?.split('\n')).toHaveLength(3)
    expect(JSON.stringify(platform.requests)).not.toContain('CANARY')
  })

  it('long titles stay below 2048 bytes', async () => {
    await start()
    for (let i = 0; i < 6; i++) await open(await share('𠮷'.repeat(60) + i))
    await soon()
    expect(Buffer.byteLength(texts()[0] ?? '')).toBeLessThanOrEqual(2048)
  })
})

describe('each owner hears of their own cards', () => {
  it('only, and of those of the bot’s app', async () => {
    await start()
    const carol = await app.login('carol', WECOM)
    const elsewhere = await app.login('alice', WECOM_B)
    await open(await share('甲'))
    const hers = await app.shared(carol, { title: '乙' })
    const there = await app.shared(elsewhere, { title: '丙' })
    await open(hers)
    const reader = await app.login('bob', WECOM_B)
    const proof = wecomProof(key('bob'), there.declared, 'bob', 'b')
    expect((await app.open(reader, there.shareId, proof)).status).toBe(201)
    await soon()
    const told = sent().map(({ touser, text }) => [touser, text.content.match(/“(.)”/u)[1]])
    expect(told.sort()).toEqual([
      ['alice', '甲'],
      ['carol', '乙'],
    ])
  })

  it('and from the bot of the app alone, where several apps have one', async () => {
    await start(ALL, deskBot({ id: 'other', app: WECOM_B, notices: ALL }))
    await open(await share())
    await soon()
    expect((await notices()).map(({ botId }) => botId)).toEqual(['desk'])
  })

  it.each(['@all', 'a|b', 'ｆｕｌｌ'])('a userid like %s is never sent to', async (userid) => {
    await start()
    jest.spyOn(app.nest.get(People), 'useridOf').mockResolvedValue(userid)
    await open(await share())
    await soon()
    expect(sent()).toEqual([])
    expect(await states()).toEqual(['given_up'])
    expect(await metric('refused')).toBe(1)
  })

  it('somebody who is erased is told nothing, and nothing is left of it', async () => {
    await start()
    await open(await share())
    app.clock.advance(SETTLED_MS)
    await app.nest.get(NoticeFinder).look()
    expect(await states()).toEqual(['waiting'])
    const who = { app: WECOM, viewerKey: 'alice' }
    const erased = await app.nest.get(PersonService).erase(who, { actor: 'admin' })
    expect(erased).toMatchObject({ bot_notices: 1 })
    await soon()
    expect([sent(), await notices()]).toEqual([[], []])
  })

  it('nor somebody who was erased while it was found', async () => {
    await start()
    const { cardId } = await share()
    const found = { botId: 'desk', viewerId: 'nobody', cardId, kind: 'opened' as const, times: 1 }
    const { manager } = app.storage
    await app.nest.get(BotNoticeRepository).add(manager, { ...found, at: app.clock.now() })
    await look()
    expect([sent(), await notices()]).toEqual([[], []])
  })

  it('notices are gone after 48 hours', async () => {
    await start()
    await open(await share())
    await soon()
    const purge = () => app.nest.get(RetentionService).run()
    app.clock.advance(2 * DAY - 1)
    await purge()
    expect(await notices()).toHaveLength(1)
    app.clock.advance(1)
    await purge()
    expect(await notices()).toHaveLength(0)
  })
})

describe('each is told once', () => {
  it('by however many processes', async () => {
    await start()
    const beside = await app.beside()
    for (let i = 0; i < 4; i++) await open(await share(`卡片${i}`))
    app.clock.advance(SETTLED_MS)
    await Promise.all([look(), look(beside), look(), look(beside)])
    await Promise.all([look(), look(beside)])
    await beside.nest.close()
    const told = texts().flatMap((text) => text.match(/卡片\d/gu) ?? [])
    expect(told.sort()).toEqual(['卡片0', '卡片1', '卡片2', '卡片3'])
    expect(new Set(await states())).toEqual(new Set(['sent']))
  })

  it('when the process dies between sending and the answer', async () => {
    await start()
    await open(await share())
    const repository = app.nest.get(BotNoticeRepository)
    jest.spyOn(repository, 'sent').mockRejectedValue(new Error('killed'))
    await soon()
    expect(await states()).toEqual(['sending'])
    app = await app.restart()
    for (let i = 0; i < 3; i++) await soon(HOUR)
    expect(sent()).toHaveLength(1)
    bot = new BotSender(app)
    expect(JSON.stringify(await bot.say('帮助'))).not.toContain('周报')
  })

  it('when the process dies between finding and sending: by the next', async () => {
    await start()
    await open(await share())
    app.clock.advance(SETTLED_MS)
    await app.nest.get(NoticeFinder).look()
    app = await app.restart()
    await look()
    await soon()
    expect(texts()).toHaveLength(1)
  })

  it('what a message told, the conversation does not, and the reverse', async () => {
    await start()
    await open(await share('信'))
    await soon()
    expect(JSON.stringify(await bot.event('enter_chat'))).not.toContain('信')
    await open(await share('话'))
    app.clock.advance(SETTLED_MS)
    await app.nest.get(NoticeFinder).look()
    const line = '“话”在 2026-01-01 08:00 第一次被打开。'
    expect(JSON.stringify(await bot.event('enter_chat'))).toContain(line)
    expect(JSON.stringify(await bot.event('enter_chat'))).not.toContain(line)
    await soon()
    expect(texts()).toHaveLength(1)
    expect(await states()).toEqual(['sent', 'told'])
  })

  it('also when the bot tells in conversation from then on', async () => {
    await start()
    await bot.event('enter_chat')
    await open(await share())
    await soon()
    const bots = [deskBot({ notices: { ...ALL, by: 'conversation' } })]
    const other = await TestApp.start({ bots }, app)
    expect(JSON.stringify(await new BotSender(other).event('enter_chat'))).not.toContain('周报')
    await other.nest.close()
  })
})

describe('a platform that', () => {
  it.each([
    ['answers 500', faults.serverError],
    ['is busy', faults.busy],
    ['breaks off', faults.reset],
    ['does not answer', faults.blackHole],
    ['counts too many calls', { errcode: 45009, errmsg: 'api freq out of limit' }],
  ])('%s is sent the same message later', async (_, fault) => {
    await start()
    await open(await share())
    platform.on(SEND, fault)
    await soon()
    const tried = sent()
    expect(tried.length).toBeGreaterThan(0)
    await look()
    expect(sent()).toEqual(tried)
    expect(await metric('retried')).toBe(1)
    await open(await share('另一张'))
    platform.on(SEND, { errcode: 0 })
    await soon(60_000)
    const [again, next] = sent().slice(tried.length)
    expect(again).toEqual(tried[0])
    expect(next.text.content).toContain('另一张')
    expect(await states()).toEqual(['sent', 'sent'])
  })

  it('gives no token is asked again', async () => {
    await start()
    await open(await share())
    platform.on('/cgi-bin/gettoken', faults.serverError)
    await soon()
    expect(sent()).toEqual([])
    platform.on('/cgi-bin/gettoken', { errcode: 0, access_token: 'T2', expires_in: 7200 })
    // The circuit of the tokens lets one through again.
    await new Promise((resolve) => setTimeout(resolve, 60))
    await soon(60_000)
    expect(texts()).toHaveLength(1)
  })

  it('is down for hours is not tried for ever; the conversation tells', async () => {
    await start()
    await open(await share())
    platform.on(SEND, faults.busy)
    for (let i = 0; i < 16; i++) await soon(15 * 60_000)
    const tried = sent().length
    expect(await states()).toEqual(['given_up'])
    expect(await metric('lost')).toBe(1)
    await soon(HOUR)
    expect(sent()).toHaveLength(tried)
    expect(JSON.stringify(await bot.event('enter_chat'))).toContain('“周报”在')
  })

  it.each([
    ['81013, nobody may be sent to', { errcode: 81013, errmsg: 'user alice invalid' }],
    ['60020, not from this address', { errcode: 60020, errmsg: 'not allow' }],
    ['that the owner is invalid', { errcode: 0, invaliduser: 'alice', msgid: 'm' }],
    ['that the owner has no licence', { errcode: 0, unlicenseduser: 'alice' }],
  ])('says %s is not asked again; the conversation tells', async (_, answer) => {
    await start()
    const card = await share()
    await open(card)
    platform.on(SEND, answer)
    await soon()
    platform.on(SEND, { errcode: 0 })
    await soon(HOUR)
    expect(sent()).toHaveLength(1)
    expect(await states()).toEqual(['given_up'])
    expect(await metric('refused')).toBe(1)
    expect(JSON.stringify(await bot.event('enter_chat'))).toContain('“周报”在')
    const { body } = await app.call('GET', `/v1/cards/${card.cardId}`, { token: alice })
    expect(body).toMatchObject({ status: 'active' })
  })

  it('ends a token is asked once more with another', async () => {
    await start()
    await open(await share())
    platform.next(SEND, { errcode: 42001, errmsg: 'expired' })
    platform.next('/cgi-bin/gettoken', { errcode: 0, access_token: 'T1', expires_in: 7200 })
    platform.next('/cgi-bin/gettoken', { errcode: 0, access_token: 'T2', expires_in: 7200 })
    await soon()
    expect(requests().map(({ query }) => query.get('access_token'))).toEqual(['T1', 'T2'])
    expect(await states()).toEqual(['sent'])
  })

  it('comes back after a day is not sent old news', async () => {
    await start()
    await open(await share())
    await soon(DAY + HOUR)
    expect([sent(), await notices()]).toEqual([[], []])
  })
})
