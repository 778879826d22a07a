import { HandTimers } from '@sealcard/testing'
import { Mutex } from '../../src/database/mutex.js'
import { isStorageUnavailable } from '../../src/database/storage-error.js'

describe('Mutex', () => {
  it('grants in the order of asking, one at a time', async () => {
    const mutex = new Mutex(new HandTimers(), 10)
    const order: number[] = []
    let holders = 0
    const work = async (i: number): Promise<void> => {
      const release = await mutex.acquire()
      expect(++holders).toBe(1)
      order.push(i)
      await Promise.resolve()
      holders--
      release()
    }
    await Promise.all(Array.from({ length: 50 }, (_, i) => work(i)))
    expect(order).toEqual(Array.from({ length: 50 }, (_, i) => i))
  })

  it('says clearly that no turn came in time, and keeps the turns of the others', async () => {
    const timers = new HandTimers()
    const mutex = new Mutex(timers, 1_234)
    const release = await mutex.acquire()
    const late = mutex.acquire()
    const refused = expect(late).rejects.toMatchObject({
      code: 'ERR_WRITE_LEASE',
      message: expect.stringContaining('within 1234 ms'),
    })
    timers.pass()
    await refused
    await late.catch((error: unknown) => expect(isStorageUnavailable(error)).toBe(true))
    const next = mutex.acquire()
    release()
    await expect(next).resolves.toBeInstanceOf(Function)
  })

  it('leaves no deadline behind once it has granted', async () => {
    const timers = new HandTimers()
    const mutex = new Mutex(timers, 10)
    const release = await mutex.acquire()
    const next = mutex.acquire()
    release()
    await next
    expect(timers.pending.size).toBe(0)
  })

  it('ignores a second release', async () => {
    const mutex = new Mutex(new HandTimers(), 10)
    const release = await mutex.acquire()
    release()
    const held = await mutex.acquire()
    const waiting = mutex.acquire()
    release()
    let granted = false
    void waiting.then(() => (granted = true))
    await Promise.resolve()
    expect(granted).toBe(false)
    held()
    await waiting
  })
})
