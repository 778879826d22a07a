import { SeededRandom, ManualTimers } from '@sealcard/testing'
import fc from 'fast-check'
import {
  ANYBODY,
  Bulkhead,
  BulkheadFullError,
  QueueTimeoutError,
} from '../../../src/core/concurrency/bulkhead.js'

let bulkhead: Bulkhead
/** Who is inside, in the order in which they came in. */
let inside: string[]
const leave = new Map<string, () => void>()
/** `a1` is the first request of person `a`. */
const come = async (name: string, most = Infinity) => {
  leave.set(name, await bulkhead.enter({ key: name.slice(0, 1), most }))
  inside.push(name)
}
const turned = () => new Promise(setImmediate)
const begin = (atOnce: number, room: number) => {
  bulkhead = new Bulkhead(atOnce, room)
  inside = []
}

test('those who wait take turns by person, each person’s own in the order in which they came', async () => {
  begin(1, 9)
  for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']) void come(name)
  await turned()
  for (const name of ['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']) {
    expect(inside.at(-1)).toBe(name)
    leave.get(name)?.()
    await turned()
  }
  expect(inside).toHaveLength(7)
})

test('a person has a fixed number of places at once, even if others are free', async () => {
  begin(6, 9)
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) void come(name, 4)
  void come('b1', 4)
  await turned()
  expect(inside).toEqual(['a1', 'a2', 'a3', 'a4', 'b1'])
  expect(bulkhead.waiting).toBe(2)
  leave.get('b1')?.()
  await turned()
  expect(inside).toHaveLength(5)
  leave.get('a2')?.()
  await turned()
  expect(inside.at(-1)).toBe('a5')
})

test('a newcomer takes the last waiting place of a person who holds them all', async () => {
  begin(1, 3)
  const told: string[] = []
  for (const name of ['a1', 'a2', 'a3', 'a4'])
    void come(name).catch((error: unknown) =>
      told.push(`${name} ${error instanceof BulkheadFullError}`),
    )
  await turned()
  expect(['a', 'b'].map((key) => bulkhead.hasRoom({ key, most: 4 }))).toEqual([false, true])
  await expect(bulkhead.enter({ key: 'a', most: 4 })).rejects.toBeInstanceOf(BulkheadFullError)
  void come('b1')
  await turned()
  expect(told).toEqual(['a4 true'])
  leave.get('a1')?.()
  await turned()
  leave.get('a2')?.()
  await turned()
  expect(inside).toEqual(['a1', 'a2', 'b1'])
})

test('leaving twice frees one place', async () => {
  begin(1, 9)
  for (const name of ['a1', 'b1', 'c1']) void come(name)
  await turned()
  leave.get('a1')?.()
  leave.get('a1')?.()
  await turned()
  expect(inside).toEqual(['a1', 'b1'])
})

test('a caller who waits too long, or whose turn cannot come, is refused', async () => {
  const timers = new ManualTimers()
  bulkhead = new Bulkhead(1, 9, { ms: 60_000, timers })
  const leave = await bulkhead.enter(ANYBODY)
  const late = bulkhead.enter(ANYBODY)
  timers.pass()
  await expect(late).rejects.toBeInstanceOf(QueueTimeoutError)
  const turnedAway = bulkhead.enter(ANYBODY)
  bulkhead.rejectWaiting()
  await expect(turnedAway).rejects.toBeInstanceOf(QueueTimeoutError)
  expect([bulkhead.waiting, timers.pending.size]).toEqual([0, 0])
  leave()
  await expect(bulkhead.run(ANYBODY, () => Promise.resolve('served'))).resolves.toBe('served')
})

test('a free place goes to the next in the queue, and no newcomer takes it', async () => {
  begin(1, 2)
  for (const name of ['a1', 'a2']) void come(name)
  await turned()
  leave.get('a1')?.()
  // It asks before the waiter's code runs.
  void come('a3')
  await turned()
  leave.get('a2')?.()
  await turned()
  expect(inside).toEqual(['a1', 'a2', 'a3'])
})

const arrivals = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })

test('any arrivals are served fairly: between two turns of a key, every other that waits has one', async () => {
  await fc.assert(
    fc.asyncProperty(
      arrivals,
      fc.integer({ min: 1, max: 4 }),
      fc.nat(20),
      fc.integer(),
      async (keys, atOnce, room, seed) => {
        const random = new SeededRandom(seed)
        const bulkhead = new Bulkhead(atOnce, room)
        const began: { key: string; i: number }[] = []
        const leaves: (() => void)[] = []
        let refused = 0
        for (const [i, key] of keys.entries()) {
          void bulkhead.enter({ key, most: Infinity }).then(
            (leave) => {
              began.push({ key, i })
              leaves.push(leave)
            },
            () => (refused += 1),
          )
          await turned()
          expect(bulkhead.waiting).toBeLessThanOrEqual(room)
        }
        expect(leaves.length).toBeLessThanOrEqual(atOnce)
        const turns = began.splice(0).length
        while (leaves.length > 0) {
          leaves.splice(random.below(leaves.length), 1)[0]?.()
          await turned()
          expect(leaves.length).toBeLessThanOrEqual(atOnce)
        }
        expect(turns + began.length + refused).toBe(keys.length)
        expect(bulkhead.waiting).toBe(0)
        expectFair(began)
      },
    ),
  )
})

/** @param began who waited, in the order in which they began; `i` is the order in which they came */
const expectFair = (began: readonly { key: string; i: number }[]): void => {
  for (const [at, { key, i }] of began.entries()) {
    const ofKey = (one: { key: string }) => one.key === key
    const next = began.findIndex((one, place) => place > at && ofKey(one))
    if (next < 0) continue
    expect(began[next]?.i).toBeGreaterThan(i)
    const stillWaiting = new Set(began.slice(next).map((one) => one.key))
    const between = new Set(began.slice(at, next).map((one) => one.key))
    expect([...stillWaiting].filter((other) => !between.has(other))).toEqual([])
  }
}
