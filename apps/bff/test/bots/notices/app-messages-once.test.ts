import { eventually, faults } from '@sealcard/testing'
import { NoticeFinder, GRACE_MS } from '../../../src/bots/notices/notice-finder.js'
import { NoticeLines } from '../../../src/bots/notices/notice-lines.js'
import { Jobs } from '../../../src/core/jobs/jobs.js'
import { Bots } from '../../../src/bots/registry/bots.service.js'
import { BotNoticeRepository } from '../../../src/bots/storage/bot-notice.repository.js'
import { AccessTokens } from '../../../src/platforms/tokens/access-tokens.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { WECOM } from '../../kit/config.js'
import { DAY, HOUR } from '../../../src/core/time.js'
import { ALL, MessageBench, SEND, TOKEN } from '../../kit/message-bench.js'
import { TestApp } from '../../kit/test-app.js'
import { withoutCodes } from '../../kit/without-codes.js'

const bench = MessageBench.forFile(true)
/** A separate service, for tests that stop it or open the breaker of its platform. */
const own = () => bench().start({ ...ALL })

describe('a notice reaches its owner once', () => {
  it('from any number of processes', async () => {
    const at = await bench().start()
    const beside = await at.app.beside()
    for (let i = 0; i < 4; i++) await at.open(await at.share(`卡片${i}`))
    at.app.clock.advance(GRACE_MS)
    await Promise.all([at.poll(), at.poll(beside), at.poll(), at.poll(beside)])
    await Promise.all([at.poll(), at.poll(beside)])
    await beside.nest.close()
    const told = at.texts().flatMap((text) => text.match(/卡片\d/gu) ?? [])
    expect(told.sort()).toEqual(['卡片0', '卡片1', '卡片2', '卡片3'])
    expect(new Set(await at.states())).toEqual(new Set(['sent']))
  })

  it('when the process dies between sending and the answer', async () => {
    const at = await own()
    await at.open(await at.share())
    const repository = at.app.nest.get(BotNoticeRepository)
    jest.spyOn(repository, 'sent').mockRejectedValue(new Error('killed'))
    await at.soon()
    expect(await at.states()).toEqual(['sending'])
    at.app = await at.app.restart()
    for (let i = 0; i < 3; i++) await at.soon(HOUR)
    expect(at.sent()).toHaveLength(1)
    at.bot = new BotSender(at.app)
    expect(JSON.stringify(await at.bot.say('帮助'))).not.toContain('周报')
  })

  it('when the process dies between finding and sending', async () => {
    const at = await own()
    await at.open(await at.share())
    at.app.clock.advance(GRACE_MS)
    await at.app.nest.get(NoticeFinder).find()
    at.app = await at.app.restart()
    await at.poll()
    await at.soon()
    expect(at.texts()).toHaveLength(1)
  })

  it('when the database is away for a moment before the message', async () => {
    const at = await bench().start()
    await at.open(await at.share())
    jest.spyOn(at.app.nest.get(NoticeLines), 'of').mockRejectedValueOnce(new Error('away'))
    await at.soon()
    expect([at.sent(), await at.states()]).toEqual([[], ['waiting']])
    await at.soon(60_000)
    expect(at.texts()).toHaveLength(1)
  })

  it('when the service stops: a message on its way arrives, and no other begins', async () => {
    const at = await own()
    const carol = await at.app.login('carol', WECOM)
    await at.open(await at.share())
    await at.open(await at.app.shared(carol, { title: '乙' }))
    let answer = () => {}
    const arrived = new Promise<void>((resolve) => {
      at.platform.on(SEND, (response) => {
        resolve()
        answer = () => void response.writeHead(200).end('{"errcode":0}')
      })
    })
    const looking = at.soon()
    await arrived
    const stopped = at.app.nest.get(Jobs).beforeApplicationShutdown()
    answer()
    await Promise.all([stopped, looking])
    expect((await at.states()).sort()).toEqual(['sent', 'waiting'])
    expect(at.sent()).toHaveLength(1)
  })

  it('by a message or in the conversation, not by both', async () => {
    const at = await bench().start()
    await at.open(await at.share('信'))
    await at.soon()
    expect(JSON.stringify(await at.bot.event('enter_chat'))).not.toContain('信')
    await at.open(await at.share('话'))
    at.app.clock.advance(GRACE_MS)
    await at.app.nest.get(NoticeFinder).find()
    const line = '“话”在 2026-01-01 08:00 第一次被打开：'
    expect(JSON.stringify(await at.bot.event('enter_chat'))).toContain(line)
    expect(JSON.stringify(await at.bot.event('enter_chat'))).not.toContain(line)
    await at.soon()
    expect(at.texts()).toHaveLength(1)
    expect(await at.states()).toEqual(['sent', 'told'])
  })

  it('after a clock was a month ahead', async () => {
    const at = await own()
    const months = async (n: number) => {
      at.app.clock.advance(n * 30 * DAY)
      at.alice = await at.app.login('alice', WECOM)
      at.bob = await at.app.login('bob', WECOM)
    }
    const live = async (title: string) => {
      await at.open(await at.share(title, 36))
      await at.soon()
      at.app.clock.advance(13 * HOUR)
      await at.poll()
    }
    await months(1)
    await live('甲')
    await months(-1)
    await live('乙')
    expect(at.texts().map((text) => withoutCodes(text).split('\n')[1])).toEqual([
      '“甲”在 2026-01-31 08:00 第一次被打开：<code>。',
      '“甲”将在 2026-02-01 20:00 到期。',
      '“乙”在 2026-01-01 21:00 第一次被打开：<code>。',
      '“乙”将在 2026-01-03 09:00 到期。',
    ])
  })

  it('although a process has a clock that is a day behind', async () => {
    const at = await own()
    const cursors = () => at.app.storage.query('SELECT * FROM bot_notice_cursors ORDER BY stream')
    at.app.clock.advance(DAY)
    await at.open(await at.share('信', 36))
    await at.soon()
    await at.soon(13 * HOUR)
    const before = await cursors()
    expect(before).toHaveLength(2)
    at.app.clock.advance(-DAY)
    await at.poll()
    expect(await cursors()).toEqual(before)
    at.app.clock.advance(-DAY)
    await at.poll()
    expect(await cursors()).toMatchObject([{ last_id: '' }, { last_id: '' }])
  })

  it('when the bot switches to the conversation', async () => {
    const at = await bench().start()
    await at.bot.event('enter_chat')
    await at.open(await at.share())
    await at.soon()
    const bots = [deskBot({ notices: { ...ALL, by: 'conversation' } })]
    const other = await TestApp.start({ bots }, at.app)
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
    // Only a platform that never answers gets a short wait, in a separate service.
    const silent = fault === faults.blackHole
    if (silent) bench().timeoutMs = 1_000
    const at = silent ? await own() : await bench().start()
    await at.open(await at.share())
    at.platform.on(SEND, fault)
    await at.soon()
    const tried = at.sent()
    expect(tried.length).toBeGreaterThan(0)
    await at.poll()
    expect(at.sent()).toEqual(tried)
    expect(await at.metric('retried')).toBe(1)
    await at.open(await at.share('另一张'))
    at.platform.on(SEND, { errcode: 0 })
    await at.soon(60_000)
    const [again, next] = at.sent().slice(tried.length)
    expect(again).toEqual(tried[0])
    expect(next.text.content).toContain('另一张')
    expect(await at.states()).toEqual(['sent', 'sent'])
  })

  it('gives no token is asked again', async () => {
    const at = await own()
    await at.open(await at.share())
    at.platform.on(TOKEN, faults.serverError)
    await at.soon()
    expect(at.sent()).toEqual([])
    at.platform.on(TOKEN, { errcode: 0, access_token: 'T2', expires_in: 7200 })
    const tokens = at.app.nest.get(AccessTokens)
    const app = at.app.nest.get(Bots).find('desk')!.app
    // The breaker of the token calls closes by the machine's clock.
    await eventually(() => tokens.withToken(app, () => Promise.resolve(true)).catch(() => false))
    await at.soon(60_000)
    expect(at.texts()).toHaveLength(1)
  })

  it('is down for hours is given up; the conversation shows the notice', async () => {
    const at = await own()
    await at.open(await at.share())
    at.platform.on(SEND, faults.busy)
    for (let i = 0; i < 16; i++) await at.soon(15 * 60_000)
    const tried = at.sent().length
    expect(await at.states()).toEqual(['given_up'])
    expect(await at.metric('lost')).toBe(1)
    await at.soon(HOUR)
    expect(at.sent()).toHaveLength(tried)
    expect(JSON.stringify(await at.bot.event('enter_chat'))).toContain('“周报”在')
  })

  it.each([
    ['81013, no receiver is allowed', { errcode: 81013, errmsg: 'user alice invalid' }],
    ['60020, not from this address', { errcode: 60020, errmsg: 'not allow' }],
    ['that the owner is invalid', { errcode: 0, invaliduser: 'alice', msgid: 'm' }],
    ['that the owner has no licence', { errcode: 0, unlicenseduser: 'alice' }],
  ])('says %s is not asked again; the conversation shows the notice', async (_, answer) => {
    const at = await bench().start()
    const card = await at.share()
    await at.open(card)
    at.platform.on(SEND, answer)
    await at.soon()
    at.platform.on(SEND, { errcode: 0 })
    await at.soon(HOUR)
    expect(at.sent()).toHaveLength(1)
    expect(await at.states()).toEqual(['given_up'])
    expect(await at.metric('refused')).toBe(1)
    expect(JSON.stringify(await at.bot.event('enter_chat'))).toContain('“周报”在')
    const { body } = await at.app.call('GET', `/v1/cards/${card.cardId}`, { token: at.alice })
    expect(body).toMatchObject({ status: 'active' })
  })

  it('ends a token is asked once more with another', async () => {
    const at = await own()
    await at.open(await at.share())
    at.platform.next(SEND, { errcode: 42001, errmsg: 'expired' })
    at.platform.next(TOKEN, { errcode: 0, access_token: 'T1', expires_in: 7200 })
    at.platform.next(TOKEN, { errcode: 0, access_token: 'T2', expires_in: 7200 })
    await at.soon()
    expect(at.requests().map(({ query }) => query.get('access_token'))).toEqual(['T1', 'T2'])
    expect(await at.states()).toEqual(['sent'])
  })

  it('comes back after a day gets no old news', async () => {
    const at = await bench().start()
    await at.open(await at.share())
    await at.soon(DAY + HOUR)
    expect([at.sent(), await at.notices()]).toEqual([[], []])
  })
})
