import type { Client } from '@sealcard/simulator'
import { jsdomStack } from '../support/jsdom-stack.js'
import { describeJourneys, manyLogins } from './scenarios.js'

describe.each<Client>(['wechat', 'wecom'])(
  'private cards on %s, phones without a picture',
  (client) => {
    const running = jsdomStack({ config: manyLogins })

    describeJourneys(client, () => running)
  },
)
