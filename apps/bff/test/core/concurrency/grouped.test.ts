import fc from 'fast-check'
import { Grouped, halving, type Settled, settled } from '../../../src/core/concurrency/grouped.js'

/** Work that ends when the test says so. */
const byHand = <T>() => {
  const groups: (readonly T[])[] = []
  const ends: (() => void)[] = []
  const work = async (group: readonly T[]): Promise<Settled<string>[]> => {
    groups.push(group)
    await new Promise<void>((end) => ends.push(end))
    return group.map((asked) => ({ value: `done ${String(asked)}` }))
  }
  return { groups, work, end: () => ends.shift()?.() }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))
const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await nextTurn()
}

describe('requests in groups', () => {
  test('one that comes alone is a group of one after this turn of the event loop', async () => {
    const { groups, work, end } = byHand<number>()
    const grouped = new Grouped({ most: 128 }, work)
    const answer = grouped.ask(1)
    await Promise.resolve()
    expect(groups).toEqual([])
    await nextTurn()
    expect(groups).toEqual([[1]])
    end()
    expect(await answer).toBe('done 1')
  })

  test('what comes in one turn is one group, what comes while it is under way the next', async () => {
    const { groups, work, end } = byHand<number>()
    const grouped = new Grouped({ most: 128 }, work)
    const first = [1, 2].map((n) => grouped.ask(n))
    await nextTurn()
    const second = [3, 4, 5].map((n) => grouped.ask(n))
    await turns(3)
    expect(groups).toEqual([[1, 2]])
    end()
    expect(await Promise.all(first)).toEqual(['done 1', 'done 2'])
    await nextTurn()
    expect(groups).toEqual([
      [1, 2],
      [3, 4, 5],
    ])
    end()
    expect(await Promise.all(second)).toEqual(['done 3', 'done 4', 'done 5'])
  })

  test('a request after all answers begins a new group', async () => {
    const grouped = new Grouped<number, number>({ most: 1 }, async (group) =>
      group.map((n) => ({ value: n })),
    )
    expect(await grouped.ask(1)).toBe(1)
    await turns(2)
    expect(await grouped.ask(2)).toBe(2)
  })

  test('a group never exceeds its maximum size', async () => {
    const sizes: number[] = []
    const grouped = new Grouped<number, number>({ most: 128 }, async (group) => {
      sizes.push(group.length)
      return group.map((n) => ({ value: n }))
    })
    const asked = Array.from({ length: 300 }, (_, n) => n)
    expect(await Promise.all(asked.map((n) => grouped.ask(n)))).toEqual(asked)
    expect(sizes).toEqual([128, 128, 44])
  })

  test('a person who floods gets a fixed share of a group, and others come before the rest', async () => {
    const groups: string[][] = []
    const fair = { whose: (asked: string) => asked.slice(0, 1), most: 8 }
    const grouped = new Grouped<string, string>({ most: 10, fair }, async (group) => {
      groups.push([...group])
      return group.map((asked) => ({ value: asked }))
    })
    const flood = Array.from({ length: 18 }, (_, n) => `a${n}`)
    await Promise.all([...flood, 'b0', 'c0', 'd0'].map((asked) => grouped.ask(asked)))
    expect(groups).toEqual([
      [...flood.slice(0, 8), 'b0', 'c0'],
      [...flood.slice(8, 16), 'd0'],
      flood.slice(16),
    ])
  })

  test('another group at the same time where that is asked for, when as many wait as a slow one has', async () => {
    const { groups, work, end } = byHand<number>()
    const grouped = new Grouped({ most: 128, atOnce: 2 }, work)
    const slow = [1, 2].map((n) => grouped.ask(n))
    await nextTurn()
    const other = [grouped.ask(3)]
    await turns(3)
    expect(groups).toEqual([[1, 2]])
    other.push(grouped.ask(4))
    await nextTurn()
    const waiting = [5, 6, 7, 8, 9].map((n) => grouped.ask(n))
    await turns(3)
    expect(groups).toEqual([
      [1, 2],
      [3, 4],
    ])
    end()
    end()
    await Promise.all([...slow, ...other])
    await nextTurn()
    expect(groups.slice(2)).toEqual([[5, 6, 7, 8, 9]])
    end()
    await Promise.all(waiting)
  })

  test('an error of one member is its own; an error that the work throws fails all members', async () => {
    const refusal = new Error('no')
    const outage = new Error('down')
    const grouped = new Grouped<number, number>({ most: 4 }, async (group) => {
      if (group.includes(9)) throw outage
      return group.map((n) => (n === 2 ? { error: refusal } : { value: n }))
    })
    const answers = await Promise.allSettled([1, 2, 3].map((n) => grouped.ask(n)))
    expect(answers).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: refusal },
      { status: 'fulfilled', value: 3 },
    ])
    const failed = await Promise.allSettled([8, 9].map((n) => grouped.ask(n)))
    expect(failed).toEqual([8, 9].map(() => ({ status: 'rejected', reason: outage })))
    expect(await grouped.ask(5)).toBe(5)
  })

  test('a member whom the work forgets gets an error and does not wait', async () => {
    const grouped = new Grouped<number, number>({ most: 4 }, async () => [{ value: 1 }])
    const answers = await Promise.allSettled([1, 2].map((n) => grouped.ask(n)))
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })

  test('undefined is an answer, and so is an error that is undefined', async () => {
    const grouped = new Grouped<number, undefined>({ most: 4 }, async (group) =>
      group.map((n) => (n === 1 ? { value: undefined } : { error: undefined })),
    )
    const answers = await Promise.allSettled([1, 2].map((n) => grouped.ask(n)))
    expect(answers).toEqual([
      { status: 'fulfilled', value: undefined },
      { status: 'rejected', reason: undefined },
    ])
  })

  test('the next group is under way while the answers of a large one go out, a few in each turn', async () => {
    const { groups, work, end } = byHand<number>()
    const grouped = new Grouped({ most: 40 }, work)
    let answered = 0
    const all = Array.from({ length: 80 }, (_, n) => grouped.ask(n).then(() => (answered += 1)))
    await nextTurn()
    end()
    await nextTurn()
    expect(groups).toHaveLength(2)
    expect(answered).toBeLessThan(40)
    await turns(5)
    expect(answered).toBe(40)
    end()
    await Promise.all(all)
  })
})

describe('a group that fails for what one member brings', () => {
  /** Fails as a whole for a poisoned member, as a transaction does. */
  const transaction =
    (poisoned: ReadonlySet<number>, done: number[], tried: number[][]) =>
    async (group: readonly number[]): Promise<Settled<number>[]> => {
      tried.push([...group])
      const bad = group.find((n) => poisoned.has(n))
      if (bad !== undefined) throw new Error(`refused ${bad}`)
      done.push(...group)
      return group.map((n) => ({ value: n }))
    }

  test('is halved until that member fails alone; the others are done once, in their order', async () => {
    const done: number[] = []
    const tried: number[][] = []
    const group = [0, 1, 2, 3, 4, 5, 6, 7]
    const work = transaction(new Set([5]), done, tried)
    const outcomes = await halving(group, work, () => false)
    expect(done).toEqual([0, 1, 2, 3, 4, 6, 7])
    expect(outcomes.map(({ error }) => (error as Error | undefined)?.message)).toEqual(
      group.map((n) => (n === 5 ? 'refused 5' : undefined)),
    )
    expect(tried).toEqual([group, [0, 1, 2, 3], [4, 5, 6, 7], [4, 5], [4], [5], [6, 7]])
  })

  test('is not halved for an error that concerns all members', async () => {
    const tried: number[][] = []
    const work = transaction(new Set([1]), [], tried)
    const outcomes = await halving([0, 1, 2], work, () => true)
    expect(tried).toEqual([[0, 1, 2]])
    expect(outcomes.every(({ error }) => error instanceof Error)).toBe(true)
  })

  test('for any set of bad members exactly these fail, and every other one is done once', async () => {
    const members = fc.uniqueArray(fc.nat({ max: 200 }), { minLength: 1, maxLength: 128 })
    await fc.assert(
      fc.asyncProperty(members, fc.func(fc.boolean()), async (group, isPoisoned) => {
        const poisoned = new Set(group.filter((n) => isPoisoned(n)))
        const done: number[] = []
        const outcomes = await halving(group, transaction(poisoned, done, []), () => false)
        expect(done).toEqual(group.filter((n) => !poisoned.has(n)))
        expect(outcomes.map((outcome) => 'error' in outcome)).toEqual(
          group.map((n) => poisoned.has(n)),
        )
      }),
    )
  })
})

test('what one member’s work throws is settled as that member’s error', () => {
  const error = new Error('no')
  expect(settled(() => 1)).toEqual({ value: 1 })
  expect(
    settled(() => {
      throw error
    }),
  ).toEqual({ error })
})
