import { SeededRandom } from '@sealcard/testing'
import { fraction, SystemRandom } from '../../../src/core/ports/random.js'
import { SystemTimers } from '../../../src/core/ports/timers.js'

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
  it('makes ids of 22 characters that differ', () => {
    const ids = Array.from({ length: 100 }, () => random.id())
    expect(new Set(ids).size).toBe(100)
    expect(ids.every((id) => /^[A-Za-z0-9_-]{22}$/.test(id))).toBe(true)
  })

  it('makes as many bytes as asked, and fractions in [0, 1)', () => {
    for (const n of [0, 1, 31, 32, 33, 100]) expect(random.bytes(n)).toHaveLength(n)
    const fractions = Array.from({ length: 100 }, () => fraction(random))
    expect(fractions.every((value) => value >= 0 && value < 1)).toBe(true)
  })
})

it('SeededRandom repeats itself from one seed', () => {
  expect(new SeededRandom('a').id()).toBe(new SeededRandom('a').id())
  expect(new SeededRandom('a').id()).not.toBe(new SeededRandom('b').id())
})
