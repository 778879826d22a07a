import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DataSource } from 'typeorm'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { verifyAudit } from '../../src/audit/verify-audit.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { sealedColumns, sealRefOf } from '../../src/lifecycle/sealed-columns.js'
import { CardEntity, CardViewerEntity } from '../../src/members/cards/card.entity.js'
import { OpeningEntity } from '../../src/members/openings/opening.entity.js'
import { SessionEntity } from '../../src/members/sessions/session.entity.js'
import { ViewerEntity } from '../../src/members/sessions/viewer.entity.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { seed } from '../../tools/seed/seed.js'
import type { Shape } from '../../tools/seed/shape.js'
import { testConfig, WECHAT, WECOM } from '../kit/config.js'

const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-seed-'))
const { database, keyring } = testConfig(path.join(dir, 'seeded.sqlite'))
const vault = new Vault(keyring)
const shape: Shape = {
  cards: 300,
  openings: 3_000,
  people: 40,
  days: 179,
  now: Date.UTC(2026, 5, 1),
  seed: 'test',
  apps: [
    { id: WECHAT, platform: 'wechat' },
    { id: WECOM, platform: 'wecom' },
  ],
}
const told: string[] = []
let clock = 0
let entries: number
let storage: DataSource

const options = { vault, tell: (text: string) => void told.push(text), now: () => (clock += 1_000) }

beforeAll(async () => {
  entries = await seed(database, shape, options)
  storage = await createDataSource(database).initialize()
})
afterAll(async () => {
  await storage.destroy()
  rmSync(dir, { recursive: true, force: true })
})

const LATER = ['access_requests', 'card_subscriptions', 'notice_choices', 'card_pairs']

const count = async (table: string): Promise<number> =>
  Number((await storage.query(`SELECT COUNT(*) AS n FROM ${table}`))[0].n)

describe('a seeded database', () => {
  test('holds what was asked for, and says how far it is on the way', async () => {
    expect(await count('cards')).toBe(shape.cards)
    expect(await count('openings')).toBe(shape.openings)
    expect(await count('viewers')).toBe(shape.people)
    expect(await count('audit_entries')).toBe(entries)
    for (const table of ['shares', 'sessions', 'proofs', 'card_viewers', 'viewer_keys', ...LATER])
      expect(await count(table)).toBeGreaterThan(0)
    expect(told.at(-1)).toMatch(/^indexes: \d+ of \d+, 100 %, \d+\/s, 0 s left\n$/)
    expect(told[0]).toMatch(/^cards: \d+ of 300, \d+ %, \d+\/s, \d+ s left\n$/)
  })

  test('is the service’s own: schema and indexes, whole, in write-ahead mode', async () => {
    const drift = await storage.driver.createSchemaBuilder().log()
    expect(drift.upQueries.map(({ query }) => query)).toEqual([])
    expect(await storage.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(await storage.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }])
  })

  test('has an audit that verifies, in several chains', async () => {
    const report = await verifyAudit(storage, vault)
    expect(report).toMatchObject({ entries, faults: [] })
    expect(report.chains).toBeGreaterThan(5)
    const last = await storage.manager.find(AuditEntryEntity, { order: { at: 'DESC' }, take: 1 })
    expect(last[0]?.at).toBeLessThanOrEqual(shape.now)
  })

  test('holds only what the keyring opens', async () => {
    for (const column of sealedColumns(storage)) {
      const rows = await storage.manager.find(column.entity)
      for (const row of rows) {
        const envelope: unknown = row[column.property]
        if (envelope === null) continue
        vault.unseal(sealRefOf(column, String(row[column.key])), String(envelope))
      }
    }
    expect(await count('cards')).toBeGreaterThan(await count('cards WHERE sealed_body IS NULL'))
  })

  test('agrees with itself: counters, rosters and references', async () => {
    const openings = await storage.manager.find(OpeningEntity)
    const visits = await storage.manager.find(CardViewerEntity)
    const people = new Map((await storage.manager.find(ViewerEntity)).map((v) => [v.id, v.appId]))
    for (const card of await storage.manager.find(CardEntity)) {
      const of = openings.filter(({ cardId }) => cardId === card.id)
      const granted = of.filter(({ outcome }) => outcome === 'granted')
      expect(card.openCount).toBe(granted.length)
      expect(card.refusedCount).toBe(of.length - granted.length)
      expect(card.viewerCount).toBe(visits.filter(({ cardId }) => cardId === card.id).length)
      expect(people.get(card.ownerId)).toBe(card.appId)
      for (const { viewerId, at } of of) {
        expect(people.get(viewerId)).toBe(card.appId)
        expect(at).toBeGreaterThanOrEqual(card.createdAt)
      }
      for (const { at } of granted)
        expect(at).toBeLessThan(Math.min(card.revokedAt ?? Infinity, card.expiresAt ?? Infinity))
    }
    for (const { expiresAt } of await storage.manager.find(SessionEntity))
      expect(expiresAt).toBeGreaterThan(shape.now)
  })

  test('is spread unevenly over people and cards, and over all its days', async () => {
    const most = async (sql: string) => Number((await storage.query(sql))[0].n)
    const by = (column: string, table: string) =>
      most(`SELECT COUNT(*) AS n FROM ${table} GROUP BY ${column} ORDER BY n DESC LIMIT 1`)
    expect(await by('viewer_id', 'openings')).toBeGreaterThan((5 * shape.openings) / shape.people)
    expect(await by('card_id', 'openings')).toBeGreaterThan((5 * shape.openings) / shape.cards)
    const days = await most('SELECT COUNT(DISTINCT created_at / 86400000) AS n FROM cards')
    expect(days).toBeGreaterThan(100)
  })

  test('comes out alike from one seed, and is never written over', async () => {
    const again = testConfig(path.join(dir, 'again.sqlite')).database
    await seed(again, shape, options)
    const other = await createDataSource(again).initialize()
    const ids = (of: DataSource) => of.query('SELECT id, viewer_id, at FROM openings ORDER BY id')
    expect(await ids(other)).toEqual(await ids(storage))
    await other.destroy()
    await expect(seed(again, shape, options)).rejects.toThrow('is there already')
  })
})
