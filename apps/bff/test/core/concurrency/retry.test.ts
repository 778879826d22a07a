import { InstantTimers } from '@sealcard/testing'
import fc from 'fast-check'
import { retry } from '../../../src/core/concurrency/retry.js'

const again = new Error('again')
const final = new Error('final')

describe('a retry', () => {
  test('tries until the work succeeds, fails for good, or the tries are used up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.nat(6),
        fc.boolean(),
        async (tries, failures, endsWell) => {
          const timers = new InstantTimers()
          let tried = 0
          const work = () => {
            tried += 1
            if (tried <= failures) return Promise.reject(again)
            return endsWell ? Promise.resolve('done') : Promise.reject(final)
          }
          const pause = { timers, ms: (failed: number) => failed * 10 }
          const onError = (error: unknown) => error === again
          const outcome = await retry({ tries, onError, pause }, work).catch((e: unknown) => e)
          const isUsedUp = failures >= tries
          expect(outcome).toBe(isUsedUp ? again : endsWell ? 'done' : final)
          expect(tried).toBe(isUsedUp ? tries : failures + 1)
          expect(timers.slept).toEqual(Array.from({ length: tried - 1 }, (_, i) => (i + 1) * 10))
        },
      ),
      { numRuns: 50 },
    )
  })

  test('judges results too, and returns the last one when the tries are used up', async () => {
    let n = 0
    const count = () => Promise.resolve(++n)
    await expect(retry({ tries: 9, onResult: (found) => found < 3 }, count)).resolves.toBe(3)
    await expect(retry({ tries: 2, onResult: () => true }, count)).resolves.toBe(5)
  })

  test('tries once when nothing says that a failure is worth another try', async () => {
    const work = jest.fn(() => Promise.reject(again))
    await expect(retry({ tries: 9 }, work)).rejects.toBe(again)
    await expect(retry({ tries: 1, onError: () => true }, work)).rejects.toBe(again)
    expect(work).toHaveBeenCalledTimes(2)
  })

  test('returns nothing as a result like every other', async () => {
    await expect(retry({ tries: 9 }, () => Promise.resolve())).resolves.toBeUndefined()
  })
})
