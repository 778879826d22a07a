import type { PhoneDrivers } from './phone-driver.js'
import { jsdomPhones } from './jsdom-phones.js'
import { startStack, type Stack } from './stack.js'

/** Starts everything before the tests of a `describe`, with phones without a picture, and stops it after them. */
export const jsdomStack = (
  options: Parameters<typeof startStack>[0] = {},
): {
  readonly stack: Stack
  readonly phones: PhoneDrivers
} => {
  const running = {} as { stack: Stack; phones: PhoneDrivers }
  beforeAll(async () => {
    running.stack = await startStack(options)
    running.phones = await jsdomPhones(running.stack.simulator.url)
  })
  afterEach(() => running.phones.close())
  afterAll(() => running.stack.stop())
  return running
}
