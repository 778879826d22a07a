import { HandTimers } from '@sealcard/testing'
import { FairBulkhead, BulkheadFullError } from '../../../src/core/concurrency/fair-bulkhead.js'

let lane: FairBulkhead
/** Who is inside, in the order in which they came in. */
let inside: string[]
const leave = new Map<string, () => void>()
/** `a1` is the first request of person `a`. */
const come = async (name: string, most = Infinity) => {
  leave.set(name, await lane.enter({ key: name.slice(0, 1), most }))
  inside.push(name)
}
const turned = () => new Promise(setImmediate)
const begin = (atOnce: number, room: number) => {
  lane = new FairBulkhead(atOnce, room, 60_000, new HandTimers())
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

test('a person has so many places at once, also where others are free', async () => {
  begin(6, 9)
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) void come(name, 4)
  void come('b1', 4)
  await turned()
  expect(inside).toEqual(['a1', 'a2', 'a3', 'a4', 'b1'])
  expect(lane.waiting).toBe(2)
  leave.get('b1')?.()
  await turned()
  expect(inside).toHaveLength(5)
  leave.get('a2')?.()
  await turned()
  expect(inside.at(-1)).toBe('a5')
})

test('who finds all places to wait taken by one person gets the last of theirs', async () => {
  begin(1, 3)
  const told: string[] = []
  for (const name of ['a1', 'a2', 'a3', 'a4'])
    void come(name).catch((error: unknown) =>
      told.push(`${name} ${error instanceof BulkheadFullError}`),
    )
  await turned()
  expect([...'ab'].map((key) => lane.hasRoom({ key, most: 4 }))).toEqual([false, true])
  await expect(lane.enter({ key: 'a', most: 4 })).rejects.toBeInstanceOf(BulkheadFullError)
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
