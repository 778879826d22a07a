import { ManualTimers } from '@sealcard/testing'
import fc from 'fast-check'
import { SerialQueue } from '../../../src/core/concurrency/queues.js'

const late = new Error('too late')
const withDeadline = (timers = new ManualTimers()) =>
  new SerialQueue({ deadline: { timers, ms: 1_234, error: () => late } })
const turned = () => new Promise(setImmediate)

describe('a serial queue', () => {
  test('gives turns one at a time, in the order of asking, however long each takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ turns: fc.nat(5), fails: fc.boolean() }), { maxLength: 30 }),
        async (works) => {
          const queue = new SerialQueue()
          const order: number[] = []
          let inside = 0
          const run = (each: { turns: number; fails: boolean }, i: number) =>
            queue.run(async () => {
              expect(++inside).toBe(1)
              order.push(i)
              for (let turn = 0; turn < each.turns; turn++) await Promise.resolve()
              inside--
              if (each.fails) throw new Error('failed')
            })
          await Promise.allSettled(works.map(run))
          expect(order).toEqual(works.map((_, i) => i))
          expect(queue.isBusy).toBe(false)
        },
      ),
    )
  })

  test('a caller who waits too long gets the deadline’s error; the others keep their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(8), fc.nat(8), async (tooLate, inTime) => {
        const timers = new ManualTimers()
        const queue = withDeadline(timers)
        const release = await queue.acquire()
        const order: number[] = []
        const ask = (i: number) =>
          queue.run(() => Promise.resolve(order.push(i))).catch((error: unknown) => error)
        const refused = Array.from({ length: tooLate }, (_, i) => ask(-i))
        timers.pass()
        expect(await Promise.all(refused)).toEqual(Array(tooLate).fill(late))
        const served = Array.from({ length: inTime }, (_, i) => ask(i))
        release()
        await Promise.all(served)
        await turned()
        expect(order).toEqual(Array.from({ length: inTime }, (_, i) => i))
        expect(queue.isBusy).toBe(false)
      }),
    )
  })

  test('leaves no timer behind once a turn came', async () => {
    const timers = new ManualTimers()
    const queue = withDeadline(timers)
    const release = await queue.acquire()
    expect(timers.pending.size).toBe(0)
    const next = queue.acquire()
    expect(timers.pending.size).toBe(1)
    release()
    await next
    expect(timers.pending.size).toBe(0)
  })

  test('ignores a second release', async () => {
    const queue = withDeadline()
    const release = await queue.acquire()
    release()
    const held = await queue.acquire()
    let isGranted = false
    const waiting = queue.acquire().then(() => (isGranted = true))
    release()
    await turned()
    expect(isGranted).toBe(false)
    held()
    await waiting
  })

  test('a failure that concerns all fails every caller who waits then, and none who comes later', async () => {
    const outage = new Error('outage')
    const told = new Error('the one before failed')
    const failsWaiting = (error: unknown) => (error === outage ? told : undefined)
    const queue = new SerialQueue({ failsWaiting })
    const work = jest.fn(() => Promise.resolve('done'))
    const first = queue.run(() => Promise.reject(outage))
    const waiting = [queue.run(work), queue.run(work)]
    await expect(first).rejects.toBe(outage)
    for (const one of await Promise.allSettled(waiting)) expect(one).toMatchObject({ reason: told })
    expect(work).not.toHaveBeenCalled()
    await expect(queue.run(work)).resolves.toBe('done')
  })

  test('a failure of one caller fails no other', async () => {
    const queue = new SerialQueue({ failsWaiting: () => undefined })
    const first = queue.run(() => Promise.reject(new Error('mine')))
    const next = queue.run(() => Promise.resolve('done'))
    await expect(first).rejects.toThrow('mine')
    await expect(next).resolves.toBe('done')
  })
})
