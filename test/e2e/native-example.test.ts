import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Client, startSimulator } from '@sealcard/simulator'
import { jsdomPhones } from '../support/jsdom-phones.js'
import { buildExample, CHEN, LIN, ORDER, playOrder, TITLE, ZHOU } from '../support/order-example.js'
import type { PhoneDrivers } from '../support/phone-driver.js'
import { startStack, type Stack } from '../support/stack.js'

const root = path.resolve(__dirname, '../..')

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
    let dir: string
    let stack: Stack
    let phones: PhoneDrivers
    beforeAll(async () => {
      dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-native-'))
      const weapp = buildExample('native', dir)
      stack = await startStack(prepare(weapp), weapp)
      phones = await jsdomPhones(stack.simulator.url, 60_000, weapp)
    })
    afterEach(() => phones.close())
    afterAll(async () => {
      await stack.stop()
      rmSync(dir, { recursive: true, force: true })
    })

    it.each<Client>(['wechat', 'wecom'])(
      'opens a card there, for its recipient and nobody else, on %s',
      (client) => playOrder(phones, client),
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
