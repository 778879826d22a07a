import type { Client } from '@sealcard/simulator'
import type { Hands } from '../support/hand'
import { jsdomHands } from '../support/jsdom-hands'
import { startStack, type Stack } from '../support/stack'
import { describeJourneys, manyLogins } from './scenarios'

describe.each<Client>(['wechat', 'wecom'])(
  'private cards on %s, phones without a picture',
  (client) => {
    let stack: Stack
    let hands: Hands

    beforeAll(async () => {
      stack = await startStack({ config: manyLogins })
      hands = await jsdomHands(stack.simulator.url)
    })
    afterEach(() => hands.close())
    afterAll(() => stack.stop())

    describeJourneys(client, () => ({ stack, hands }))
  },
)
