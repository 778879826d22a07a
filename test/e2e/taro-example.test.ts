import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Client } from '@sealcard/simulator'
import { jsdomPhones } from '../support/jsdom-phones.js'
import type { PhoneDrivers } from '../support/phone-driver.js'
import { startStack, type Stack } from '../support/stack.js'

const builder = pathToFileURL(path.resolve(__dirname, '../../scripts/lib/examples.mjs')).href

/** As `npm start -- taro` builds it. @returns the folder of the compiled package */
const build = (dir: string) => {
  const code = `import { buildExample } from '${builder}'; console.log(buildExample('taro', process.argv[1]))`
  return execFileSync(process.execPath, ['--input-type=module', '-e', code, dir], {
    encoding: 'utf8',
  }).trim()
}

const LIN = '林晓 Lin Xiao'
const CHEN = '陈默 Chen Mo'
const ZHOU = '周远 Zhou Yuan'
const TITLE = '你的订单'
const ORDER = '订单 2026-1129：青瓷茶具，¥ 860'

describe('a shop made with Taro, with the kit’s hooks', () => {
  let dir: string
  let stack: Stack
  let phones: PhoneDrivers
  beforeAll(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-taro-'))
    const weapp = build(dir)
    stack = await startStack({ openPath: '/pages/read/index' }, weapp)
    phones = await jsdomPhones(stack.simulator.url, 60_000, weapp)
  })
  afterEach(() => phones.close())
  afterAll(async () => {
    await stack.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  it.each<Client>(['wechat', 'wecom'])(
    'opens an order for its recipient and nobody else, on %s',
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
})
