import { AuditChainEntity } from '../../src/audit/audit.entities.js'
import { fastLinks } from '../../src/audit/fast-verify.js'
import { verifyAudit } from '../../src/audit/verify-audit.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { DAY } from '../../src/core/time.js'
import { PersonService } from '../../src/lifecycle/person.service.js'
import { RetentionService } from '../../src/lifecycle/retention.service.js'
import { Rewrap } from '../../src/lifecycle/rewrap.service.js'
import { WECHAT } from '../kit/config.js'
import { key, wechatProof } from '../kit/proofs.js'
import { readCopy } from '../kit/read-copy.js'
import { MIGRATED, startMigratedPostgres } from '../kit/storage/migrated-postgres.js'
import { hasPostgres, type TestPostgres } from '../kit/storage/postgres.js'
import { TestApp } from '../kit/test-app.js'

;(hasPostgres() ? describe : describe.skip)('care for what is stored, over PostgreSQL', () => {
  let postgres: TestPostgres
  let app: TestApp
  let beside: TestApp

  beforeAll(async () => {
    postgres = await startMigratedPostgres()
    app = await TestApp.start({ database: postgres.database(MIGRATED) })
    beside = await app.beside()
    await beside.login('carol')
  })
  afterAll(async () => {
    await beside.nest.close()
    await app.stop()
    await postgres.stop()
  })

  const count = async (sql: string) =>
    Number((await app.storage.query(`SELECT count(*) n FROM ${sql}`))[0].n)

  test('G4 a person’s copy is complete, and so is their erasure', async () => {
    const alice = await app.login('alice')
    const { shareId, declared } = await app.shared(alice)
    await app.open(await app.login('bob'), shareId, wechatProof(key('bob'), declared))
    const people = app.nest.get(PersonService)
    const told = await readCopy(
      await people.export({ app: WECHAT, viewerKey: 'bob' }, 'machine', { actor: 'admin' }),
    )
    expect(told?.tables['proofs']?.rows).toHaveLength(1)
    const erased = await people.erase({ app: WECHAT, viewerKey: 'bob' }, { actor: 'admin' })
    expect(erased).toMatchObject({ viewers: 1, openings: 1, card_viewers: 1, sessions: 1 })
    expect(
      await people.erase({ app: WECHAT, viewerKey: 'alice' }, { actor: 'admin' }),
    ).toMatchObject({ cards: 1, shares: 1 })
  })

  test('G3 two processes erase each card once', async () => {
    const alice = await app.login('alice')
    for (let i = 0; i < 20; i++) {
      const { cardId } = await app.shared(alice)
      await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    }
    app.clock.advance(DAY)
    await Promise.all([app, beside].map((one) => one.nest.get(RetentionService).run()))
    const erased = "FROM audit_entries WHERE kind = 'card.erase'"
    expect(await count(`(SELECT DISTINCT subject ${erased}) AS cards`)).toBe(20)
    expect(await count(erased.replace('FROM ', ''))).toBe(20)
    app.clock.advance(200 * DAY)
    await app.nest.get(RetentionService).run()
    for (const table of ['cards', 'card_viewers', 'openings', 'proofs', 'sessions', 'viewer_keys'])
      expect({ table, rows: await count(table) }).toEqual({ table, rows: 0 })
  })

  test('E2 a rewrap reads every sealed column', async () => {
    const report = await app.nest.get(Rewrap).run()
    expect(report).toMatchObject({ moved: 0, failed: 0, overtaken: 0 })
    expect(report.rows).toBeGreaterThan(2)
  })

  test('F5 the audit is intact, and the database writes what is hashed as we do', async () => {
    const vault = app.nest.get(Vault)
    expect(await verifyAudit(app.storage, vault)).toMatchObject({ faults: [] })
    for (const { id, headSeq } of await app.storage.manager.find(AuditChainEntity))
      expect((await fastLinks(app.storage, id, 0, 5000))?.at(-1)?.seq).toBe(headSeq)
  })
})
