import type { Client } from '@sealcard/simulator'
import { scale } from '@sealcard/testing'
import type { Browser } from 'playwright-core'
import { browserPhones, describeInBrowser, launchBrowser } from '../support/browser-phones.js'
import type { PhoneDrivers } from '../support/phone-driver.js'
import { startStack, type Stack } from '../support/stack.js'
import { describeJourneys, manyLogins } from './scenarios.js'

/** The journeys on one client, with phones in Chromium. One test file per client, so that two run beside each other. */
export const describeInChromium = (client: Client): void =>
  describeInBrowser(`private cards on ${client}, phones in Chromium`, () => {
    let browser: Browser
    let stack: Stack
    let phones: PhoneDrivers

    beforeAll(async () => {
      stack = await startStack({ config: manyLogins })
      browser = await launchBrowser()
      phones = browserPhones(browser, stack.simulator.url)
    })
    afterEach(() => phones.close())
    afterAll(async () => {
      await browser?.close()
      await stack?.stop()
    })

    // All of them run in jsdom every time, and in Chromium every night.
    describeJourneys(
      client,
      () => ({ stack, phones }),
      scale<'all' | 'main'>('main', 'all', 'main'),
    )
  })
