import type { Repository } from 'typeorm'
import {
  openConnection,
  type SqliteConnection,
  type SqliteDataSource,
  type SqliteEngine,
} from '../../src/index.js'
import { claim, Claims, openClaims, type Claim } from './claims.js'

/** What a program relies on, whichever engine reads the file. `database` gives a new file, or `:memory:`. */
export const engineSuite = (name: string, engine: SqliteEngine, database: () => string): void => {
  describe(name, () => {
    let dataSource: SqliteDataSource
    let claims: Repository<Claim>
    let inMemory: boolean

    beforeAll(async () => {
      const file = database()
      inMemory = file === ':memory:'
      dataSource = await openClaims(file, { engine, leaseTimeoutMs: 120_000 })
      claims = dataSource.getRepository(Claims)
    })
    afterAll(() => dataSource.destroy())
    beforeEach(() => claims.clear())
    const ids = async () => (await claims.find()).map(({ id }) => id).sort()

    it('keeps every one of 200 concurrent saves that it acknowledged', async () => {
      await Promise.all(Array.from({ length: 200 }, (_, i) => claims.save(claim(`s${i}`))))
      expect(await claims.count()).toBe(200)
    })

    it('rolls a transaction back without taking an unrelated write with it', async () => {
      let unrelated: Promise<unknown> = Promise.resolve()
      const failing = dataSource.transaction(async (manager) => {
        await manager.insert(Claims, claim('inside'))
        unrelated = claims.insert(claim('outside'))
        await manager.insert(Claims, claim('inside too'))
        throw new Error('undo')
      })
      await expect(failing).rejects.toThrow('undo')
      await unrelated
      expect(await ids()).toEqual(['outside'])
    })

    it('shows no other connection what a transaction has not committed', async () => {
      await dataSource.transaction(async (manager) => {
        await manager.insert(Claims, claim('inside'))
        expect(await manager.countBy(Claims, { id: 'inside' })).toBe(1)
        if (!inMemory) expect(await claims.count()).toBe(0)
      })
      expect(await claims.count()).toBe(1)
    })

    it('runs transactions side by side, each for itself', async () => {
      const run = (id: string, fails: boolean) =>
        dataSource.transaction(async (manager) => {
          await manager.insert(Claims, claim(`${id}a`))
          await manager.insert(Claims, claim(`${id}b`))
          if (fails) throw new Error('undo')
        })
      await Promise.allSettled(Array.from({ length: 20 }, (_, i) => run(`t${i}`, i % 2 === 1)))
      expect(await claims.count()).toBe(20)
    })

    it('undoes a transaction inside a transaction alone', async () => {
      await dataSource.transaction(async (outer) => {
        await outer.insert(Claims, claim('outer'))
        const inner = outer.transaction(async (manager) => {
          await manager.insert(Claims, claim('inner'))
          throw new Error('undo')
        })
        await expect(inner).rejects.toThrow('undo')
      })
      expect(await ids()).toEqual(['outer'])
    })

    it('lets one of 20 claims of one row win', async () => {
      const work = Array.from({ length: 20 }, () => claims.insert(claim('one')))
      const results = await Promise.allSettled(work)
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })

    it('lets one of 20 conditional updates find the row', async () => {
      await claims.insert(claim('one'))
      const use = () => claims.update({ id: 'one', state: 'open' }, { state: 'used' })
      const results = await Promise.all(Array.from({ length: 20 }, use))
      expect(results.map(({ affected }) => affected).sort()).toEqual([...Array<0>(19).fill(0), 1])
    })

    it('gives a time back as the number it was', async () => {
      await claims.insert(claim('one'))
      expect((await claims.findOneByOrFail({ id: 'one' })).claimedAt).toBe(1_770_000_000_000)
    })

    it('reads its own writes', async () => {
      for (let i = 0; i < 20; i++) {
        await claims.insert(claim(`r${i}`))
        expect(await claims.count()).toBe(i + 1)
      }
    })

    it('continues after a statement that failed', async () => {
      await expect(dataSource.query('SELECT nothing FROM nowhere')).rejects.toThrow()
      await expect(dataSource.query('SELECT nothing FROM nowhere')).rejects.toThrow()
      await claims.insert(claim('one'))
      expect(await claims.count()).toBe(1)
    })

    it('holds nothing of statements that were made together when the transaction is undone', async () => {
      let results: Promise<unknown> | undefined
      const failing = dataSource.transaction(async (manager) => {
        const made = [
          manager.insert(Claims, claim('one')),
          manager.query("INSERT INTO claims VALUES ('no', NULL, NULL)"),
          manager.insert(Claims, claim('two')),
        ]
        results = Promise.allSettled(made)
        await Promise.all(made)
      })
      await expect(failing).rejects.toThrow('NOT NULL')
      await results
      expect(await claims.count()).toBe(0)
    })

    it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
      'refuses a statement that comes %i steps after the work has failed',
      async (steps) => {
        let late: Promise<unknown> | undefined
        const failing = dataSource.transaction(async (manager) => {
          late = (async () => {
            for (let step = 0; step < steps; step++) await Promise.resolve()
            await manager.query("INSERT INTO claims VALUES ('late', 'new', 1)")
          })().catch((error: unknown) => error)
          throw new Error('undo')
        })
        await expect(failing).rejects.toThrow('undo')
        await late
        expect(await claims.count()).toBe(0)
      },
    )
  })

  describe(`${name}: statements that are made together on one connection`, () => {
    /** Takes long in the engine: a statement that need not wait for it would overtake it. */
    const SLOW =
      'INSERT INTO t SELECT id FROM (WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n LIMIT 200000) SELECT max(id) AS id FROM n)'
    let connection: SqliteConnection
    const rows = async () => (await connection.query('SELECT id FROM t ORDER BY rowid', [])).rows

    beforeEach(async () => {
      connection = await openConnection(engine, database(), { readonly: false, busyTimeoutMs: 0 })
      await connection.exec('CREATE TABLE t (id integer NOT NULL UNIQUE)')
    })
    afterEach(() => connection.close())

    it('run one after the other, in the order in which they were made', async () => {
      await connection.query('INSERT INTO t VALUES (?)', [0])
      await Promise.all([
        connection.query(SLOW, []),
        // Prepared already, or run by another call: neither overtakes.
        connection.query('INSERT INTO t VALUES (?)', [1]),
        connection.exec('INSERT INTO t VALUES (2)'),
        connection.query('INSERT INTO t VALUES (?)', [3]),
      ])
      expect(await rows()).toEqual([{ id: 0 }, { id: 200_000 }, { id: 1 }, { id: 2 }, { id: 3 }])
    })

    it('leave nothing behind when one between two others fails and a ROLLBACK follows', async () => {
      // The statement that rolls back is prepared: it could begin before the others are.
      await connection.exec('BEGIN')
      await connection.query('ROLLBACK', [])
      const results = await Promise.allSettled([
        connection.query('BEGIN IMMEDIATE', []),
        connection.query(SLOW, []),
        connection.query('INSERT INTO t VALUES (NULL)', []),
        connection.query('INSERT INTO t VALUES (?)', [1]),
        connection.query('ROLLBACK', []),
      ])
      const kept = ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']
      expect(results.map(({ status }) => status)).toEqual(kept)
      expect(await rows()).toEqual([])
    })

    it('end when the connection closes, and none begins after that', async () => {
      const refused = { code: 'ERR_SQLITE_CLOSED' }
      await connection.query('SELECT 1 AS one', [])
      const begun = connection.query('SELECT 2 AS two', [])
      const closed = connection.close()
      await expect(connection.query('SELECT 3', [])).rejects.toMatchObject(refused)
      await expect(connection.query('SELECT 1 AS one', [])).rejects.toMatchObject(refused)
      await expect(connection.exec('SELECT 4')).rejects.toMatchObject(refused)
      expect(await begun).toEqual({ rows: [{ two: 2 }] })
      await closed
      connection = await openConnection(engine, ':memory:', { readonly: false, busyTimeoutMs: 0 })
    })
  })
}
