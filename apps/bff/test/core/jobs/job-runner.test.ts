import { JobRunner } from '../../../src/core/jobs/jobs.js'

const turned = () => new Promise(setImmediate)

describe('the frame of a job', () => {
  /** Runs that are under way, each to be ended by hand. */
  let running: { end: () => void; fail: (error: Error) => void; signal: AbortSignal }[]
  let begun: number
  let failures: unknown[]
  let runner: JobRunner

  beforeEach(() => {
    running = []
    begun = 0
    failures = []
    const work = (signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        begun += 1
        running.push({ end: resolve, fail: reject, signal })
      })
    runner = new JobRunner(work, (error) => failures.push(error))
  })

  test('runs never overlap: a tick during a run is left out', async () => {
    for (let i = 0; i < 3; i++) runner.tick()
    await turned()
    running[0]?.end()
    await turned()
    expect(begun).toBe(1)
    runner.tick()
    expect(begun).toBe(2)
  })

  test('all who poll during a run get one run that begins after it', async () => {
    const polls = [runner.poll(), runner.poll(), runner.poll()]
    await turned()
    expect(begun).toBe(1)
    running[0]?.end()
    await turned()
    expect(begun).toBe(2)
    let isOver = false
    const over = Promise.all(polls).then(() => (isOver = true))
    await turned()
    expect(isOver).toBe(false)
    running[1]?.end()
    await over
    expect(begun).toBe(2)
  })

  test('a poll at the very end of a run is not lost, in whichever microtask it comes', async () => {
    for (let microtasks = 0; microtasks < 8; microtasks++) {
      let runs = 0
      const short = new JobRunner(
        () => {
          runs += 1
        },
        (error) => failures.push(error),
      )
      const first = short.poll()
      for (let i = 0; i < microtasks; i++) await Promise.resolve()
      const before = runs
      await short.poll()
      expect([microtasks, runs - before]).toEqual([microtasks, 1])
      await first
    }
  })

  test('a run that fails is logged once, and the next one comes', async () => {
    const failure = new Error('no storage')
    const first = runner.poll()
    running[0]?.fail(failure)
    await first
    expect(failures).toEqual([failure])
    const second = runner.poll()
    running[1]?.end()
    await second
    expect(failures).toEqual([failure])
  })

  test('work that throws before it waits for anything fails like any other', async () => {
    const throws = new JobRunner(
      () => {
        throw new Error('at once')
      },
      (error) => failures.push(error),
    )
    await throws.poll()
    await throws.poll()
    expect(failures).toHaveLength(2)
  })

  test('a job that stops aborts its run, waits for it, and begins no other', async () => {
    const polled = [runner.poll(), runner.poll()]
    let isStopped = false
    const stopped = runner.stop().then(() => (isStopped = true))
    await turned()
    expect([running[0]?.signal.aborted, isStopped]).toEqual([true, false])
    running[0]?.end()
    await Promise.all([stopped, ...polled])
    runner.tick()
    await runner.poll()
    expect(begun).toBe(1)
  })
})
