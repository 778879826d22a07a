import type { DataSource, EntityManager } from 'typeorm'
import { integer, json, nullable, Statements, text } from '../../../src/database/statements.js'
import { isUniqueViolation } from '../../../src/database/storage-error.js'
import { migrate } from '../../../src/schema/migrate.js'
import { ClaimEntity } from './claim.entity.js'

const COLUMNS = { id: 'varchar', state: 'varchar', claimed_at: 'bigint' } as const
/** What a text may hold that JSON, SQL or a driver could take for something else. */
const ODD = [`it's`, '"quoted"', '[1,2]', 'null', '密', '\u2028', '$1 ?', '', '0012', '\\']

/** Statements over many rows. `open` gives a connected data source over an empty database. */
export const statementsSuite = (name: string, open: () => Promise<DataSource>): void => {
  describe(name, () => {
    let dataSource: DataSource
    let sql: Statements

    beforeAll(async () => {
      dataSource = await open()
      await migrate(dataSource)
      sql = new Statements(dataSource)
    })
    afterAll(() => dataSource.destroy())
    beforeEach(() => dataSource.manager.clear(ClaimEntity))

    const claims = () => dataSource.manager.find(ClaimEntity, { order: { id: 'ASC' } })
    const fill = (count: number) => {
      const rows = Array.from({ length: count }, (_, i) => [`id-${i}`, 'new', i])
      return sql.insert('claims', COLUMNS).run([rows])
    }

    it('writes any number of rows by one text, and none by an empty list', async () => {
      const insert = sql.insert('claims', COLUMNS)
      await insert.run([[]])
      expect(await claims()).toEqual([])
      await insert.run([[['one', 'new', 1]]])
      const rows = Array.from({ length: 1000 }, (_, i) => [`id-${i}`, 'new', i])
      await insert.run([rows])
      expect(await dataSource.manager.count(ClaimEntity)).toBe(1001)
    })

    it('keeps every text and the largest times as they are', async () => {
      const largest = Number.MAX_SAFE_INTEGER
      const rows = ODD.map((odd, i) => [odd, odd.slice(0, 16), i % 2 ? largest : -largest])
      await sql.insert('claims', COLUMNS).run([rows])
      const found = new Map((await claims()).map(({ id, ...rest }) => [id, rest]))
      expect([...found.keys()].sort()).toEqual([...ODD].sort())
      for (const [id, state, claimedAt] of rows)
        expect(found.get(id as string)).toEqual({ state, claimedAt })
    })

    it('takes a parameter wherever the text names it, in any order and more than once', async () => {
      await fill(10)
      const between = sql.read<{ id: string; at: number; asked: number }>(
        `SELECT id, claimed_at AS "at", claimed_at - $2 AS "asked" FROM claims
        WHERE claimed_at < $3 AND claimed_at >= $2 AND state = $1 ORDER BY claimed_at`,
        { id: text, at: integer, asked: integer },
      )
      expect(await between.run(['new', 3, 5])).toEqual([
        { id: 'id-3', at: 3, asked: 0 },
        { id: 'id-4', at: 4, asked: 1 },
      ])
    })

    it('finds the rows of a list, and says of each what is not there', async () => {
      await fill(3)
      const found = sql.read<{ asked: string; id: string | null; at: number | null }>(
        `SELECT given.asked AS "asked", c.id, c.claimed_at AS "at"
        FROM ${sql.given(1, { asked: 'varchar' })} LEFT JOIN claims AS c ON c.id = given.asked`,
        { asked: text, id: nullable(text), at: nullable(integer) },
      )
      const rows = await found.run([[['id-1'], ['nothing']]])
      expect(rows.toSorted((a, b) => (a.asked < b.asked ? -1 : 1))).toEqual([
        { asked: 'id-1', id: 'id-1', at: 1 },
        { asked: 'nothing', id: null, at: null },
      ])
    })

    it('gathers a column of each one’s rows, of none an empty list', async () => {
      await fill(5)
      const newest = `SELECT c.claimed_at FROM claims AS c WHERE c.state = given.state
        ORDER BY c.claimed_at DESC LIMIT $2 OFFSET $3`
      const gathered = sql.read<{ state: string; times: unknown }>(
        `SELECT given.state, ${sql.array('claimed_at', newest, 'few')} AS "times"
        FROM ${sql.given(1, { state: 'varchar' })}`,
        { state: text, times: (value) => json(value) ?? [] },
      )
      const rows = await gathered.run([[['new'], ['used']], 2, 1])
      expect(new Map(rows.map(({ state, times }) => [state, times]))).toEqual(
        new Map([
          ['new', [3, 2]],
          ['used', []],
        ]),
      )
    })

    it('asks statements together, and answers the rows of each, in its transaction or outside of any', async () => {
      await fill(4)
      const asked = sql.given(1, { id: 'varchar' })
      const found = sql.read<{ id: string; at: number }>(
        `SELECT c.id, c.claimed_at AS "at" FROM ${asked} JOIN claims AS c ON c.id = given.id
        WHERE c.claimed_at >= $2`,
        { id: text, at: integer },
      )
      const counted = sql.read<{ state: string; n: number }>(
        'SELECT state, count(*) AS "n" FROM claims WHERE claimed_at < $1 GROUP BY state',
        { state: text, n: integer },
      )
      const all = sql.together<readonly [{ id: string; at: number }, { state: string; n: number }]>(
        found,
        counted,
      )
      const ask = (manager?: EntityManager) =>
        all.run([[[['id-1'], ['id-2'], ['nothing']], 2], [3]], manager)
      expect(await ask()).toEqual([[{ id: 'id-2', at: 2 }], [{ state: 'new', n: 3 }]])
      await dataSource.transaction(async (manager) => {
        await manager.update(ClaimEntity, { id: 'id-0' }, { state: 'used' })
        const [rows, counts] = await ask(manager)
        expect(rows).toEqual([{ id: 'id-2', at: 2 }])
        expect(counts.toSorted((a, b) => a.n - b.n)).toEqual([
          { state: 'used', n: 1 },
          { state: 'new', n: 2 },
        ])
        await manager.deleteAll(ClaimEntity)
        expect(await ask(manager)).toEqual([[], []])
      })
    })

    it('changes many rows, and answers those that it changed', async () => {
      await fill(4)
      const given = sql.given(1, { id: 'varchar', more: 'bigint' })
      await sql
        .write(
          `UPDATE claims SET claimed_at = claimed_at + given.more FROM ${given} WHERE claims.id = given.id`,
        )
        .run([
          [
            ['id-1', 100],
            ['id-2', 200],
            ['nothing', 1],
          ],
        ])
      expect((await claims()).map(({ claimedAt }) => claimedAt)).toEqual([0, 101, 202, 3])
      const ids = sql.given(1, { id: 'varchar' })
      const used = sql.read<{ id: string }>(
        `UPDATE claims SET state = $2 WHERE id IN (SELECT id FROM claims WHERE id IN
          (SELECT given.id FROM ${ids})${sql.hold}) RETURNING id`,
        { id: text },
      )
      const changed = await dataSource.transaction((manager) =>
        used.run([[['id-3'], ['id-0'], ['nothing']], 'used'], manager),
      )
      expect(changed.map(({ id }) => id).sort()).toEqual(['id-0', 'id-3'])
    })

    it('in a transaction it is undone with it', async () => {
      const insert = sql.insert('claims', COLUMNS)
      const failing = dataSource.transaction(async (manager) => {
        await insert.run([[['inside', 'new', 1]]], manager)
        expect(await manager.countBy(ClaimEntity, { id: 'inside' })).toBe(1)
        throw new Error('undo')
      })
      await expect(failing).rejects.toThrow('undo')
      expect(await claims()).toEqual([])
    })

    it('writes all rows of a statement or none, and says why as TypeORM does', async () => {
      await fill(1)
      const rows = [
        ['a', 'new', 1],
        ['id-0', 'new', 1],
        ['b', 'new', 1],
      ]
      const error = await sql
        .insert('claims', COLUMNS)
        .run([rows])
        .catch((thrown: unknown) => thrown)
      expect(isUniqueViolation(error)).toBe(true)
      expect(await dataSource.manager.count(ClaimEntity)).toBe(1)
    })
  })
}
