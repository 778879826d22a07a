import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { WECOM } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
let bot: BotSender
const ids = new Map<string, string>()
const titles = ['Q3周报', 'Ｂｕｄｇｅｔ 2026（草稿）', 'Plan B', 'plan  b 2', '裁员名单']
beforeAll(async () => {
  app = await TestApp.start({ bots: [deskBot()] })
  bot = new BotSender(app)
  const alice = await app.login('alice', WECOM)
  for (const title of titles) {
    app.clock.advance(1)
    const { body } = await app.call('POST', '/v1/cards', {
      token: alice,
      body: { title, body: 'B' },
    })
    ids.set(title, body.id)
  }
})
afterAll(() => app.stop())

describe('a title is found', () => {
  it.each([
    ['谁看过 Q3 周报', 'Q3周报'],
    ['谁看过 q３　周报', 'Q3周报'],
    ['谁看过：Q3周报', 'Q3周报'],
    ['谁看过: Q3 周报', 'Q3周报'],
    ['谁看过《Q3 周报》？', 'Q3周报'],
    ['who opened: budget2026(草稿)', 'Ｂｕｄｇｅｔ 2026（草稿）'],
    ['谁看过 BUDGET', 'Ｂｕｄｇｅｔ 2026（草稿）'],
    ['谁看过 planb2', 'plan  b 2'],
    ['谁看过 PLAN B', 'Plan B'],
    ['谁看过 planB', 'Plan B'],
  ])('by %j', async (words, title) => {
    const { template_card: card } = await bot.say(words)
    expect(card.card_action.pagepath).toBe(`pages/card/index?id=${ids.get(title)}`)
  })

  it('to revoke and to extend the card, too', async () => {
    const { template_card: asked } = await bot.say('撤回：Q3 周报')
    expect(asked.main_title.title).toBe('撤回“Q3周报”？')
    const { template_card: extended } = await bot.say('延期：Q3 周报 3 天')
    expect(extended.main_title.title).toContain('“Q3周报”')
  })

  it('exactly first, when several titles differ by spaces only; else all of them', async () => {
    const alice = await app.login('alice', WECOM)
    for (const title of ['a b', 'ab'])
      await app.call('POST', '/v1/cards', { token: alice, body: { title, body: 'B' } })
    expect((await bot.say('谁看过 a b')).template_card.main_title.title).toBe('谁看过“a b”')
    expect((await bot.say('谁看过 ab')).template_card.main_title.title).toBe('谁看过“ab”')
    expect((await bot.say('谁看过 A  B')).template_card.main_title.title).toBe('谁看过“a b”')
    const { button_list: buttons } = (await bot.say('谁看过 a　 B\u200b')).template_card
    expect(buttons.map(({ text }: { text: string }) => text).sort()).toEqual(['a b', 'ab'])
  })
})

describe('a title that is not found', () => {
  it('leads to the nearest titles, in words and by buttons', async () => {
    const { template_card: card } = await bot.say('撤回 Q3周抱')
    expect(card.main_title.title).toBe('没有找到这张卡片。')
    expect(card.sub_title_text).toBe('是“Q3周报”吗？')
    expect(card.button_list).toEqual([
      { text: 'Q3周报', key: `zh:revoke:${ids.get('Q3周报')}`, style: 4 },
    ])
    const { template_card: asked } = await bot.press(card, card.button_list[0].key)
    expect(asked.main_title.title).toBe('撤回“Q3周报”？')
    const english = (await bot.say('who opened budgit')).template_card
    expect(english.sub_title_text).toBe('Did you mean “Ｂｕｄｇｅｔ 2026（草稿）”?')
  })

  it('changes nothing, however near another title is', async () => {
    const { template_card: card } = await bot.say('延期 Q3周抱 3 天')
    expect(card.button_list[0].key).toBe(`zh:extend:${ids.get('Q3周报')}:3`)
  })

  it.each([
    ['谁看过 完全不同的东西', '没有找到这张卡片。', '我的卡片'],
    ['revoke something entirely different', 'There is no such card.', 'My cards'],
    ['谁看过 \u200b', '没有找到这张卡片。', '我的卡片'],
  ])('%j leads to the list when no title is near', async (words, title, button) => {
    const { template_card: card } = await bot.say(words)
    expect(card.main_title.title).toBe(title)
    expect(card.button_list).toEqual([
      { text: button, key: expect.stringMatching(/:cards$/), style: 1 },
    ])
    for (const each of titles) expect(JSON.stringify(card)).not.toContain(each)
    const listed = await bot.press(card, card.button_list[0].key)
    expect(JSON.stringify(listed)).toContain('裁员名单')
  })

  it('leads to no card of another person, and to none in a group', async () => {
    const mallory = { from: { userid: 'mallory' } }
    expect(JSON.stringify(await bot.say('撤回 Q3周抱', mallory))).not.toContain('周报')
    const group = { chattype: 'group', chatid: 'g' }
    expect(JSON.stringify(await bot.say('@封笺 撤回 Q3周抱', group))).not.toContain('周报')
  })
})
