import { Global, Injectable, Module } from '@nestjs/common'
import { Test, type TestingModule } from '@nestjs/testing'
import { ManualTimers } from '@sealcard/testing'
import { Job } from '../../../src/core/jobs/job.js'
import { JOB_OBSERVER, Jobs } from '../../../src/core/jobs/jobs.js'
import { JobsModule } from '../../../src/core/core.modules.js'
import { CLOCK_STATUS } from '../../../src/core/ports/clock.js'
import { TIMERS } from '../../../src/core/ports/timers.js'

@Injectable()
class Counted {
  often = 0
  late = 0

  @Job({ name: 'often', everyMs: 1_000 })
  run(): void {
    this.often += 1
  }

  @Job({ name: 'late', everyMs: 60_000, firstMs: 500 })
  begin(): Promise<void> {
    this.late += 1
    return Promise.reject(new Error('no storage'))
  }
}

@Injectable()
class OfTheClock {
  runs = 0

  @Job({ name: 'clock', everyMs: 1_000, whileUntrusted: true })
  run(): void {
    this.runs += 1
  }
}

@Injectable()
class SameName {
  @Job({ name: 'often', everyMs: 1_000 })
  run(): void {}
}

const failures: string[] = []
const timers = new ManualTimers()
const status: { problem: string | undefined } = { problem: undefined }
const outside = [
  { provide: JOB_OBSERVER, useValue: { jobFailed: (job: string) => failures.push(job) } },
  { provide: TIMERS, useValue: timers },
  { provide: CLOCK_STATUS, useValue: status },
]
let service: TestingModule

@Global()
@Module({ providers: outside, exports: outside })
class Outside {}

const start = async (...providers: (new () => object)[]) => {
  service = await Test.createTestingModule({ imports: [Outside, JobsModule], providers }).compile()
  await service.init()
  return service.get(Jobs)
}

beforeEach(() => {
  failures.length = 0
  status.problem = undefined
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] })
})
afterEach(async () => {
  jest.useRealTimers()
  await service.close()
})

test('a job runs first after its first delay, then at its interval, also after a failure', async () => {
  await start(Counted)
  const counted = service.get(Counted)
  await jest.advanceTimersByTimeAsync(499)
  expect(counted).toMatchObject({ often: 0, late: 0 })
  await jest.advanceTimersByTimeAsync(1)
  expect(counted).toMatchObject({ often: 0, late: 1 })
  await jest.advanceTimersByTimeAsync(59_500)
  expect(counted).toMatchObject({ often: 60, late: 1 })
  await jest.advanceTimersByTimeAsync(500)
  expect(counted).toMatchObject({ late: 2 })
  expect(failures).toEqual(['late', 'late'])
})

test('no run begins after the shutdown, also of a job that had not begun yet', async () => {
  await start(Counted)
  const counted = service.get(Counted)
  await service.close()
  await jest.advanceTimersByTimeAsync(120_000)
  expect(counted).toMatchObject({ often: 0, late: 0 })
})

test('a job that is taken off the schedule runs when it is polled', async () => {
  const jobs = await start(Counted)
  for (const name of jobs.names) jobs.unschedule(name)
  await jest.advanceTimersByTimeAsync(120_000)
  expect(service.get(Counted).often).toBe(0)
  await jobs.poll('often')
  expect(service.get(Counted).often).toBe(1)
})

test('two jobs may not have one name, and a name that no job has is an error', async () => {
  await expect(start(Counted, SameName)).rejects.toThrow('two jobs have the name often')
  const jobs = await start(Counted)
  expect(() => jobs.poll('never')).toThrow('no job has the name never')
})

test('while the clock cannot be trusted no job does anything, but for the one that compares the clock', async () => {
  const jobs = await start(Counted, OfTheClock)
  status.problem = 'the clock jumped'
  await Promise.all(jobs.names.map((name) => jobs.poll(name)))
  expect(service.get(Counted)).toMatchObject({ often: 0, late: 0 })
  expect(service.get(OfTheClock).runs).toBe(1)
  status.problem = undefined
  await jobs.poll('often')
  expect(service.get(Counted).often).toBe(1)
})
