import {
  buildWeapp,
  type Client,
  type JsdomPhone,
  openJsdomPhone,
  simulatorLink,
} from '@sealcard/simulator'
import { jsdomStack } from '../support/jsdom-stack.js'
import { weappDir } from '../support/stack.js'
import { manyLogins } from './scenarios.js'

const CHEN = '陈默 Chen Mo'
const ZHOU = '周远 Zhou Yuan'
const ASK = '请发送人再发给我'
const NOTE = '我是财务部的周远 🎉'

describe.each<Client>(['wechat', 'wecom'])('asking for access, on %s', (client) => {
  const running = jsdomStack({ config: manyLogins })
  const open: JsdomPhone[] = []
  afterEach(() => open.splice(0).forEach((phone) => phone.close()))

  const phoneOf = async (id: string) => {
    const phone = await openJsdomPhone({
      bundle: await buildWeapp(weappDir),
      simulatorUrl: running.stack.simulator.url,
      phone: id,
      timeout: 60_000,
    })
    open.push(phone)
    return phone
  }
  const requestsOf = (person: string) =>
    running.stack.control.phone(`${person}-${client}`).requests()

  const send = async (title: string) => {
    const lin = await phoneOf(`lin-${client}`)
    await lin.openRecent()
    await lin.tap('写一张卡片')
    await lin.fill('标题', title)
    await lin.fill('正文', `正文 ${title}`)
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
    return { lin, card: (await lin.share(CHEN)).id }
  }

  it('reaches the card’s page with name or code, note and time, and is dismissed there', async () => {
    const { lin, card } = await send('撤回后的申请')
    await lin.tap('撤回卡片')
    await lin.tap('确认撤回')
    await lin.waitForText('已撤回')
    const chen = await phoneOf(`chen-${client}`)
    await chen.openCard(card)
    await chen.waitForText('卡片已被撤回')
    await chen.fill('附言（选填）', 'x'.repeat(101))
    await chen.tap(ASK)
    await chen.waitForText('附言最多 100 个字符')
    await chen.fill('附言（选填）', NOTE)
    await chen.tap(ASK)
    await chen.waitForText('如果这张卡片存在')

    lin.back()
    await lin.tap('撤回后的申请')
    await lin.waitForText('谁想看')
    await lin.waitForText(NOTE)
    expect(lin.text()).toMatch(/[0-9A-HJKMNP-TV-Z]{6}/)
    expect(lin.text()).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d 申请/)
    // A revoked card is shared no more.
    await lin.waitForText('请复制成新卡片再分享')
    expect(lin.text()).not.toContain('再分享一次')
    await lin.tap('忽略')
    await lin.waitFor(() => !lin.text().includes('谁想看'), 'no request')
  })

  if (client === 'wecom') return

  it('is answered by one tap that shares again, and tells the asker nothing of the card', async () => {
    const { lin, card } = await send('转发来的卡片')
    const { url } = running.stack.simulator
    const old = simulatorLink(url, 'chen-wechat-old')
    const forwarded = await old.forward({ card, chat: await old.chatCalled(ZHOU) })
    const zhou = await phoneOf('zhou-wechat')
    await zhou.openCard(forwarded.id)
    await zhou.waitForText('在这里打不开这张卡片')
    const before = (await requestsOf('zhou')).length
    await zhou.tap(ASK)
    await zhou.waitForText('如果这张卡片存在，发送人会看到你的申请。')
    expect(await requestsOf('zhou')).toHaveLength(before + 1)
    expect(zhou.text()).not.toMatch(/转发来的卡片|林晓/)

    lin.back()
    await lin.tap('转发来的卡片')
    await lin.waitForText('谁想看')
    await lin.tap('再分享一次')
    const again = await lin.share(ZHOU)
    await zhou.openCard(again.id)
    await zhou.waitForText('正文 转发来的卡片')
  })

  it('is possible three times a day; the fourth is answered in words', async () => {
    const { control } = running.stack
    const guest = await control.addPerson({ name: '客户 Guest', wechat: true, wecomUserid: null })
    const { id } = await control.addPhone({ person: guest.id, client, platform: 'ios' })
    const sent = '如果这张卡片存在'
    for (const words of [sent, sent, sent, '每天最多申请 3 次']) {
      const phone = await phoneOf(id)
      phone.launch(
        await control.phone(id).open({ via: 'recent', path: '/pages/open/index?s=nosuchshare' }),
      )
      await phone.waitForText('请在原聊天中点击卡片打开')
      await phone.tap(ASK)
      await phone.waitForText(words)
    }
  })
})
