import type { BotNotices } from '../../../src/core/config/config.js'
import { DAY, HOUR, MINUTE } from '../../../src/core/time.js'
import { MINI_PROGRAM } from '../../kit/bot-sender.js'
import { WECOM } from '../../kit/config.js'
import { ALL, MessageBench } from '../../kit/message-bench.js'
import { withoutCodes } from '../../kit/without-codes.js'

const bench = MessageBench.forFile()
const EVERYTHING: BotNotices = { ...ALL, laterReaders: true, accessRequests: true }

const named = async (person: string, name: string) => {
  const at = bench()
  at.app.wecom.names.set(person, name)
  at.app.clock.advance(DAY)
  await at.app.login(person, WECOM)
}

/** Lines without the first and the last. */
const lines = (text: string) => withoutCodes(text).split('\n').slice(1, -1)

describe('a notice of an app with a mini-program', () => {
  it('is a card that opens the page of the card, with who opened it and when', async () => {
    const at = bench()
    at.miniProgram = MINI_PROGRAM
    await at.start(EVERYTHING)
    await named('bob', '鲍勃')
    const { cardId, ...share } = await at.share('季度奖金')
    at.bob = await at.app.login('bob', WECOM)
    await at.open({ cardId, ...share })
    const { code } = (await at.app.call('GET', '/v1/me', { token: at.bob })).body
    await at.soon()
    expect(at.sent()).toEqual([
      {
        touser: 'alice',
        msgtype: 'miniprogram_notice',
        miniprogram_notice: {
          appid: MINI_PROGRAM,
          page: `pages/card/index?id=${cardId}`,
          title: '卡片第一次被打开',
          content_item: [
            { key: '打开', value: `季度奖金 鲍勃 ${code}` },
            { key: '时间', value: '2026-01-02 08:00:01' },
          ],
        },
        enable_duplicate_check: 1,
        duplicate_check_interval: 14_400,
      },
    ])
  })

  it('opens the pages that the app names as its own', async () => {
    const at = bench()
    at.miniProgram = MINI_PROGRAM
    at.change = { cardPath: '/sealed/own', homePath: '/sealed/all' }
    await at.start(EVERYTHING)
    const { cardId, ...share } = await at.share('季度奖金')
    await at.open({ cardId, ...share })
    await at.soon()
    await at.open(await at.share('另一张'))
    await at.open(await at.share('第三张'))
    await at.soon()
    const pages = at.sent().map(({ miniprogram_notice: notice }) => notice.page)
    expect(pages).toEqual([`sealed/own?id=${cardId}`, 'sealed/all'])
    const { template_card: list } = await at.bot.say('我的卡片')
    expect(list.card_action.pagepath).toBe('sealed/all')
    expect(list.jump_list.map(({ pagepath }: { pagepath: string }) => pagepath)).toContain(
      `sealed/own?id=${cardId}`,
    )
  })

  it('opens the list where it is about several cards, and keeps to the platform’s lengths', async () => {
    const at = bench()
    at.miniProgram = MINI_PROGRAM
    await at.start(EVERYTHING)
    await named('bob', '一个非常长的名字'.repeat(4))
    at.bob = await at.app.login('bob', WECOM)
    for (let i = 0; i < 7; i++) await at.open(await at.share(`${'长'.repeat(60)}${i}`))
    await at.soon()
    const [{ miniprogram_notice: notice }] = at.sent()
    expect(notice.page).toBe('pages/index/index')
    expect(notice.content_item).toHaveLength(7)
    expect(notice.content_item[5]).toEqual({ key: '其他', value: '另有 2 件。' })
    for (const { key, value } of notice.content_item) {
      expect(Array.from(key).length).toBeLessThanOrEqual(10)
      expect(Array.from(value).length).toBeLessThanOrEqual(30)
    }
    expect(notice.title.length).toBeLessThanOrEqual(12)
    expect(notice.title.length).toBeGreaterThanOrEqual(4)
  })
})

describe('a notice of an app with a web page', () => {
  it('is a text card with a link to the card, and without forged tags', async () => {
    const at = bench()
    at.change = {
      h5: {
        origin: 'https://cards.example.com',
        keyDerivation: 'url16',
        authorizeBase: 'https://open.weixin.qq.com',
        webLoginBase: 'https://login.work.weixin.qq.com',
      },
    }
    await at.start(EVERYTHING)
    const share = await at.share('<a href="https://evil">x</a>')
    await at.open(share)
    await at.soon()
    const [{ msgtype, agentid, textcard }] = at.sent()
    expect({ msgtype, agentid }).toEqual({ msgtype: 'textcard', agentid: 1 })
    expect(textcard.url).toBe(`https://cards.example.com/h5/#/card/${share.cardId}`)
    expect(textcard.title).toBe('卡片第一次被打开')
    expect(textcard.description).not.toMatch(/[<>]/)
    expect(textcard.description).toContain('2026-01-01 08:00:01')
    expect(Buffer.byteLength(textcard.description)).toBeLessThanOrEqual(512)
  })
})

describe('what an owner hears', () => {
  it('of readers: the first at once, later ones together, once an hour', async () => {
    const at = await bench().start(EVERYTHING)
    const share = await at.share()
    await at.open(share)
    await at.soon()
    await at.openAs('carol', share)
    await at.soon()
    for (const person of ['dora', 'emil', 'fred']) await at.openAs(person, share)
    // Whoever opens it again is no new reader.
    await at.open(share)
    await at.soon()
    await at.soon(30 * MINUTE)
    expect(at.texts()).toHaveLength(2)
    await at.soon(HOUR)
    expect(at.texts().map(lines)).toEqual([
      ['“周报”在 2026-01-01 08:00 第一次被打开：<code>。'],
      ['“周报”又有 1 人打开：<code>。'],
      ['“周报”又有 3 人打开：<code> 等。'],
    ])
  })

  it('of recipients who came too late: who it was; of others only how often', async () => {
    const at = await bench().start(EVERYTHING)
    await named('carol', '卡萝')
    const share = await at.share('周报', 1)
    at.app.clock.advance(2 * HOUR)
    await at.poll()
    await at.comeLate('carol', share)
    await at.comeLate('carol', share)
    await at.refuse(share, 2)
    await at.soon()
    expect(at.texts().map(lines)).toEqual([
      ['“周报”有 1 人来晚了，没能打开：卡萝 <code>。', '“周报”有 2 次打开被拒绝。'],
    ])
    await at.comeLate('dora', share)
    await at.comeLate('emil', share)
    await at.soon(HOUR)
    expect(at.texts().map(lines)[1]).toEqual(['“周报”有 2 人来晚了，没能打开：<code> 等。'])
  })

  it('of requests for access: who asked, and how many', async () => {
    const at = await bench().start(EVERYTHING)
    await named('carol', '卡萝')
    const share = await at.share()
    await at.ask('carol', share, 'CANARY-NOTE')
    await at.soon()
    await at.ask('dora', share)
    await at.ask('emil', share)
    await at.soon()
    await at.soon(HOUR)
    expect(at.texts().map(lines)).toEqual([
      ['“周报”收到 1 个查看申请：卡萝 <code>。'],
      ['“周报”收到 2 个查看申请：<code> 等。'],
    ])
    expect(JSON.stringify(at.sent())).not.toContain('CANARY')
  })

  it('nothing of what they switched off, neither in a message nor in the conversation', async () => {
    const at = await bench().start(EVERYTHING)
    const body = { kinds: { opened: false } }
    await at.app.call('PUT', '/v1/me/notices', { token: at.alice, body })
    const share = await at.share()
    await at.open(share)
    await at.openAs('carol', share)
    await at.ask('dora', share)
    await at.soon()
    expect(at.texts().map(lines)).toEqual([['“周报”收到 1 个查看申请：<code>。']])
    const reply = await at.bot.say('帮助')
    expect(JSON.stringify(reply)).not.toContain('打开：')
  })

  it('the same in a conversation, where the app sends nothing', async () => {
    const at = await bench().start({ ...EVERYTHING, by: 'conversation' })
    await at.bot.say('帮助')
    const share = await at.share()
    await at.open(share)
    await at.openAs('carol', share)
    await at.ask('dora', share)
    const reply = await at.bot.say('帮助')
    const text = withoutCodes(JSON.stringify(reply))
    expect(text).toContain('“周报”又有 1 人打开：<code>。')
    expect(text).toContain('“周报”收到 1 个查看申请：<code>。')
  })

  it('in the time zone of the app, in messages and in answers', async () => {
    const at = bench()
    at.change = { timeZone: 'Europe/Berlin' }
    await at.start(EVERYTHING)
    await at.open(await at.share())
    const reply = await at.bot.say('谁看过 周报')
    expect(JSON.stringify(reply)).toContain('最近 2026-01-01 01:00')
    await at.soon()
    expect(at.texts()[0]).toMatch(/^封笺 2026-01-01 01:00:01\n.*在 2026-01-01 01:00 第一次/)
  })
})
