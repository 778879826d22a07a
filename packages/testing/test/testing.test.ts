import { ManualTimers, InstantTimers, ManualClock, SeededRandom } from '../src/index.js'

test('a manual clock moves only when the test moves it', () => {
  const clock = new ManualClock(1000)
  expect(clock.now()).toBe(1000)
  clock.advance(-1)
  expect(clock.now()).toBe(999)
  clock.set(5)
  expect(clock.now()).toBe(5)
})

test('manual timers fire when the test says so, and not after they were cancelled', async () => {
  const timers = new ManualTimers()
  const fired: string[] = []
  timers.after(1, () => fired.push('a'))
  timers.after(1, () => fired.push('b'))()
  const slept = timers.sleep(1).then(() => fired.push('slept'))
  expect(fired).toEqual([])
  timers.pass()
  await slept
  expect(fired).toEqual(['a', 'slept'])
})

test('a sleep of manual timers ends with the reason of its signal', async () => {
  const timers = new ManualTimers()
  const stop = new AbortController()
  const slept = timers.sleep(1, stop.signal)
  stop.abort(new Error('stopped'))
  await expect(slept).rejects.toThrow('stopped')
  expect(timers.pending.size).toBe(0)
})

test('instant timers note what they were asked to wait', async () => {
  const timers = new InstantTimers()
  await timers.sleep(60_000)
  expect(timers.slept).toEqual([60_000])
})

test('one seed gives one sequence', () => {
  const bytes = (seed: number) => new SeededRandom(seed).bytes(40).toString('hex')
  expect(bytes(1)).toBe(bytes(1))
  expect(bytes(1)).not.toBe(bytes(2))
  const picks = (seed: number) =>
    Array.from({ length: 20 }, () => new SeededRandom(seed).below(100))
  expect(picks(7)).toEqual(picks(7))
})
