import { createHash } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { migrate } from '../../../src/schema/migrate.js'

/** The migrations make what the entities say, and can be undone. `open` gives the service's own over an empty database. */
export const schemaSuite = (name: string, open: () => Promise<DataSource>): void => {
  describe(name, () => {
    it('has no difference between entities and migrations, and undoes every one', async () => {
      const dataSource = await open()
      const ran = await migrate(dataSource)
      expect(ran).toHaveLength(dataSource.migrations.length)
      expect(await migrate(dataSource)).toEqual([])
      const drift = await dataSource.driver.createSchemaBuilder().log()
      expect(drift.upQueries.map(({ query }) => query)).toEqual([])
      for (const _ of ran) await dataSource.undoLastMigration()
      const left = await dataSource.driver.createSchemaBuilder().log()
      expect(left.upQueries.length).toBeGreaterThan(0)
      await dataSource.destroy()
    })

    it('B4 shares that had one activityId before count for none', async () => {
      const dataSource = await open()
      const ran = await migrate(dataSource)
      const last = ran.indexOf('SharesApart1770000011000')
      for (const _ of ran.slice(last)) await dataSource.undoLastMigration()
      for (const [id, value] of [
        ['one', 'same'],
        ['two', 'same'],
        ['three', 'other'],
      ])
        await dataSource.query(
          `INSERT INTO shares (id, card_id, sharer_id, app_id, platform, value_hash, sealed_value,
            created_at, share_until, verify_until)
            VALUES ('${id}', 'c', 's', 'a', 'wechat', '${value}', 'v', 0, 1, 2)`,
        )
      await migrate(dataSource)
      const rows = await dataSource.query(
        'SELECT id, value_hash, sealed_value FROM shares ORDER BY id',
      )
      expect(rows).toEqual([
        { id: 'one', value_hash: 'ambiguous:one', sealed_value: null },
        { id: 'three', value_hash: 'other', sealed_value: 'v' },
        { id: 'two', value_hash: 'ambiguous:two', sealed_value: null },
      ])
      for (const _ of ran) await dataSource.undoLastMigration()
      await dataSource.destroy()
    })

    it('people who were here before get a code each; of two with one code the later gets another', async () => {
      const dataSource = await open()
      const ran = await migrate(dataSource)
      const last = ran.indexOf('Names1770000031000')
      for (const _ of ran.slice(last)) await dataSource.undoLastMigration()
      const ids = [...sameCode(), ...Array.from({ length: 700 }, (_, i) => `person-${i}`)]
      for (const [i, id] of ids.entries())
        await dataSource.query(
          `INSERT INTO viewers (id, app_id, lookup, sealed_key, created_at, seen_at)
            VALUES ('${id}', 'a', '${id}', 'v', ${i}, ${i})`,
        )
      await migrate(dataSource)
      const rows: { id: string; code: string }[] = await dataSource.query(
        'SELECT id, code FROM viewers',
      )
      for (const { code } of rows) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/)
      expect(new Set(rows.map(({ code }) => code)).size).toBe(ids.length)
      for (const _ of ran) await dataSource.undoLastMigration()
      await dataSource.destroy()
    })

    it('the limit of a session finds the rejected openings of before, and no granted one', async () => {
      const dataSource = await open()
      const ran = await migrate(dataSource)
      const last = ran.indexOf('RejectedOfSessions1770000051000')
      for (const _ of ran.slice(last)) await dataSource.undoLastMigration()
      for (const [id, outcome] of [
        ['one', 'granted'],
        ['two', 'rejected'],
        ['three', 'refused'],
        ['four', 'rejected'],
      ])
        await dataSource.query(
          `INSERT INTO openings (id, viewer_id, session_id, outcome, reason, at)
            VALUES ('${id}', 'v', 's', '${outcome}', NULL, 5)`,
        )
      await migrate(dataSource)
      const found = await dataSource.query(
        "SELECT id FROM openings WHERE session_id = 's' AND outcome = 'rejected' AND at > 4 ORDER BY id",
      )
      expect(found).toEqual([{ id: 'four' }, { id: 'two' }])
      expect(await dataSource.query('SELECT id FROM openings ORDER BY id')).toHaveLength(4)
      for (const _ of ran) await dataSource.undoLastMigration()
      await dataSource.destroy()
    })
  })
}

/** Two ids that draw the same code at first: the first 30 bits of their hashes are equal. */
const sameCode = (): [string, string] => {
  const seen = new Map<number, string>()
  for (let i = 0; ; i++) {
    const id = `drawn-${i}`
    const bits = createHash('sha256').update(`code 0 ${id}`).digest().readUInt32BE() >>> 2
    const other = seen.get(bits)
    if (other !== undefined) return [other, id]
    seen.set(bits, id)
  }
}
