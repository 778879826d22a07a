import { SeededRandom } from '@sealcard/testing'
import { base62 } from '../../../src/core/ids.js'
import { SystemClock } from '../../../src/core/ports/clock.js'
import { fraction, SystemRandom } from '../../../src/core/ports/random.js'
import { SystemTimers } from '../../../src/core/ports/timers.js'
import { HOUR } from '../../../src/core/time.js'

describe('SystemClock', () => {
  const machine = (): { wall: number; awake: number; boot: number; reads: number } => ({
    wall: 1_000_000,
    awake: 5_000,
    boot: 90_000,
    reads: 0,
  })
  const clockOf = (m: ReturnType<typeof machine>): SystemClock =>
    new SystemClock({
      wall: () => m.wall,
      awake: () => m.awake,
      sinceBoot: () => {
        m.reads++
        return m.boot
      },
    })

  it('counts the time while the machine is suspended', () => {
    const m = machine()
    const clock = clockOf(m)
    const before = clock.elapsed()
    m.wall += 8 * HOUR + 20
    m.boot += 8 * HOUR + 20
    m.awake += 20
    expect(clock.elapsed() - before).toBe(8 * HOUR + 20)
    m.wall += 500
    m.boot += 500
    m.awake += 500
    expect([clock.elapsed() - before, clock.now()]).toEqual([8 * HOUR + 520, m.wall])
  })

  it('counts no jump of the wall clock, ahead or back', () => {
    const m = machine()
    const clock = clockOf(m)
    const before = clock.elapsed()
    m.wall += HOUR
    expect(clock.elapsed() - before).toBe(0)
    m.wall -= 3 * HOUR
    m.awake += 10
    m.boot += 10
    expect(clock.elapsed() - before).toBe(10)
  })

  it('reads the time since boot only after a jump', () => {
    const m = machine()
    const clock = clockOf(m)
    for (let i = 0; i < 100; i++) {
      m.wall += 10
      m.awake += 10
      clock.elapsed()
    }
    expect(m.reads).toBe(1)
    m.wall += HOUR
    for (let i = 0; i < 100; i++) clock.elapsed()
    expect(m.reads).toBe(2)
  })

  it('never goes back when the time since boot is coarse', () => {
    const m = machine()
    const clock = clockOf(m)
    const before = clock.elapsed()
    m.boot -= 10
    m.wall += HOUR
    expect(clock.elapsed()).toBe(before)
  })
})

describe('SystemTimers', () => {
  it('sleeps until the signal aborts', async () => {
    const controller = new AbortController()
    const sleep = new SystemTimers().sleep(60_000, controller.signal)
    controller.abort(new Error('stop'))
    await expect(sleep).rejects.toThrow('stop')
    await expect(new SystemTimers().sleep(60_000, controller.signal)).rejects.toThrow('stop')
    await new SystemTimers().sleep(0)
  })

  it('calls nothing back once cancelled', async () => {
    const call = jest.fn()
    new SystemTimers().after(0, call)()
    await new SystemTimers().sleep(5)
    expect(call).not.toHaveBeenCalled()
  })
})

describe.each([
  ['SystemRandom', new SystemRandom()],
  ['SeededRandom', new SeededRandom()],
])('%s', (_name, random) => {
  it('makes ids of 22 letters and digits that differ', () => {
    const ids = Array.from({ length: 100 }, () => random.id())
    expect(new Set(ids).size).toBe(100)
    expect(ids.filter((id) => !/^[A-Za-z0-9]{22}$/.test(id))).toEqual([])
  })

  it('makes as many bytes as asked, and fractions in [0, 1)', () => {
    for (const n of [0, 1, 31, 32, 33, 100]) expect(random.bytes(n)).toHaveLength(n)
    const fractions = Array.from({ length: 100 }, () => fraction(random))
    expect(fractions.every((value) => value >= 0 && value < 1)).toBe(true)
  })
})

describe('base62', () => {
  const bytes = (hex: string) => Buffer.from(hex, 'hex')

  it('keeps all 128 bits, in the order of the numbers', () => {
    const rising = ['00', '01', '3d', '3e'].map((end) => bytes(end.padStart(32, '0')))
    expect(rising.map(base62)).toEqual(['0', '1', 'z', '10'].map((end) => end.padStart(22, '0')))
    expect(base62(bytes('ff'.repeat(16)))).toBe('7n42DGM5Tflk9n8mt7Fhc7')
  })

  it('is the same in the tests’ own randomness', () => {
    const [ids, same] = [new SeededRandom('a'), new SeededRandom('a')]
    expect(ids.id()).toBe(base62(same.bytes(16)))
  })
})

it('SeededRandom repeats itself from one seed', () => {
  expect(new SeededRandom('a').id()).toBe(new SeededRandom('a').id())
  expect(new SeededRandom('a').id()).not.toBe(new SeededRandom('b').id())
})
