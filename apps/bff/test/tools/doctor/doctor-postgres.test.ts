import { verifyAudit } from '../../../src/audit/verify-audit.js'
import type { Config } from '../../../src/core/config/config.js'
import { Secret } from '../../../src/core/config/secret.js'
import { Vault } from '../../../src/core/crypto/vault.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { systemOutside } from '../../../src/tools/doctor/adapters/system-outside.js'
import { examine } from '../../../src/tools/doctor/examine.js'
import { seed } from '../../../tools/seed/seed.js'
import { testConfig, WECHAT, WECOM } from '../../kit/config.js'
import { hasPostgres, startPostgres, type TestPostgres } from '../../kit/storage/postgres.js'

const withServer = hasPostgres() ? describe : describe.skip

withServer('a seeded PostgreSQL and the doctor', () => {
  let postgres: TestPostgres
  let config: Config
  let entries: number

  beforeAll(async () => {
    postgres = await startPostgres()
    config = testConfig('', { database: postgres.database('postgres'), mode: 'production' })
    config.server.host = '0.0.0.0'
    const apps = [
      { id: WECHAT, platform: 'wechat' },
      { id: WECOM, platform: 'wecom' },
    ] as const
    const shape = { cards: 100, openings: 1_000, people: 20, days: 100, seed: 'test', apps }
    const options = { vault: new Vault(config.keyring), tell: () => {}, now: () => 0 }
    entries = await seed(config.database, { ...shape, now: Date.now() }, options)
  })
  afterAll(() => postgres.stop())

  /** What is not well, by the doctor, but for the platforms: there are none. */
  const found = async (change: Partial<Config> = {}) => {
    const outside = {
      ...systemOutside(PLATFORMS),
      http: { ask: () => Promise.reject(new Error('none')) },
    }
    const findings = await examine({
      outside,
      config: () => ({ ...config, ...change }),
      thorough: false,
      progress: () => {},
    })
    return findings
      .filter(({ check, status }) => check !== 'platforms' && status !== 'ok')
      .map(({ code }) => code)
  }

  test('the seeded audit verifies', async () => {
    const storage = await createDataSource(config.database).initialize()
    const report = await verifyAudit(storage, new Vault(config.keyring))
    expect(report).toMatchObject({ entries, faults: [] })
    await storage.destroy()
  })

  test('nothing is wrong; a wrong password and a missing database are named', async () => {
    expect(await found()).toEqual([])
    const { database } = config
    const url = database.kind === 'postgres' ? database.url.reveal() : ''
    const at = (url: string): Partial<Config> => ({
      database: { kind: 'postgres', url: new Secret(url) },
    })
    expect(await found(at(url.replace(/postgres$/, 'nothing')))).toEqual(['unreachable'])
    expect(await found(at(url.replace('for-tests', 'wrong')))).toEqual(['unreachable'])
  })

  test('a database that takes no write, a dropped index and a changed head are found', async () => {
    const storage = await createDataSource(config.database).initialize()
    await storage.query('DROP INDEX ix_cards_owner')
    await storage.query('UPDATE audit_chains SET head_seq = head_seq - 1')
    await storage.query('ALTER DATABASE postgres SET default_transaction_read_only = on')
    const codes = await found()
    expect(new Set(codes)).toEqual(new Set(['drift', 'read-only', 'head-broken']))
    await storage.destroy()
  })
})
