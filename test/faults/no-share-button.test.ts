import { eventually } from '@sealcard/testing'
import type { PhoneDrivers } from '../support/phone-driver.js'
import { jsdomPhones } from '../support/jsdom-phones.js'
import { startStack, type Stack } from '../support/stack.js'

let stack: Stack
let phones: PhoneDrivers
beforeAll(async () => {
  stack = await startStack()
  phones = await jsdomPhones(stack.simulator.url, 15_000)
})
afterAll(async () => {
  await phones.close()
  await stack.stop()
})

it('D4 while the activity cannot be made there is no way to share, and a retry brings it back', async () => {
  const lin = await phones.take('lin-wechat')
  await stack.control.fault(
    'wechat.activityid.create',
    { kind: 'status', status: 500 },
    { count: null },
  )
  await lin.openApp()
  await lin.tap('写一张卡片')
  await lin.fill('标题', '没有按钮')
  await lin.fill('正文', '只给你看')
  await lin.tap('完成，去分享')
  await eventually(async () => (await lin.text()).includes('重试'))
  await expect(lin.shareTo('陈默 Chen Mo')).rejects.toThrow()
  const chats = await stack.control.phone('chen-wechat').chats()
  expect(chats.flatMap(({ cards }) => cards)).toEqual([])
  await stack.control.clearFaults()
  await lin.tap('重试')
  await lin.waitForText('已设为私密')
  await lin.shareTo('陈默 Chen Mo')
})
