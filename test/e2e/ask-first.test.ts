import type { Client } from '@sealcard/simulator'
import { jsdomStack } from '../support/jsdom-stack.js'
import { manyLogins } from './scenarios.js'

const LIN = '林晓 Lin Xiao'
const CHEN = '陈默 Chen Mo'

/** A card that its reader may open once. */
describe.each<Client>(['wechat', 'wecom'])('a card with one opening on %s', (client) => {
  const running = jsdomStack({ config: manyLogins })
  let made = 0

  const sent = async () => {
    const card = { title: `只看一次 ${client} ${++made}`, body: `只给你看的字 ${made}` }
    const lin = await running.phones.take(`lin-${client}`)
    await lin.openApp()
    await lin.tap('写一张卡片')
    await lin.fill('标题', card.title)
    await lin.fill('正文', card.body)
    await lin.fill('每人最多看几次', '1')
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
    await lin.shareTo(CHEN)
    const chen = await running.phones.take(`chen-${client}`)
    // Logged in, and nothing under way: the next request is the opening.
    await chen.openApp()
    await chen.waitForText('还没有写过卡片')
    return { card, lin, chen }
  }
  const openings = async () =>
    (await running.stack.control.phone(`chen-${client}`).requests()).filter(
      ({ method, path }) => method === 'POST' && /\/openings$/.test(path),
    ).length

  it('asks before it is spent, says what the reader has to know, and costs two requests', async () => {
    const { card, lin, chen } = await sent()
    const before = await openings()
    await chen.openCard(LIN, card.title)
    await chen.waitForText('这张卡片只能再看 1 次，现在看？')
    const asked = await chen.text()
    expect(asked).not.toContain(card.body)
    for (const fact of ['发送人：', '可看到', '打开后，发送人会看到时间和次数', '水印']) {
      expect(asked).toContain(fact)
    }
    await lin.quit()
    await lin.openApp()
    await lin.tap(card.title)
    await lin.waitForText('还没有人打开过')
    await chen.tap('现在看')
    await chen.waitForText(card.body)
    await chen.waitForText('这是最后一次')
    await chen.waitForText('后，文字从屏幕上消失')
    expect((await openings()) - before).toBe(2)
  })

  it('is kept for later by who does not want to read it now, and tells the truth when it is spent', async () => {
    const { card, chen } = await sent()
    await chen.openCard(LIN, card.title)
    await chen.waitForText('现在看？')
    await chen.tap('以后再看')
    await chen.waitForText('写一张卡片')
    await chen.openCard(LIN, card.title)
    await chen.tap('现在看')
    await chen.waitForText(card.body)
    await chen.openCard(LIN, card.title)
    await chen.waitForText('你的查看次数已用完')
    expect(await chen.text()).not.toContain(card.body)
  })

  it('asks once more after the app went to the background, and spends nothing by it', async () => {
    const { card, chen } = await sent()
    await chen.openCard(LIN, card.title)
    await chen.waitForText('现在看？')
    await chen.openApp()
    await chen.waitForText('现在看？')
    await chen.tap('现在看')
    await chen.waitForText(card.body)
  })
})
