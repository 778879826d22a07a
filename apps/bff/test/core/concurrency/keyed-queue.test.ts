import fc from 'fast-check'
import { KeyedQueue } from '../../../src/core/concurrency/queues.js'

const works = fc.array(
  fc.record({ key: fc.constantFrom('a', 'b', 'c'), turns: fc.nat(5), fails: fc.boolean() }),
  { maxLength: 40 },
)

describe('a keyed queue', () => {
  test('runs each key’s work one at a time, in the order of asking, and keeps no idle key', async () => {
    await fc.assert(
      fc.asyncProperty(works, async (asked) => {
        const queue = new KeyedQueue()
        const inside = new Set<string>()
        const order: number[] = []
        await Promise.allSettled(
          asked.map(({ key, turns, fails }, i) =>
            queue.run(key, async () => {
              expect(inside.has(key)).toBe(false)
              inside.add(key)
              order.push(i)
              for (let turn = 0; turn < turns; turn++) await Promise.resolve()
              inside.delete(key)
              if (fails) throw new Error('failed')
            }),
          ),
        )
        for (const key of ['a', 'b', 'c']) {
          const mine = (i: number) => asked[i]?.key === key
          expect(order.filter(mine)).toEqual(asked.map((_, i) => i).filter(mine))
        }
        expect(order).toHaveLength(asked.length)
        expect(queue.size).toBe(0)
      }),
    )
  })

  test('a key that is busy delays no other key', async () => {
    const queue = new KeyedQueue()
    let end = () => {}
    const busy = queue.run('a', () => new Promise<void>((resolve) => (end = resolve)))
    await expect(queue.run('b', () => Promise.resolve('b'))).resolves.toBe('b')
    end()
    await busy
  })

  test('gives each caller its own result, or its own error', async () => {
    const queue = new KeyedQueue()
    const failed = queue.run('a', () => Promise.reject(new Error('mine')))
    const done = queue.run('a', () => Promise.resolve(1))
    await expect(failed).rejects.toThrow('mine')
    await expect(done).resolves.toBe(1)
  })
})
