import type { Hands } from './hand'
import { jsdomHands } from './jsdom-hands'
import { startStack, type Stack } from './stack'

/** Starts everything before the tests of a `describe`, with phones without a picture, and stops it after them. */
export const jsdomStack = (
  options: Parameters<typeof startStack>[0] = {},
): {
  readonly stack: Stack
  readonly hands: Hands
} => {
  const running = {} as { stack: Stack; hands: Hands }
  beforeAll(async () => {
    running.stack = await startStack(options)
    running.hands = await jsdomHands(running.stack.simulator.url)
  })
  afterEach(() => running.hands.close())
  afterAll(() => running.stack.stop())
  return running
}
