import fc from 'fast-check'
import { Newest } from '../../../src/members/openings/newest.js'

const newestFirst = (times: readonly number[]) => times.toSorted((a, b) => b - a)

test('the n-th newest is the same as if all rows had been read, whatever the group adds', () => {
  const at = fc.nat({ max: 20 })
  fc.assert(
    fc.property(
      fc.array(at, { maxLength: 20 }),
      fc.integer({ min: 1, max: 12 }),
      fc.array(at, { minLength: 1, maxLength: 6 }),
      (rows, limit, added) => {
        // As `GroupReader` asks for them: each member of the group may move the n-th by one place.
        const skipped = Math.max(0, limit - added.length)
        const read = newestFirst(rows).slice(skipped, skipped + added.length)
        const newest = new Newest(skipped, read)
        const all = [...rows]
        for (const time of added) {
          expect(newest.nth(limit)).toBe(newestFirst(all)[limit - 1])
          newest.add(time)
          all.push(time)
        }
      },
    ),
    { numRuns: 2000, seed: 1 },
  )
})
