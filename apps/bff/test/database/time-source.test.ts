import { ManualClock } from '@sealcard/testing'
import fc from 'fast-check'
import type { DataSource } from 'typeorm'
import { CLOCK_SKEW_MS } from '../../src/core/ports/clock.js'
import { TimeSource } from '../../src/database/time-source.js'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const START = Date.UTC(2026, 0, 1)

/** A database with a newest audit entry and, on PostgreSQL, a clock of its own. */
class FakeDatabase {
  newest: number | null = null
  isDown = false
  /** What an answer takes. */
  roundTripMs = 0

  constructor(
    readonly type: 'sqlite' | 'postgres',
    readonly clock = new ManualClock(START),
    private readonly host?: ManualClock,
  ) {}

  get storage(): DataSource {
    return { options: { type: this.type }, query: (sql: string) => this.#answer(sql) } as never
  }

  async #answer(sql: string): Promise<object[]> {
    if (this.isDown) throw new Error('Connection terminated')
    if (sql.includes('MAX(at)')) return [{ at: this.newest === null ? null : `${this.newest}` }]
    this.host?.advance(this.roundTripMs / 2)
    this.clock.advance(this.roundTripMs / 2)
    const ms = `${this.clock.now()}.25`
    this.host?.advance(this.roundTripMs / 2)
    this.clock.advance(this.roundTripMs / 2)
    return [{ ms }]
  }
}

describe.each(['sqlite', 'postgres'] as const)('the time source on %s', (type) => {
  let host: ManualClock
  let database: FakeDatabase
  let source: TimeSource

  /** Time passes everywhere. */
  const pass = (ms: number) => {
    host.advance(ms)
    database.clock.advance(ms)
  }

  beforeEach(async () => {
    host = new ManualClock(START)
    database = new FakeDatabase(type)
    source = await TimeSource.start(database.storage, host)
  })

  test('goes with the clocks that agree', async () => {
    expect([source.now(), source.problem]).toEqual([START, undefined])
    for (let i = 0; i < 10; i++) {
      pass(MINUTE)
      await source.compare()
    }
    expect([source.now(), source.problem]).toEqual([START + 10 * MINUTE, undefined])
  })

  test.each([
    ['ahead', 9 * HOUR, /32400 s ahead/],
    ['ahead by a little more than clocks may differ', CLOCK_SKEW_MS + SECOND, /61 s ahead/],
    ['back', -9 * HOUR, /32400 s behind/],
    ['back by a little more than clocks may differ', -CLOCK_SKEW_MS - SECOND, /61 s behind/],
  ])(
    'refuses a host clock that jumps %s, at once, and its time does not jump',
    async (_, jump, what) => {
      host.jump(jump)
      expect(source.problem).toMatch(what)
      expect(source.now()).toBe(START)
      pass(MINUTE)
      await expect(source.compare()).rejects.toMatchObject({ code: 'ERR_CLOCK', message: what })
      expect(source.now()).toBe(START + MINUTE)
      // A second comparison does not make a wrong clock right.
      await expect(source.compare()).rejects.toMatchObject({ code: 'ERR_CLOCK' })
      host.jump(-jump)
      await source.compare()
      expect([source.now(), source.problem]).toEqual([START + MINUTE, undefined])
    },
  )

  test('takes a small step of the host’s clock, and never goes back', async () => {
    for (const step of [20 * SECOND, -30 * SECOND, 5 * SECOND]) {
      const before = source.now()
      host.jump(step)
      await source.compare()
      expect(source.problem).toBeUndefined()
      expect(source.now()).toBeGreaterThanOrEqual(before)
    }
  })

  test('is never behind the newest audit entry, and not trusted when that is far ahead', async () => {
    database.newest = START + 40 * SECOND
    await source.compare()
    expect([source.now(), source.problem]).toEqual([START + 40 * SECOND, undefined])
    database.newest = START + HOUR
    await expect(source.compare()).rejects.toThrow(/newest audit entry is 3600 s in the future/)
    // What is wrong is no time to go by.
    expect(source.now()).toBe(START + 40 * SECOND)
    const restarted = await TimeSource.start(database.storage, host)
    expect(restarted.problem).toMatch(/in the future/)
    pass(HOUR)
    await restarted.compare()
    expect([restarted.now(), restarted.problem]).toEqual([START + HOUR, undefined])
  })

  test('is not trusted before the database answered once, and keeps its time when it does not answer later', async () => {
    database.isDown = true
    const early = await TimeSource.start(database.storage, host)
    expect(early.problem).toMatch(/not compared/)
    await expect(early.compare()).rejects.toThrow('Connection terminated')
    database.isDown = false
    await early.compare()
    expect(early.problem).toBeUndefined()
    database.isDown = true
    pass(MINUTE)
    await expect(early.compare()).rejects.toThrow('Connection terminated')
    expect([early.now(), early.problem]).toEqual([START + MINUTE, undefined])
  })

  test('never goes back and never follows a jump, whatever the host’s clock does', async () => {
    const step = fc.record({
      ms: fc.integer({ min: 0, max: 10 * MINUTE }),
      jump: fc.oneof(fc.constant(0), fc.integer({ min: -HOUR, max: HOUR })),
      compares: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        host = new ManualClock(START)
        database = new FakeDatabase(type)
        source = await TimeSource.start(database.storage, host)
        let last = source.now()
        for (const { ms, jump, compares } of steps) {
          pass(ms)
          host.jump(jump)
          const [now, isTrusted] = [source.now(), source.problem === undefined]
          expect(now).toBeGreaterThanOrEqual(last)
          if (isTrusted) expect(Math.abs(host.now() - now)).toBeLessThanOrEqual(CLOCK_SKEW_MS)
          if (compares) await source.compare().catch(() => {})
          last = now
        }
        // On PostgreSQL the truth is known: it is never further away than clocks may differ.
        if (type === 'postgres')
          expect(Math.abs(source.now() - database.clock.now())).toBeLessThanOrEqual(CLOCK_SKEW_MS)
      }),
    )
  })
})

describe('processes of one PostgreSQL', () => {
  test('have one time when their clocks differ by less than a minute', async () => {
    const database = new FakeDatabase('postgres')
    const hosts = [-50, 0, 50].map((off) => new ManualClock(START + off * SECOND))
    const sources = await Promise.all(hosts.map((host) => TimeSource.start(database.storage, host)))
    expect(sources.map((source) => [source.now(), source.problem])).toEqual(
      Array(3).fill([START, undefined]),
    )
  })

  test('a process whose clock differs by more is refused, and the others continue', async () => {
    const database = new FakeDatabase('postgres')
    const right = await TimeSource.start(database.storage, new ManualClock(START))
    const wrong = await TimeSource.start(database.storage, new ManualClock(START + 10 * MINUTE))
    expect(right.problem).toBeUndefined()
    expect(wrong.problem).toMatch(/600 s ahead/)
    expect(wrong.now()).toBe(START)
  })

  test('the server’s clock jumps: no process follows it, and all refuse', async () => {
    const host = new ManualClock(START)
    const database = new FakeDatabase('postgres')
    const source = await TimeSource.start(database.storage, host)
    database.clock.jump(HOUR)
    await expect(source.compare()).rejects.toThrow(/3600 s behind/)
    expect(source.now()).toBe(START)
    database.clock.jump(-HOUR)
    await source.compare()
    expect(source.problem).toBeUndefined()
  })

  test('a machine that was paused continues with the server’s time', async () => {
    const host = new ManualClock(START)
    const database = new FakeDatabase('postgres')
    const source = await TimeSource.start(database.storage, host)
    // A paused virtual machine counts no time at all.
    host.jump(HOUR)
    database.clock.advance(HOUR)
    expect(source.problem).toMatch(/ahead/)
    await source.compare()
    expect([source.now(), source.problem]).toEqual([START + HOUR, undefined])
  })

  test('the server’s time counts for the middle of the request, and a slow answer does not count', async () => {
    const host = new ManualClock(START)
    const database = new FakeDatabase('postgres', new ManualClock(START + 10 * SECOND), host)
    database.roundTripMs = SECOND
    const source = await TimeSource.start(database.storage, host)
    expect(source.now()).toBe(database.clock.now())
    database.clock.jump(-5 * SECOND)
    database.roundTripMs = 8 * SECOND
    await source.compare()
    expect(source.now()).toBe(database.clock.now() + 5 * SECOND)
  })
})

test('on SQLite a machine that was suspended continues: its elapsed time counts the sleep', async () => {
  const database = new FakeDatabase('sqlite')
  const host = new ManualClock(START)
  const source = await TimeSource.start(database.storage, host)
  host.advance(8 * HOUR)
  expect([source.now(), source.problem]).toEqual([START + 8 * HOUR, undefined])
  await source.compare()
  expect([source.now(), source.problem]).toEqual([START + 8 * HOUR, undefined])
})

test('on SQLite a clock that was wrong from the start is not followed when it is set right: it takes a restart', async () => {
  const database = new FakeDatabase('sqlite')
  const host = new ManualClock(START + 9 * HOUR)
  const source = await TimeSource.start(database.storage, host)
  database.newest = source.now()
  host.jump(-9 * HOUR)
  expect(source.problem).toMatch(/32400 s behind/)
  // What it wrote is in the future: nothing is served until then, and so no row from the future is met.
  const restarted = await TimeSource.start(database.storage, host)
  expect(restarted.problem).toMatch(/newest audit entry is 32400 s in the future/)
})
