import { ManualTimers } from '@sealcard/testing'
import { isUnavailable } from '../src/errors.js'
import { Turns } from '../src/turns.js'

describe('the turns at the writer', () => {
  it('grants in the order of asking, one at a time', async () => {
    const turns = new Turns(new ManualTimers(), 10)
    const order: number[] = []
    let holders = 0
    const work = async (i: number): Promise<void> => {
      const release = await turns.acquire()
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
    const timers = new ManualTimers()
    const turns = new Turns(timers, 1_234)
    const release = await turns.acquire()
    const late = turns.acquire()
    const refused = expect(late).rejects.toMatchObject({
      code: 'ERR_SQLITE_LEASE',
      message: expect.stringContaining('within 1234 ms'),
    })
    timers.pass()
    await refused
    await late.catch((error: unknown) => expect(isUnavailable(error)).toBe(true))
    const next = turns.acquire()
    release()
    await expect(next).resolves.toBeInstanceOf(Function)
  })

  it('leaves no deadline behind once it has granted', async () => {
    const timers = new ManualTimers()
    const turns = new Turns(timers, 10)
    const release = await turns.acquire()
    const next = turns.acquire()
    release()
    await next
    expect(timers.pending.size).toBe(0)
  })

  it('ignores a second release', async () => {
    const turns = new Turns(new ManualTimers(), 10)
    const release = await turns.acquire()
    release()
    const held = await turns.acquire()
    const waiting = turns.acquire()
    release()
    let granted = false
    void waiting.then(() => (granted = true))
    await Promise.resolve()
    expect(granted).toBe(false)
    held()
    await waiting
  })
})
