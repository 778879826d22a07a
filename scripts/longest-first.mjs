// Orders the test files: those known to be long first, so that no worker is left alone with one at the end.
import { statSync } from 'node:fs'

/** By what took longest where it was measured; a file that is not named goes by its size. */
const LONG = [
  'bots/postgres',
  'attack/model',
  'faults/platform-faults',
  'notices/subscription-messages',
  'journeys.wecom.browser',
  'journeys.wechat.browser',
  'web-desktop.browser',
  'web-app.browser',
  'accessibility.browser',
  'callback/authenticity',
  'e2e/own-cards',
  'openings/groups',
  'durability/kill',
  'bots/kill',
  'attack/rotation',
  'members/own-cards/postgres',
  'admin/postgres',
  'accounts/tokens',
  'accounts/guessing',
  'schema/unfit-databases',
  'members/web/postgres',
  'crypto/test/mutations',
  'openings/any-cut',
  'e2e/bad-networks',
  'requests/postgres',
  'admin/matrix',
  'accounts/login.test',
  'members/limits',
  'contract/through-the-service',
  'lifecycle/retention',
  'callback/refusal-causes',
  'admin/no-words',
  'durability/power-loss',
  'lifecycle/own-data',
  'notices/postgres',
  'notices/app-messages-once',
  'members/person-limits',
  'e2e/settings',
  'web-phone.browser',
  'requests/requests',
  'e2e/journeys',
  'web-cards.browser',
  'outbox/delivery',
  'openings/windows',
  'lists/search',
  'openings/acknowledgements',
  'openings/proof-mutations',
  'accounts/given-access',
  'names/postgres',
  'openings/forging',
  'openings/view-limit',
  'canary/canary',
  'durability/storage-faults',
]

const rank = (file) => {
  const at = LONG.findIndex((name) => file.includes(name))
  return at < 0 ? LONG.length : at
}

export default class LongestFirst {
  sort(tests) {
    const size = new Map(tests.map(({ path }) => [path, statSync(path).size]))
    return [...tests].sort(
      (a, b) => rank(a.path) - rank(b.path) || size.get(b.path) - size.get(a.path),
    )
  }

  /** `--shard 1/2` deals the files out in turn. */
  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter((_, i) => i % shardCount === shardIndex - 1)
  }

  /** `--onlyFailures`: jest hands over what it knows of the last run. */
  allFailedTests(tests) {
    return tests
  }

  cacheResults() {}
}
