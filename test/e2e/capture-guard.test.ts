import { buildWeapp, openJsdomPhone, type Client } from '@sealcard/simulator'
import { jsdomStack } from '../support/jsdom-stack.js'
import { weappDir } from '../support/stack.js'
import { manyLogins } from './scenarios.js'

const LINK = 'https://docs.example.com/a?b=1'

describe.each<Client>(['wechat', 'wecom'])(
  'what a sender lets readers take from a card, on %s',
  (client) => {
    const running = jsdomStack({ config: manyLogins })

    const phoneOf = async (person: string) =>
      openJsdomPhone({
        bundle: await buildWeapp(weappDir),
        simulatorUrl: running.stack.simulator.url,
        phone: `${person}-${client}`,
        timeout: 60_000,
      })

    const send = async (title: string, protection?: '尽量防止截屏' | '允许复制和点开链接') => {
      const lin = await phoneOf('lin')
      await lin.openRecent()
      await lin.tap('写一张卡片')
      await lin.fill('标题', title)
      await lin.fill('正文', `正文 ${title} ${LINK}`)
      if (protection) await lin.tap(protection)
      // It is on at first: the first tap turns it off.
      for (const state of ['$', ' \\[checked\\]$']) {
        await lin.tap('显示查看人水印')
        const drawn = new RegExp(`switch "显示查看人水印"${state}`, 'm')
        await lin.waitFor(() => drawn.test(lin.screenTree()), `the switch as ${state}`)
      }
      await lin.tap('完成，去分享')
      await lin.waitForText('已设为私密')
      return { lin, card: (await lin.share('陈默 Chen Mo')).id, body: `正文 ${title}` }
    }

    it('hides a guarded card from screenshots for owner and reader, and nothing else', async () => {
      const guarded = await send('不许截屏', '尽量防止截屏')
      expect(guarded.lin.captureScreen()).toBe('hidden')
      guarded.lin.back()
      await guarded.lin.waitForText('写一张卡片')
      await guarded.lin.waitFor(() => guarded.lin.captureScreen() === 'none', 'screen to capture')
      guarded.lin.close()
      const plain = await send('可以截屏')
      expect(plain.lin.captureScreen()).toBe('none')
      plain.lin.close()

      const chen = await phoneOf('chen')
      await chen.openCard(guarded.card)
      await chen.waitForText(guarded.body)
      expect(chen.captureScreen()).toBe('hidden')
      await chen.openCard(plain.card)
      await chen.waitForText(plain.body)
      await chen.waitFor(() => chen.captureScreen() === 'none', 'screen to capture')
      await chen.openCard(guarded.card)
      await chen.waitForText(guarded.body)
      expect(chen.captureScreen()).toBe('hidden')
      chen.close()
    })

    it('offers the address of a link where copying is allowed, and nothing to tap elsewhere', async () => {
      const open = await send('可以复制', '允许复制和点开链接')
      expect(open.lin.text()).toContain('可复制')
      open.lin.close()
      const closed = await send('不能复制')
      closed.lin.close()
      const chen = await phoneOf('chen')
      await chen.openCard(open.card)
      await chen.waitForText('可以复制文字')
      expect(chen.screenTree()).toMatch(/\blink\b/)
      await chen.tap(LINK)
      await chen.waitForText('链接到 docs.example.com')
      expect(chen.text()).toContain('小程序打不开外面的网页')
      await chen.tap('复制地址')
      await chen.waitForText('已复制')
      await chen.openCard(closed.card)
      await chen.waitForText(closed.body)
      expect(chen.text()).not.toContain('可以复制文字')
      expect(chen.screenTree()).not.toMatch(/\blink\b/)
      chen.close()
    })
  },
)
