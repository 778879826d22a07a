// Orders the test files: those known to be long first, so that no worker is left alone with one at the end.
import { statSync } from 'node:fs'

/** By what took longest where it was measured; a file that is not named goes by its size. */
const LONG = [
  'bots/postgres',
  'journeys.wecom.browser',
  'journeys.wechat.browser',
  'faults/platform-faults',
  'e2e/journeys',
  'openings/forging',
  'durability/kill',
  'notices/subscription-messages',
  'members/own-cards/postgres',
  'admin/postgres',
  'web/postgres',
  'requests/postgres',
  'openings/groups',
  'openings/any-cut',
  'attack/model',
  'openings/view-limit',
  'faults/tokens',
  'canary/canary',
  'durability/storage-faults',
  'attack/rotation',
  'members/identity',
  'faults/no-share-button',
  'openings/proof-mutations',
  'outbox/delivery',
  'callback/authenticity',
  'commands/commands',
  'members/limits',
  'bots/plays',
  'e2e/corners',
  'e2e/own-cards',
  'e2e/settings',
  'requests/requests',
  'notices/postgres',
  'names/postgres',
  'lists/search',
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
