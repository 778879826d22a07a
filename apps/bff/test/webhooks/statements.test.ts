import { SeededRandom } from '@sealcard/testing'
import { EventWriter } from '../../src/webhooks/events/event-writer.js'
import { WebhookDeliveryEntity } from '../../src/webhooks/storage/delivery.entity.js'
import { Webhooks } from '../../src/webhooks/webhook.js'
import { Secret } from '../../src/core/config/secret.js'
import { WECHAT, WECHAT_B } from '../kit/config.js'
import { EachTest, MigratedFiles, times } from '../kit/opening-databases.js'
import { bad, good, id, type OpeningWorld } from '../kit/opening-world.js'
import { appsWith } from '../kit/webhook-receiver.js'

const SECRET = new Secret(`whsec_${Buffer.alloc(32, 'any').toString('base64')}`)
const webhook = (url: string) => ({ url, secret: SECRET })

describe('a group of openings', () => {
  const files = new MigratedFiles()
  beforeAll(() => files.prepare())
  afterAll(() => files.remove())
  const each = new EachTest((like) => files.open(like))

  const listening = (world: OpeningWorld, app: string, urls: readonly string[]) =>
    world.audit.listen(
      new EventWriter(
        each.storage,
        new Webhooks(appsWith(urls.map(webhook), app)),
        world.clock,
        new SeededRandom('webhooks'),
      ),
    )
  const statements = async (world: OpeningWorld, people: readonly string[]) => {
    const asked = jest.spyOn(each.storage.logger, 'logQuery')
    const words = await world.words(
      ...people.map((name) => world.attempt(name, good(`${name}-1`, 'card'))),
      world.attempt('p0', bad('bad', 'card')),
    )
    const count = asked.mock.calls.length
    const ours = asked.mock.calls.filter(([sql]) => /webhook/.test(sql))
    asked.mockRestore()
    queries = ours
    expect(words).toEqual([...people.map(() => 'granted'), 'proof_not_opened'])
    return { count, ours: ours.length }
  }
  /** Of the last group, those about webhooks. */
  let queries: Parameters<typeof each.storage.logger.logQuery>[] = []
  const people = times(20, (n) => `p${n}`)

  test('writes all its events by one statement, whatever the number of people and webhooks', async () => {
    const world = await each.begin({}, people)
    // The first group of a process begins its chain of the audit.
    await statements(world, ['p19'])
    const without = await statements(world, people.slice(0, 2))
    listening(world, WECHAT, ['https://a.example/', 'https://b.example/'])
    const few = await statements(world, people.slice(2, 4))
    const many = await statements(world, people.slice(4, 19))
    expect(few).toEqual({ count: without.count + 1, ours: 1 })
    expect(many).toEqual(few)
    const rows = await each.storage.manager.find(WebhookDeliveryEntity, {
      order: { webhookId: 'ASC', seq: 'ASC' },
    })
    expect(rows).toHaveLength(2 * 17)
    const [first, second] = [rows.slice(0, 17), rows.slice(17)]
    const order = people.slice(2, 19).map(id)
    for (const half of [first, second]) expect(half.map(({ viewerId }) => viewerId)).toEqual(order)
  })

  test('costs nothing more in an app without webhooks', async () => {
    const world = await each.begin({}, people)
    await statements(world, ['p19'])
    const without = await statements(world, people.slice(0, 4))
    listening(world, WECHAT_B, ['https://a.example/'])
    expect(await statements(world, people.slice(4, 8))).toEqual({ count: without.count, ours: 0 })
    expect(await each.storage.manager.count(WebhookDeliveryEntity)).toBe(0)
  })

  test('the statement finds its rows by an index', async () => {
    const world = await each.begin({}, people)
    listening(world, WECHAT, ['https://a.example/'])
    await statements(world, ['p1'])
    const [[sql, params] = []] = queries
    const steps = await each.storage.query<{ detail: string }[]>(
      `EXPLAIN QUERY PLAN ${sql}`,
      params as unknown[],
    )
    const details = steps.map(({ detail }) => detail)
    expect(details.filter((detail) => /^SCAN (w|c|webhook|cards)/.test(detail))).toEqual([])
  })
})
