import type { DataSource, Repository } from 'typeorm'
import { isUniqueViolation } from '../../../src/database/storage-error.js'
import { migrate } from '../../../src/schema/migrate.js'
import { ClaimEntity } from './claim.entity.js'
import { claim } from './claims-file.js'

const outcomes = async (work: Promise<unknown>[]): Promise<PromiseSettledResult<unknown>[]> =>
  Promise.allSettled(work)

/** What the service relies on from any database. `open` gives a connected data source over an empty one. */
export const dataSourceSuite = (name: string, open: () => Promise<DataSource>): void => {
  describe(name, () => {
    let dataSource: DataSource
    let claims: Repository<ClaimEntity>

    beforeAll(async () => {
      dataSource = await open()
      await migrate(dataSource)
      claims = dataSource.getRepository(ClaimEntity)
    })
    afterAll(() => dataSource.destroy())
    beforeEach(() => claims.clear())

    it('keeps every one of 200 concurrent saves that it acknowledged', async () => {
      const saves = Array.from({ length: 200 }, (_, i) => claims.save(claim(`s${i}`)))
      const results = await outcomes(saves)
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(200)
      expect(await claims.count()).toBe(200)
    })

    it('keeps every acknowledged insert among ones that are refused', async () => {
      await claims.insert(claim('taken'))
      const ids = Array.from({ length: 200 }, (_, i) => (i % 3 ? `i${i}` : 'taken'))
      const results = await outcomes(ids.map((id) => claims.insert(claim(id))))
      const kept = new Set((await claims.find()).map(({ id }) => id))
      const refused = results.filter(({ status }) => status === 'rejected')
      expect(refused).toHaveLength(67)
      expect(ids.every((id) => kept.has(id))).toBe(true)
    })

    it('rolls a transaction back without taking an unrelated write with it', async () => {
      let unrelated: Promise<unknown> = Promise.resolve()
      const failing = dataSource.transaction(async (manager) => {
        await manager.insert(ClaimEntity, claim('inside'))
        unrelated = claims.insert(claim('outside'))
        await manager.insert(ClaimEntity, claim('inside too'))
        throw new Error('undo')
      })
      await expect(failing).rejects.toThrow('undo')
      await unrelated
      expect((await claims.find()).map(({ id }) => id)).toEqual(['outside'])
    })

    it('shows no other reader what a transaction has not committed', async () => {
      await dataSource.transaction(async (manager) => {
        await manager.insert(ClaimEntity, claim('inside'))
        expect(await manager.countBy(ClaimEntity, { id: 'inside' })).toBe(1)
        if (dataSource.options.database !== ':memory:') expect(await claims.count()).toBe(0)
      })
      expect(await claims.count()).toBe(1)
    })

    it('runs transactions side by side, each for itself', async () => {
      const run = (id: string, fails: boolean): Promise<void> =>
        dataSource.transaction(async (manager) => {
          await manager.insert(ClaimEntity, claim(`${id}a`))
          await manager.insert(ClaimEntity, claim(`${id}b`))
          if (fails) throw new Error('undo')
        })
      await outcomes(Array.from({ length: 20 }, (_, i) => run(`t${i}`, i % 2 === 1)))
      expect(await claims.count()).toBe(20)
    })

    it('lets one of 20 claims win and calls the others unique violations', async () => {
      const results = await outcomes(Array.from({ length: 20 }, () => claims.insert(claim('one'))))
      const lost = results.flatMap((result) =>
        result.status === 'rejected' ? [result.reason] : [],
      )
      expect(lost).toHaveLength(19)
      expect(lost.every(isUniqueViolation)).toBe(true)
    })

    it('lets one of 20 conditional updates find the row', async () => {
      await claims.insert(claim('one'))
      const use = () => claims.update({ id: 'one', state: 'open' }, { state: 'used' })
      const results = await Promise.all(Array.from({ length: 20 }, use))
      expect(results.map(({ affected }) => affected).sort()).toEqual([...Array(19).fill(0), 1])
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

    it('works after a statement that failed', async () => {
      await expect(dataSource.query('SELECT nothing FROM nowhere')).rejects.toThrow()
      await expect(dataSource.query('SELECT nothing FROM nowhere')).rejects.toThrow()
      await claims.insert(claim('one'))
      expect(await claims.count()).toBe(1)
    })
  })
}
