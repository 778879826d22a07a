import type { Client } from '@sealcard/simulator'
import { scale } from '@sealcard/testing'
import type { Browser } from 'playwright-core'
import { browserHands, describeInBrowser, launchBrowser } from '../support/browser-hands'
import type { Hands } from '../support/hand'
import { startStack, type Stack } from '../support/stack'
import { describeJourneys, manyLogins } from './scenarios'

/** The journeys on one client, with phones in Chromium. One test file per client, so that two run beside each other. */
export const describeInChromium = (client: Client): void =>
  describeInBrowser(`private cards on ${client}, phones in Chromium`, () => {
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

    // At a desk all of them run in jsdom only.
    describeJourneys(client, () => ({ stack, hands }), scale<'all' | 'main'>('all', 'all', 'main'))
  })
