import type { Client } from '@sealcard/simulator'
import { jsdomStack } from '../support/jsdom-stack'
import { describeJourneys, manyLogins } from './scenarios'

describe.each<Client>(['wechat', 'wecom'])(
  'private cards on %s, phones without a picture',
  (client) => {
    const running = jsdomStack({ config: manyLogins })

    describeJourneys(client, () => running)
  },
)
