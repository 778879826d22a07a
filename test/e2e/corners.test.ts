import { buildWeapp, openJsdomPhone } from '@sealcard/simulator'
import { jsdomStack } from '../support/jsdom-stack.js'
import { weappDir } from '../support/stack.js'
import { manyLogins } from './scenarios.js'

const NO_TICKET = '请在原聊天中点击卡片打开'

describe('openings that bring no ticket', () => {
  const running = jsdomStack({ config: manyLogins })

  const send = async (phone: string, chat: string, title: string) => {
    const lin = await running.phones.take(phone)
    await lin.openApp()
    await lin.tap('写一张卡片')
    await lin.fill('标题', title)
    await lin.fill('正文', `正文：${title}`)
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
    await lin.shareTo(chat)
  }

  it('B12 helps a WeChat customer to whom a WeCom card was sent, and shows nothing', async () => {
    const { control } = running.stack
    const customer = await control.addPerson({
      name: '客户 Guest',
      wechat: true,
      wecomUserid: null,
    })
    const phone = await control.addPhone({ person: customer.id, client: 'wechat', platform: 'ios' })
    await control.addChat({
      client: 'wecom',
      kind: 'group',
      name: '客户群 Customers',
      members: ['lin', customer.id],
      interop: true,
    })
    await send('lin-wecom', '客户群 Customers', '给客户的卡片')
    const guest = await running.phones.take(phone.id)
    await guest.openCard('客户群 Customers', '给客户的卡片')
    await guest.waitForText(NO_TICKET)
    expect(await guest.text()).not.toContain('正文：给客户的卡片')
  })

  it.each(['wechat', 'wecom'] as const)(
    'B12 helps a person who reaches the page of a share from elsewhere on %s',
    async (client) => {
      const title = `路径 ${client}`
      await send(`lin-${client}`, '陈默 Chen Mo', title)
      const cards = (await running.stack.control.phone(`chen-${client}`).chats()).flatMap(
        (c) => c.cards,
      )
      const { path } = cards.find((card) => card.title === title)!
      const phone = await openJsdomPhone({
        bundle: await buildWeapp(weappDir),
        simulatorUrl: running.stack.simulator.url,
        phone: `zhou-${client}`,
        timeout: 60_000,
      })
      phone.launch(
        await running.stack.control.phone(`zhou-${client}`).open({ via: 'recent', path }),
      )
      await phone.waitForText(NO_TICKET)
      expect(phone.text()).not.toContain(`正文：${title}`)
      phone.close()
    },
  )

  it('warns a sender on a WeChat desktop before sharing that no one can open such a card', async () => {
    const desktop = await running.stack.control.addPhone({
      person: 'lin',
      client: 'wechat',
      platform: 'windows',
    })
    const lin = await running.phones.take(desktop.id)
    await lin.openApp()
    await lin.tap('写一张卡片')
    await lin.fill('标题', '从电脑发')
    await lin.tap('完成，去分享')
    await lin.waitForText('请在手机上分享')
  })
})
