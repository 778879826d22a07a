import { buildWeapp, openJsdomPhone, type Client } from '@sealcard/simulator'
import { eventually } from '@sealcard/testing'
import { jsdomStack } from '../support/jsdom-stack.js'
import type { PhoneDriver } from '../support/phone-driver.js'
import { weappDir } from '../support/stack.js'
import { manyLogins } from './scenarios.js'

const LIN = '林晓 Lin Xiao'
const CHEN = '陈默 Chen Mo'
const ZHOU = '周远 Zhou Yuan'

/** `2026-01-31` on this machine, so many days from now. */
const dayIn = (days: number) =>
  new Date(Date.now() + days * 24 * 60 * 60 * 1000).toLocaleDateString('sv')

/** What a sender can do with a card after it was written, on the phone. */
describe.each<Client>(['wechat', 'wecom'])('a card of one’s own, on %s', (client) => {
  const running = jsdomStack({ config: manyLogins })
  let made = 0

  const phone = (person: string) => running.phones.take(`${person}-${client}`)
  const newCard = () => ({ title: `年终奖 ${client} ${++made}`, body: `只给你看 ${made}` })

  const write = async (lin: PhoneDriver, card: { title: string; body: string }) => {
    await lin.openApp()
    await lin.tap('写一张卡片')
    await lin.fill('标题', card.title)
    await lin.fill('正文', card.body)
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
  }
  const expectList = (lin: PhoneDriver, titles: { has: string; not: string }) =>
    eventually(async () => {
      // Behind a title, on its line, stands the status.
      const lines = (await lin.text()).split('\n').map((line) => line.replace(/[✓✕–] .*$/, ''))
      return lines.includes(titles.has) && !lines.includes(titles.not)
    })
  const opens = async (person: string, title: string, body: string) => {
    const reader = await phone(person)
    await reader.openCard(LIN, title)
    await reader.waitForText(body)
  }

  it('is edited until somebody opened it, and the reading arrives on the open page', async () => {
    const card = newCard()
    const lin = await phone('lin')
    await write(lin, card)
    await lin.shareTo(CHEN)
    await lin.waitForText('点过分享')
    await lin.tap('编辑')
    await lin.fill('正文', '改过的字')
    await lin.fill('最多几人看', '1')
    await lin.tap('保存')
    await lin.waitForText('改过的字')
    await lin.waitForText('最多 1 人看')
    await opens('chen', card.title, '改过的字')
    // Nothing is touched on this phone: the page asks by itself.
    await lin.waitForText('看了 1 次')
    await lin.tap('编辑')
    await lin.waitForText('已有人打开过，标题和正文不能再改')
    await lin.fill('最多几人看', '5')
    await lin.tap('保存')
    await lin.waitForText('最多 5 人看')
  })

  it('is extended by one tap or to a date, duplicated, and deleted after a question', async () => {
    const card = newCard()
    const lin = await phone('lin')
    await lin.openApp()
    await lin.tap('写一张卡片')
    await lin.fill('标题', card.title)
    await lin.fill('正文', card.body)
    for (const preset of ['24 小时', '阅后即焚']) await lin.tap(preset)
    await lin.tap('完成，去分享')
    await lin.waitForText('每人最多看 1 次')
    await lin.shareTo(CHEN)
    await lin.tap('+7 天')
    await lin.waitForText('已延到')
    await lin.waitForText('每人最多看 1 次')
    const day = dayIn(30)
    await lin.fill('选择日期', day)
    await lin.waitForText(`已延到 ${day} 23:59`)
    await lin.fill('选择日期', dayIn(29))
    await lin.waitForText('请选更晚的日期')

    await lin.tap('复制成新卡片')
    await lin.fill('标题', `${card.title} 副本`)
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
    await lin.waitForText(card.body)

    await lin.quit()
    await lin.openApp()
    await lin.waitForText(`${card.title} 副本`)
    await lin.tap(card.title)
    await lin.tap('删除卡片')
    await lin.waitForText('标题和正文立即抹去')
    await lin.tap('取消')
    await lin.tap('删除卡片')
    await lin.tap('确认删除')
    await lin.waitForText('写一张卡片')
    // The list shows what it had until the answer is there.
    await expectList(lin, { has: `${card.title} 副本`, not: card.title })

    const chen = await phone('chen')
    await chen.openCard(LIN, card.title)
    await chen.waitForText('卡片已被撤回')
  })

  it('has a share for each label, and its readers stand by it', async () => {
    const card = newCard()
    const lin = await phone('lin')
    await write(lin, card)
    await lin.shareTo(CHEN)
    await lin.fill('分享给谁（选填）', '老周')
    await lin.shareTo(ZHOU)
    await lin.waitForText('点过分享：老周')
    await opens('chen', card.title, card.body)
    await opens('zhou', card.title, card.body)
    await lin.quit()
    await lin.openApp()
    await lin.tap(card.title)
    await lin.waitForText('经由“老周”')
    await lin.waitForText('未标记的分享')
  })

  it('is found by its title and its status', async () => {
    const [one, other] = [newCard(), newCard()]
    const lin = await phone('lin')
    await write(lin, { ...one, title: `查找 ${one.title}` })
    await lin.quit()
    await write(lin, other)
    await lin.quit()
    await lin.openApp()
    await lin.waitForText(other.title)
    await lin.fill('搜索标题', `查找 ${one.title}`)
    // While the answer is on its way the list has no card at all.
    await expectList(lin, { has: `查找 ${one.title}`, not: other.title })
    await lin.tap('已撤回')
    await lin.waitForText('没有符合条件的卡片')
    await lin.tap('清除筛选')
    await lin.waitForText(other.title)
  })

  it('is marked as shared in the list, and the next one starts with its settings', async () => {
    const card = newCard()
    const lin = await openJsdomPhone({
      bundle: await buildWeapp(weappDir),
      simulatorUrl: running.stack.simulator.url,
      phone: `lin-${client}`,
      timeout: 60_000,
    })
    await lin.openRecent()
    await lin.tap('写一张卡片')
    await lin.fill('标题', card.title)
    await lin.tap('仅一人可看')
    await lin.tap('完成，去分享')
    await lin.tap('分享到聊天')
    await lin.share(CHEN)
    await lin.waitForText('点过分享')
    lin.back()
    await lin.waitForText('已分享')
    await lin.tap('写一张卡片')
    await lin.fill('标题', newCard().title)
    await lin.waitForText('✓ 仅一人可看')
    await lin.tap('完成，去分享')
    await lin.waitForText('最多 1 人看')
    lin.close()
  })
})
