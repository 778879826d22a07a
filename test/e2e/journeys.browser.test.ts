import type { Browser } from 'playwright-core'
import type { Client } from '@sealcard/simulator'
import { browserHands, describeInBrowser, launchBrowser } from '../support/browser-hands'
import type { Hands } from '../support/hand'
import { startStack, type Stack } from '../support/stack'
import { describeJourneys, manyLogins } from './scenarios'

describeInBrowser.each<Client>(['wechat', 'wecom'])(
  'private cards on %s, phones in Chromium',
  (client) => {
    let browser: Browser
    let stack: Stack
    let hands: Hands

    beforeAll(async () => {
      stack = await startStack({ config: manyLogins })
      browser = await launchBrowser()
      hands = browserHands(browser, stack.simulator.url)
    })
    afterEach(() => hands.close())
    afterAll(async () => {
      await browser?.close()
      await stack?.stop()
    })

    describeJourneys(client, () => ({ stack, hands }))
  },
)
