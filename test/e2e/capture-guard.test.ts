import { buildWeapp, openJsdomPhone, type Client } from '@sealcard/simulator'
import { jsdomStack } from '../support/jsdom-stack.js'
import { weappDir } from '../support/stack.js'
import { manyLogins } from './scenarios.js'

describe.each<Client>(['wechat', 'wecom'])(
  'a card whose sender hinders screenshots, on %s',
  (client) => {
    const running = jsdomStack({ config: manyLogins })

    const phoneOf = async (person: string) =>
      openJsdomPhone({
        bundle: await buildWeapp(weappDir),
        simulatorUrl: running.stack.simulator.url,
        phone: `${person}-${client}`,
        timeout: 60_000,
      })

    const send = async (title: string, guarded: boolean) => {
      const lin = await phoneOf('lin')
      await lin.openRecent()
      await lin.tap('写一张卡片')
      await lin.fill('标题', title)
      await lin.fill('正文', `正文 ${title}`)
      if (guarded) await lin.tap('尽量防止截屏')
      await lin.tap('完成，去分享')
      await lin.waitForText('已设为私密')
      return { lin, card: (await lin.share('陈默 Chen Mo')).id, body: `正文 ${title}` }
    }

    it('is hidden for its owner and its reader, and nothing else is', async () => {
      const guarded = await send('不许截屏', true)
      expect(guarded.lin.captureScreen()).toBe('hidden')
      guarded.lin.back()
      await guarded.lin.waitForText('写一张卡片')
      await guarded.lin.waitFor(() => guarded.lin.captureScreen() === 'none', 'screen to capture')
      guarded.lin.close()
      const plain = await send('可以截屏', false)
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
  },
)
