import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Client } from '@sealcard/simulator'
import { jsdomPhones } from '../support/jsdom-phones.js'
import { buildExample, playOrder } from '../support/order-example.js'
import type { PhoneDrivers } from '../support/phone-driver.js'
import { startStack, type Stack } from '../support/stack.js'

describe('a shop made with Taro, with the kit’s hooks', () => {
  let dir: string
  let stack: Stack
  let phones: PhoneDrivers
  beforeAll(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-taro-'))
    const weapp = buildExample('taro', dir)
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
    (client) => playOrder(phones, client),
  )
})
