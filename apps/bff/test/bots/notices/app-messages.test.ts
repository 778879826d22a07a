import { People } from '../../../src/bots/chat-members/person.js'
import { NoticeFinder, GRACE_MS } from '../../../src/bots/notices/notice-finder.js'
import { BotNoticeRepository } from '../../../src/bots/storage/bot-notice.repository.js'
import type { BotNotices } from '../../../src/core/config/config.js'
import { PersonService } from '../../../src/lifecycle/person.service.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { deskBot } from '../../kit/bot-sender.js'
import { WECOM, WECOM_B } from '../../kit/config.js'
import { DAY, HOUR } from '../../../src/core/time.js'
import { ALL, MessageBench, NONE } from '../../kit/message-bench.js'
import { withoutCodes } from '../../kit/without-codes.js'
import { key, wecomProof } from '../../kit/proofs.js'

const bench = MessageBench.forFile(true)

describe('notices by messages of the app', () => {
  it('reach the owner in one message, as the platform documents it', async () => {
    const at = await bench().start()
    await at.open(await at.share())
    const { code } = (await at.app.call('GET', '/v1/me', { token: at.bob })).body
    await at.poll()
    expect(at.sent()).toEqual([])
    await at.soon()
    expect(at.sent()).toEqual([
      {
        touser: 'alice',
        msgtype: 'text',
        agentid: 1,
        text: {
          content: `封笺 2026-01-01 08:00:01\n“周报”在 2026-01-01 08:00 第一次被打开：${code}。\n详情请在小程序里查看。`,
        },
        enable_duplicate_check: 1,
        duplicate_check_interval: 14_400,
      },
    ])
    expect(at.requests()[0]?.query.get('access_token')).toBe('TOKEN')
    expect(await at.states()).toEqual(['sent'])
    expect(await at.metric('sent')).toBe(1)
    for (let i = 0; i < 3; i++) await at.soon(HOUR)
    expect(at.sent()).toHaveLength(1)
  })

  it.each<[keyof BotNotices, string]>([
    ['firstOpening', '“周报”在 2026-01-01 08:00 第一次被打开：<code>。'],
    ['refusedAttempts', '“周报”有 3 次打开被拒绝。'],
    ['expiringTomorrow', '“周报”将在 2026-01-02 20:00 到期。'],
  ])('have a switch of their own: %s', async (name, line) => {
    const at = await bench().start({ ...ALL, ...NONE, [name]: true })
    const card = await at.share('周报', 36)
    await at.refuse(card, 3)
    await at.open(card)
    await at.soon(13 * HOUR)
    await at.soon(HOUR)
    expect(at.texts().map((text) => withoutCodes(text).split('\n').slice(1, -1))).toEqual([[line]])
  })

  it.each<[string, BotNotices]>([
    ['where none is switched on', { ...NONE, by: 'app-message' }],
    ['by a bot that uses the conversation', { ...ALL, by: 'conversation' }],
  ])('are not sent %s', async (_, notices) => {
    const at = await bench().start(notices)
    await at.open(await at.share('周报', 36))
    await at.soon(13 * HOUR)
    expect([at.sent(), await at.notices()]).toEqual([[], []])
  })

  it('share one message, of five lines and the number of the others', async () => {
    const at = await bench().start()
    for (let i = 1; i <= 7; i++) await at.open(await at.share(`卡片${i}`))
    await at.soon()
    const [text, ...more] = at.texts()
    expect(more).toEqual([])
    const lines = String(text).split('\n')
    expect(lines).toHaveLength(8)
    expect(lines.slice(1, 6).map((line) => line.slice(0, 5))).toEqual(
      [1, 2, 3, 4, 5].map((n) => `“卡片${n}”`),
    )
    expect(lines.slice(6)).toEqual(['另有 2 件。', '详情请在小程序里查看。'])
  })

  it('count refused attempts of each card: at once, then once an hour', async () => {
    const at = await bench().start()
    const [one, other] = [await at.share('一'), await at.share('二')]
    await at.refuse(one, 2)
    await at.soon()
    for (let i = 0; i < 5; i++) {
      await at.refuse(one, 10)
      await at.soon(5 * 60_000)
    }
    await at.refuse(other)
    await at.soon()
    await at.soon(HOUR)
    const lines = at.texts().map((text) => text.split('\n')[1])
    expect(lines).toEqual([
      '“一”有 2 次打开被拒绝。',
      '“二”有 1 次打开被拒绝。',
      '“一”有 50 次打开被拒绝。',
    ])
  })

  it('skip cards that are revoked, extended, or made for less than a day', async () => {
    const at = await bench().start()
    const revoked = await at.share('撤回', 36)
    const extended = await at.share('延期', 36)
    await at.share('今天', 5)
    await at.app.call('POST', `/v1/cards/${revoked.cardId}/revoke`, { token: at.alice })
    at.app.clock.advance(12 * HOUR + 1)
    const worker = at.app.nest.get(NoticeFinder)
    await worker.find()
    expect(await at.states()).toEqual(['waiting'])
    await at.bot.say('延期 延期 3 天')
    await at.poll()
    expect(at.texts()).toEqual([])
    await at.soon(3 * DAY)
    expect(at.texts().map((text) => text.split('\n')[1])).toEqual([
      '“延期”将在 2026-01-05 20:00 到期。',
    ])
    expect(extended.cardId).not.toBe(revoked.cardId)
  })

  it('are in the language that the owner last used with the bot', async () => {
    const at = await bench().start()
    await at.bot.say('help')
    await at.open(await at.share())
    await at.soon()
    expect(withoutCodes(at.texts()[0] ?? '')).toBe(
      'Sealcard 2026-01-01 08:00:01\n“周报” was first opened at 2026-01-01 08:00 by <code>.\nSee the mini-program for more.',
    )
  })

  it('say by name who opened it, where the directory names them', async () => {
    const at = await bench().start()
    at.app.wecom.names.set('bob', '鲍勃')
    at.app.clock.advance(DAY)
    at.bob = await at.app.login('bob', WECOM)
    await at.open(await at.share())
    await at.soon()
    expect(withoutCodes(at.texts()[0] ?? '')).toContain('第一次被打开：鲍勃 <code>。')
  })

  it('contain no forged link or line of a title, and no body', async () => {
    const at = await bench().start()
    await at.open(await at.share('<a href="https://evil">x</a>\ny'))
    await at.soon()
    expect(at.texts()[0]).toContain('“＜a href="https://evil"＞x＜/a＞ y”')
    expect(at.texts()[0]?.split('\n')).toHaveLength(3)
    expect(JSON.stringify(at.platform.requests)).not.toContain('CANARY')
  })

  it('stay below 2048 bytes with long titles', async () => {
    const at = await bench().start()
    for (let i = 0; i < 6; i++) await at.open(await at.share('𠮷'.repeat(60) + i))
    await at.soon()
    expect(Buffer.byteLength(at.texts()[0] ?? '')).toBeLessThanOrEqual(2048)
  })
})

describe('an owner gets notices', () => {
  it('of their own cards in the bot’s app only', async () => {
    const at = await bench().start()
    const carol = await at.app.login('carol', WECOM)
    const elsewhere = await at.app.login('alice', WECOM_B)
    await at.open(await at.share('甲'))
    const hers = await at.app.shared(carol, { title: '乙' })
    const there = await at.app.shared(elsewhere, { title: '丙' })
    await at.open(hers)
    const reader = await at.app.login('bob', WECOM_B)
    const proof = wecomProof(key('bob'), there.declared, 'bob', 'b')
    expect((await at.app.open(reader, there.shareId, proof)).status).toBe(201)
    await at.soon()
    const told = at.sent().map(({ touser, text }) => [touser, text.content.match(/“(.)”/u)[1]])
    expect(told.sort()).toEqual([
      ['alice', '甲'],
      ['carol', '乙'],
    ])
  })

  it('from the bot of the card’s app only', async () => {
    const at = await bench().start(ALL, deskBot({ id: 'other', app: WECOM_B, notices: ALL }))
    await at.open(await at.share())
    await at.soon()
    expect((await at.notices()).map(({ botId }) => botId)).toEqual(['desk'])
  })

  it.each(['@all', 'a|b', 'ｆｕｌｌ'])('never under a userid like %s', async (userid) => {
    const at = await bench().start()
    jest.spyOn(at.app.nest.get(People), 'useridOf').mockResolvedValue(userid)
    await at.open(await at.share())
    await at.soon()
    expect(at.sent()).toEqual([])
    expect(await at.states()).toEqual(['given_up'])
    expect(await at.metric('refused')).toBe(1)
  })

  it('never after their erasure, which deletes the notices', async () => {
    const at = await bench().start()
    await at.open(await at.share())
    at.app.clock.advance(GRACE_MS)
    await at.app.nest.get(NoticeFinder).find()
    expect(await at.states()).toEqual(['waiting'])
    const who = { app: WECOM, viewerKey: 'alice' }
    const erased = await at.app.nest.get(PersonService).erase(who, { actor: 'admin' })
    expect(erased).toMatchObject({ bot_notices: 1 })
    await at.soon()
    expect([at.sent(), await at.notices()]).toEqual([[], []])
  })

  it('never when the erasure came while the finder worked', async () => {
    const at = await bench().start()
    const { cardId } = await at.share()
    const found = { botId: 'desk', viewerId: 'nobody', cardId, kind: 'opened' as const, times: 1 }
    const { manager } = at.app.storage
    await at.app.nest.get(BotNoticeRepository).add(manager, { ...found, at: at.app.clock.now() })
    await at.poll()
    expect([at.sent(), await at.notices()]).toEqual([[], []])
  })

  it('that are deleted after 48 hours', async () => {
    const at = await bench().start()
    await at.open(await at.share())
    await at.soon()
    const purge = () => at.app.nest.get(RetentionService).run()
    at.app.clock.advance(2 * DAY - 1)
    await purge()
    expect(await at.notices()).toHaveLength(1)
    at.app.clock.advance(1)
    await purge()
    expect(await at.notices()).toHaveLength(0)
  })
})

describe('the finder', () => {
  it('reads along indexes, with any number of cards and openings', async () => {
    const at = await bench().start()
    await at.open(await at.share('周报', 23))
    const { storage } = at.app
    const asked: [string, unknown[]][] = []
    const log = jest.spyOn(storage.logger, 'logQuery').mockImplementation((sql, values) => {
      if (/^(SELECT|UPDATE)/.test(sql)) asked.push([sql, [...((values ?? []) as unknown[])]])
    })
    await at.soon()
    log.mockRestore()
    const steps: string[] = []
    for (const [sql, values] of asked) {
      const rows = await storage.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, values)
      steps.push(...rows.map(({ detail }) => detail))
    }
    expect(at.sent()).toHaveLength(1)
    expect(
      steps.filter((step) => /^SCAN (?!CONSTANT ROW|dummy_table|jsonb?_each)/.test(step)),
    ).toEqual([])
    expect(steps.join('\n')).toMatch(/ix_openings_order \(at>\? AND at<\?\)/)
    expect(steps.join('\n')).toMatch(/ix_cards_expires_at \(expires_at>\? AND expires_at<\?\)/)
    expect(steps.join('\n')).toMatch(/ix_bot_notices_due \(state=\? AND due_at<\?\)/)
  })
})
