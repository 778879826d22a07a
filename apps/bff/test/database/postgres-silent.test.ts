import { verifyAudit } from '../../src/audit/verify-audit.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { isStorageUnavailable } from '../../src/database/storage-error.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { expectProblem } from '../kit/expect-problem.js'
import { SilentProxy } from '../kit/silent-proxy.js'
import { hasPostgres, startPostgres, type TestPostgres } from '../kit/storage/postgres.js'
import { type Answer, TestApp } from '../kit/test-app.js'

/** The service's limits, but shorter. */
const LIMITS = 'statement_timeout=2000&lock_timeout=300&idle_in_transaction_session_timeout=5000'

const expectUnavailable = (answer: Answer) => {
  expectProblem(answer, 'ERR_STORAGE_UNAVAILABLE')
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
}

/** Repeats a request after each 503, as a client does, at most 30 times. */
const insist = async (ask: () => Promise<Answer>): Promise<Answer> => {
  let answer = await ask()
  for (let tries = 1; answer.status === 503 && tries < 30; tries++) {
    expectUnavailable(answer)
    answer = await ask()
  }
  return answer
}

;(hasPostgres() ? describe : describe.skip)('C3 over a PostgreSQL that falls silent', () => {
  let postgres: TestPostgres
  let proxy: SilentProxy
  let app: TestApp
  let alice: string

  beforeAll(async () => {
    postgres = await startPostgres()
    proxy = await SilentProxy.before(postgres.database(`postgres?${LIMITS}`))
    app = await TestApp.start({ database: proxy.database })
    alice = await app.login('alice')
  })
  afterAll(async () => {
    await app.stop()
    await proxy.stop()
    await postgres.stop()
  })

  const read = () => app.call('GET', '/v1/cards?box=sent', { token: alice })
  const create = (idempotencyKey: string) => () =>
    app.call('POST', '/v1/cards', {
      token: alice,
      body: { title: 'T', body: 'B' },
      headers: { 'idempotency-key': idempotencyKey },
    })
  const cards = async () => (await insist(read)).body.items.length as number

  test('503 while nothing comes, and everything once anything does', async () => {
    const before = await cards()
    proxy.fallSilent()
    for (const answer of await Promise.all([read(), create('silent')()])) expectUnavailable(answer)
    proxy.speakAgain()
    expect((await insist(create('silent'))).status).toBe(201)
    expect(await cards()).toBe(before + 1)
  })

  // The commit arrived and its answer is lost, or the database waits for the rest of a transaction.
  test.each([
    ['the commit', 'COMMIT'],
    ['a statement', 'INSERT INTO audit_entries'],
  ])('no answer to %s: 503, and what was asked is done once', async (what, sent) => {
    const again = create(what.replace(' ', '-'))
    const before = await cards()
    proxy.fallSilentAfter(sent)
    expectUnavailable(await again())
    proxy.speakAgain()
    expect((await insist(again)).status).toBe(201)
    expect(await cards()).toBe(before + 1)
  })

  test('a frozen process keeps a card from being revoked only for a while', async () => {
    const { cardId } = await app.shared(alice)
    const frozen = await createDataSource(postgres.database(`postgres?${LIMITS}`)).initialize()
    const held = frozen.createQueryRunner()
    await held.startTransaction()
    await held.query('UPDATE cards SET revoked_at = NULL WHERE id = $1', [cardId])
    const revoke = () => app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    const answer = await insist(revoke)
    expect(answer.body).toMatchObject({ id: cardId, status: 'revoked' })
    // The frozen process continues, and the database has undone its transaction.
    const thawed = await held.commitTransaction().catch((error: unknown) => error)
    expect(isStorageUnavailable(thawed)).toBe(true)
    expect((await revoke()).body).toMatchObject({ status: 'revoked' })
    await held.release()
    await frozen.destroy()
  })

  test('F5 the audit is intact', async () => {
    const report = await verifyAudit(app.storage, app.nest.get(Vault))
    expect(report).toMatchObject({ chains: 1, faults: [] })
  })
})
