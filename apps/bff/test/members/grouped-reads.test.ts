import { scale } from '@sealcard/testing'
import { CardService } from '../../src/members/cards/card.service.js'
import { CardViewerEntity } from '../../src/members/cards/card.entity.js'
import { ProofVerifier } from '../../src/members/openings/proof-verifier.js'
import { WECHAT_B } from '../kit/config.js'
import { Members } from '../kit/members.js'
import { againOverPostgres } from '../kit/on-postgres.js'
import { key, wechatProof } from '../kit/proofs.js'
import { TestApp } from '../kit/test-app.js'

const NAMES = Array.from({ length: 40 }, (_, n) => `p${n}`)

const suite = (): void => {
  let app: TestApp
  let members: Members
  beforeEach(async () => {
    app = await TestApp.start()
    members = new Members(app)
  })
  afterEach(() => app.stop())

  /** How many statements name the table while the work is done. */
  const asked = async (table: string, work: () => Promise<unknown>): Promise<number> => {
    const log = jest.spyOn(app.storage.logger, 'logQuery')
    await work()
    const count = log.mock.calls.filter(([sql]) => new RegExp(`\\b${table}\\b`).test(sql)).length
    log.mockRestore()
    return count
  }

  test('few statements find the sessions of many requests, each its own, and none for an unknown token', async () => {
    const tokens: string[] = []
    for (const name of NAMES) tokens.push(await app.login(name))
    const ended = tokens[3] ?? ''
    await app.call('DELETE', '/v1/sessions/current', { token: ended })
    const unknown = 'A'.repeat(43)
    const all = [...tokens, unknown, tokens[0] ?? '']
    let found: PromiseSettledResult<{ sessionId: string }>[] = []
    const statements = await asked('sessions', async () => {
      found = await Promise.allSettled(all.map((token) => members.principal(token)))
    })
    expect(statements).toBeLessThanOrEqual(2)
    const alone: unknown[] = []
    for (const token of all)
      alone.push(await members.principal(token).catch((error: unknown) => error))
    const words = found.map((one) => (one.status === 'fulfilled' ? one.value : one.reason))
    expect(words).toEqual(alone)
    expect(words.flatMap((word, n) => (word instanceof Error ? [n] : []))).toEqual([3, 40])
  })

  test('a session that ended during a group of reads is over for every later request', async () => {
    const token = await app.login('ann')
    const others = NAMES.map((name) => app.login(name))
    await app.call('DELETE', '/v1/sessions/current', { token })
    const asking = Array.from({ length: 20 }, () =>
      app.call('GET', '/v1/cards?box=sent', { token }),
    )
    for (const { status } of await Promise.all(asking)) expect(status).toBe(401)
    await Promise.all(others)
  })

  test('what proofs of many at once are weighed against is read by few statements, each one’s own', async () => {
    const owner = await app.login('owner')
    const [one, two] = [await app.shared(owner), await app.shared(owner)]
    const foreign = await app.shared(await app.login('other', WECHAT_B))
    const verifier = app.nest.get(ProofVerifier, { strict: false })
    const asks: (() => Promise<unknown>)[] = []
    for (const [n, name] of NAMES.entries()) {
      const me = await members.login(name)
      const { shareId, declared } = [one, two, foreign][n % 3] ?? one
      const proof = wechatProof(key(n % 5 ? name : 'another key'), declared, `n${n}`)
      asks.push(() => verifier.verify(me, n % 7 ? shareId : 'nothing', proof))
    }
    let together: unknown[] = []
    const statements = await asked('viewer_keys', async () => {
      together = await Promise.all(asks.map((ask) => ask()))
    })
    expect(statements).toBeLessThanOrEqual(2)
    const alone: unknown[] = []
    for (const ask of asks) alone.push(await ask())
    expect(together).toEqual(alone)
    const opened = together.filter(
      (evidence) => (evidence as { valueMatches: boolean }).valueMatches,
    )
    expect(opened).toHaveLength(NAMES.filter((_, n) => n % 7 && n % 5 && n % 3 < 2).length)
  })

  test('the lists of many at once are read by few statements: each person’s cards, from each one’s place, as many as each asks', async () => {
    const people = await Promise.all(NAMES.slice(0, 8).map((name) => members.login(name)))
    const made: string[] = []
    for (let n = 0; n < 5 * people.length; n++) {
      app.clock.advance(1)
      const token = await app.login(NAMES[n % people.length] ?? '')
      const body = { title: `card ${n}`, body: 'B' }
      made.push((await app.call('POST', '/v1/cards', { token, body })).body.id)
    }
    // Each opened some cards of others, and one that is gone since.
    const views = people.flatMap(({ viewerId }, who) =>
      [...made.filter((_, n) => (n + who) % 3 === 0), 'g'.repeat(22)].map((cardId, n) => {
        const at = 1_000 + 10 * n + who
        return { cardId, viewerId, opens: 1, firstAt: at, lastAt: at, acknowledgedAt: null }
      }),
    )
    await app.storage.getRepository(CardViewerEntity).insert(views)
    const service = app.nest.get(CardService, { strict: false })
    const first = { limit: 2, cursor: undefined }
    const asks: (() => Promise<unknown>)[] = []
    for (const [n, me] of people.entries())
      for (const box of ['sent', 'received'] as const) {
        const { nextCursor } = await service.list(me, { box, ...first })
        const cursor = nextCursor ?? undefined
        asks.push(() => service.list(me, { box, limit: 1 + (n % 4), cursor: undefined }))
        asks.push(() => service.list(me, { box, limit: 4 - (n % 4), cursor }))
      }
    let together: unknown[] = []
    const statements = await asked('cards', async () => {
      together = await Promise.all(asks.map((ask) => ask()))
    })
    expect(statements).toBeLessThanOrEqual(4)
    const alone: unknown[] = []
    for (const ask of asks) alone.push(await ask())
    expect(together).toEqual(alone)
    const ids = (together as { items: { id: string }[] }[]).map(({ items }) =>
      items.map(({ id }) => id),
    )
    for (const n of people.keys()) {
      const own = made.filter((_, i) => i % people.length === n).reverse()
      expect(ids[4 * n]).toEqual(own.slice(0, 1 + (n % 4)))
      expect(ids[4 * n + 1]).toEqual(own.slice(2, 6 - (n % 4)))
      const read = made.filter((_, i) => (i + n) % 3 === 0).reverse()
      // The newest is gone: it takes a place and no line.
      expect(ids[4 * n + 2]).toEqual(read.slice(0, n % 4))
      expect(ids[4 * n + 3]).toEqual(read.slice(1, 5 - (n % 4)))
    }
  })
}

describe('what many ask at once', suite)
if (scale(true, true, false)) againOverPostgres({ 'what many ask at once': suite })
