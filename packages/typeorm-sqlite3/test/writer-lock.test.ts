import { ManualTimers } from '@sealcard/testing'
import { isUnavailable } from '../src/errors.js'
import { WriterLock } from '../src/writer-lock.js'

describe('the lock of the writer', () => {
  it('grants in the order of asking, one at a time', async () => {
    const lock = new WriterLock(new ManualTimers(), 10)
    const order: number[] = []
    let holders = 0
    const work = async (i: number): Promise<void> => {
      const release = await lock.acquire()
      expect(++holders).toBe(1)
      order.push(i)
      await Promise.resolve()
      holders--
      release()
    }
    await Promise.all(Array.from({ length: 50 }, (_, i) => work(i)))
    expect(order).toEqual(Array.from({ length: 50 }, (_, i) => i))
  })

  it('says clearly that the lock was not free in time, and still grants it to the others', async () => {
    const timers = new ManualTimers()
    const lock = new WriterLock(timers, 1_234)
    const release = await lock.acquire()
    const late = lock.acquire()
    const refused = expect(late).rejects.toMatchObject({
      code: 'ERR_SQLITE_LEASE',
      message: expect.stringContaining('within 1234 ms'),
    })
    timers.pass()
    await refused
    await late.catch((error: unknown) => expect(isUnavailable(error)).toBe(true))
    const next = lock.acquire()
    release()
    await expect(next).resolves.toBeInstanceOf(Function)
  })

  it('leaves no deadline behind once it has granted', async () => {
    const timers = new ManualTimers()
    const lock = new WriterLock(timers, 10)
    const release = await lock.acquire()
    const next = lock.acquire()
    release()
    await next
    expect(timers.pending.size).toBe(0)
  })

  it('ignores a second release', async () => {
    const lock = new WriterLock(new ManualTimers(), 10)
    const release = await lock.acquire()
    release()
    const held = await lock.acquire()
    const waiting = lock.acquire()
    release()
    let granted = false
    void waiting.then(() => (granted = true))
    await Promise.resolve()
    expect(granted).toBe(false)
    held()
    await waiting
  })
})
