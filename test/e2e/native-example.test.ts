import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Client, startSimulator } from '@sealcard/simulator'
import { jsdomPhones } from '../support/jsdom-phones.js'
import type { PhoneDrivers } from '../support/phone-driver.js'
import { startStack, type Stack } from '../support/stack.js'

const root = path.resolve(__dirname, '../..')
const LIN = '林晓 Lin Xiao'
const CHEN = '陈默 Chen Mo'
const ZHOU = '周远 Zhou Yuan'
const TITLE = '你的订单'
const ORDER = '订单 2026-1129：青瓷茶具，¥ 860'

/** What 构建 npm makes of the example: the kit's script goes into `miniprogram_npm`. */
const buildNpm = (target: string) => {
  cpSync(path.join(root, 'examples/native'), target, { recursive: true })
  cpSync(
    path.join(root, 'packages/kit/miniprogram_dist'),
    path.join(target, 'miniprogram_npm/@sealcard/kit'),
    { recursive: true },
  )
}

/** The page stands in the kit's option, as the example has it, or in the configuration of the service alone. */
const PLACES = {
  'the option of the kit': (_weapp: string) => ({}),
  'the configuration of the service': (weapp: string) => {
    const page = path.join(weapp, 'pages/order/order.js')
    const script = readFileSync(page, 'utf8')
    const without = script.replace(/^.*openPath: .*\n/m, '')
    expect(without).not.toBe(script)
    writeFileSync(page, without)
    return { openPath: '/pages/read/read' }
  },
}

describe.each(Object.entries(PLACES))(
  'a native mini-program with the kit from WeChat’s npm builder, its page in %s',
  (_, prepare) => {
    let weapp: string
    let stack: Stack
    let phones: PhoneDrivers
    beforeAll(async () => {
      weapp = mkdtempSync(path.join(os.tmpdir(), 'sealcard-native-'))
      buildNpm(weapp)
      stack = await startStack(prepare(weapp), weapp)
      phones = await jsdomPhones(stack.simulator.url, 60_000, weapp)
    })
    afterEach(() => phones.close())
    afterAll(async () => {
      await stack.stop()
      rmSync(weapp, { recursive: true, force: true })
    })

    it.each<Client>(['wechat', 'wecom'])(
      'opens a card there, for its recipient and nobody else, on %s',
      async (client) => {
        const phone = (person: string) => phones.take(`${person}-${client}`)
        const lin = await phone('lin')
        await lin.openApp()
        await lin.waitForText('只有收到的人能看')
        await lin.shareTo(CHEN)
        const chen = await phone('chen')
        await chen.openCard(LIN, TITLE)
        await chen.waitForText(ORDER)
        const old = await phones.take(`chen-${client}-old`)
        await old.forwardCard(LIN, TITLE, ZHOU)
        const zhou = await phone('zhou')
        await zhou.openCard(CHEN, TITLE)
        await zhou.waitForText('打不开：not-recipient')
        expect(await zhou.text()).not.toContain(ORDER)
        await lin.quit()
        await lin.openCard(CHEN, TITLE)
        await lin.waitForText('这是你自己发出的卡片')
      },
    )
  },
)

describe('the same mini-program before', () => {
  it('shows the order to whoever gets the link', async () => {
    const weapp = path.join(root, 'examples/before/native')
    const data = mkdtempSync(path.join(os.tmpdir(), 'sealcard-native-'))
    const simulator = await startSimulator({ data, seed: 'demo', weapp })
    const phones = await jsdomPhones(simulator.url, 60_000, weapp)
    const lin = await phones.take('lin-wechat')
    await lin.openApp()
    await lin.shareTo(CHEN)
    await (await phones.take('chen-wechat-old')).forwardCard(LIN, TITLE, ZHOU)
    const zhou = await phones.take('zhou-wechat')
    await zhou.openCard(CHEN, TITLE)
    await zhou.waitForText(ORDER)
    await phones.close()
    await simulator.close()
    rmSync(data, { recursive: true, force: true })
  })
})
