import { scale } from '@sealcard/testing'
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
}

describe('what many ask at once', suite)
if (scale(true, true, false)) againOverPostgres({ 'what many ask at once': suite })
