import fc from 'fast-check'
import type { DataSource } from 'typeorm'
import { MaintenanceLeaseEntity } from '../../../src/admin/maintenance/maintenance-lease.js'
import { CLOCK_SKEW_MS } from '../../../src/core/ports/clock.js'
import { Lease } from '../../../src/database/lease.js'
import { migrate } from '../../../src/schema/migrate.js'

const MS = 1_000
const lease = new Lease(
  MaintenanceLeaseEntity,
  { owner: 'owner', until: 'heldUntil', never: 0 },
  MS,
)

/** A lease, over any database. */
export const leaseSuite = (title: string, open: () => Promise<DataSource>): void => {
  describe(title, () => {
    let storage: DataSource
    let rows = 0
    let name: string

    beforeAll(async () => {
      storage = await open()
      await migrate(storage)
    })
    beforeEach(() => fresh())
    afterAll(() => storage.destroy())

    const fresh = async () => {
      name = `work-${(rows += 1)}`
      await storage.manager.insert(MaintenanceLeaseEntity, { name, owner: null, heldUntil: 0 })
    }
    const take = (owner: string, now: number) => lease.take(storage.manager, { name }, owner, now)
    const renew = (owner: string, now: number) => lease.renew(storage.manager, { name }, owner, now)
    const release = (owner: string) => lease.release(storage.manager, { name }, owner)

    test('has one owner, until it is released or over', async () => {
      expect([await take('a', 5_000), await take('b', 5_000)]).toEqual([true, false])
      expect(await release('a')).toBe(1)
      expect([await take('b', 5_000), await take('a', 5_999)]).toEqual([true, false])
      expect(await take('a', 6_000)).toBe(true)
    })

    test('of all who ask at once, one gets it', async () => {
      const taken = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((owner) => take(owner, 5_000)))
      expect(taken.filter(Boolean)).toHaveLength(1)
    })

    test('lasts for as long as its owner renews it, and no other can renew or release it', async () => {
      await take('a', 5_000)
      expect([await renew('b', 5_500), await release('b')]).toEqual([false, 0])
      expect(await renew('a', 5_500)).toBe(true)
      expect([await take('b', 6_000), await take('b', 6_500)]).toEqual([false, true])
      expect([await renew('a', 6_600), await release('a')]).toEqual([false, 0])
    })

    test('of a process whose clock is ahead it holds as far as clocks may differ, and no further', async () => {
      const now = 1_000_000
      await take('ahead', now + CLOCK_SKEW_MS)
      expect(await take('b', now)).toBe(false)
      await fresh()
      await take('ahead', now + CLOCK_SKEW_MS + 1)
      expect(await take('b', now)).toBe(true)
    })

    test('never has two owners at once, whatever they do', async () => {
      const step = fc.record({
        owner: fc.constantFrom('a', 'b', 'c'),
        act: fc.constantFrom('take', 'renew', 'release'),
        after: fc.nat(700),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          await fresh()
          let now = 10_000
          /** By the owner's own knowledge, until when it holds it. */
          const held = new Map<string, number>()
          for (const { owner, act, after } of steps) {
            now += after
            if (act === 'release') {
              await release(owner)
              held.delete(owner)
            } else if (await (act === 'take' ? take(owner, now) : renew(owner, now)))
              held.set(owner, now + MS)
            const at = now
            expect([...held.values()].filter((until) => until > at).length).toBeLessThanOrEqual(1)
          }
        }),
        { numRuns: 30 },
      )
    })
  })
}
