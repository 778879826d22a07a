/**
 * How long a request for access takes says nothing about the share: the method of `refusal-timing.test.ts`.
 * On every commit a handful of samples only show that it runs. The nightly form judges.
 */
import { Agent } from 'node:http'
import { compare, countCases, LIMIT, nightly, scale, SeededRandom } from '@sealcard/testing'
import { base62 } from '../../../src/core/ids.js'
import { DAY } from '../../../src/core/time.js'
import { IN_MEMORY, WECHAT_B } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'
import { timedCall } from '../../kit/timed-call.js'

jest.setTimeout(3_600_000)

const SAMPLES = scale(4, 5_000)

let app: TestApp
let base: string
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
beforeAll(async () => {
  app = await TestApp.start(IN_MEMORY)
  await app.nest.listen(0, '127.0.0.1')
  base = await app.nest.getUrl()
})
afterAll(async () => {
  agent.destroy()
  await app.stop()
})

test('B2 of no two shares the times differ by more than chance allows', async () => {
  const alice = await app.login('alice')
  const known = await app.shared(alice)
  const revoked = await app.shared(alice)
  await app.call('POST', `/v1/cards/${revoked.cardId}/revoke`, { token: alice })
  const own = await app.shared(await app.login('bob'))
  const foreign = await app.shared(await app.login('alice', WECHAT_B))
  const random = new SeededRandom(11)
  const shares: Record<string, () => string> = {
    known: () => known.shareId,
    unknown: () => base62(random.bytes(16)),
    'of a revoked card': () => revoked.shareId,
    'of their own card': () => own.shareId,
    "another app's": () => foreign.shareId,
  }
  const times = new Map<string, number[]>(Object.keys(shares).map((name) => [name, []]))
  const measure = async (name: string) => {
    // One request a day stays below the limit. A login lasts three days.
    app.clock.advance(DAY)
    const token = await app.login('bob')
    const url = `${base}/v1/shares/${shares[name]?.()}/requests`
    return timedCall(agent, { url, token, body: { note: 'please' }, status: 202 })
  }
  for (let i = 0; i < scale(1, 100); i++) for (const name of times.keys()) await measure(name)
  const open = [...times.keys()]
  while (open.length > 0) {
    const name = random.pick(open)
    const values = times.get(name) ?? []
    values.push(await measure(name))
    if (values.length === SAMPLES) open.splice(open.indexOf(name), 1)
  }
  countCases(times.size * SAMPLES)
  const found = compare(times)
  expect(found).toHaveLength((times.size * (times.size - 1)) / 2)
  if (!nightly) return
  const shown = found.slice(0, 5).map(([pair, t]) => `${t.toFixed(2)} (${pair})`)
  console.info(`B2, ${SAMPLES} samples of each share, largest t: ${shown.join(', ')}`)
  expect(Math.abs(found[0]?.[1] ?? NaN)).toBeLessThan(LIMIT)
})
