import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core'
import { ManualClock } from '@sealcard/testing'
import { JOB, type JobOptions } from '../../src/core/jobs/job.js'
import { Jobs } from '../../src/core/jobs/jobs.js'
import { TestApp } from '../kit/test-app.js'

/** Every job of the service. A new one is added here, and keeps the same promises. */
const JOBS = [
  'bot-notices',
  'bot-outbox',
  'bot-refusals',
  'card-expiries',
  'checkpoint',
  'clock',
  'daily-rollup',
  'login-journal',
  'names',
  'previous-keys',
  'receipt-keys',
  'retention',
  'search-index',
  'webhooks',
]

const turned = () => new Promise(setImmediate)
let app: TestApp
let jobs: Jobs

beforeAll(async () => {
  app = await TestApp.start({}, { host: new ManualClock() })
  jobs = app.nest.get(Jobs)
})
afterEach(() => jest.restoreAllMocks())
afterAll(() => app.stop())

/** Where the decorator is. */
const methodOf = (name: string, of = app) => {
  const scanner = new MetadataScanner()
  const reflector = new Reflector()
  const discovery = of.nest.get(DiscoveryService, { strict: false })
  for (const { instance } of discovery.getProviders()) {
    if (!instance) continue
    for (const method of scanner.getAllMethodNames(Object.getPrototypeOf(instance)))
      if (reflector.get<JobOptions | undefined>(JOB, instance[method])?.name === name)
        return { instance: instance as Record<string, () => unknown>, method }
  }
  throw new Error(`no job ${name}`)
}

const failures = async (name: string) => {
  const { text } = await app.call('GET', '/metrics')
  const line = new RegExp(`sealcard_job_failures_total\\{job="${name}"\\} (\\d+)`)
  return Number(line.exec(text)?.[1] ?? 0)
}

test('these are all jobs', () => {
  expect([...jobs.names].sort()).toEqual(JOBS)
})

describe.each(JOBS)('the job %s', (name) => {
  test('works as it is, over an empty database', async () => {
    await jobs.poll(name)
    expect(await failures(name)).toBe(0)
  })

  test('never runs twice at once', async () => {
    const { instance, method } = methodOf(name)
    let end = () => {}
    const run = jest
      .spyOn(instance, method)
      .mockImplementationOnce(() => new Promise<void>((resolve) => (end = resolve)))
      .mockImplementation(() => Promise.resolve())
    const polls = [jobs.poll(name), jobs.poll(name), jobs.poll(name)]
    await turned()
    expect(run).toHaveBeenCalledTimes(1)
    end()
    await Promise.all(polls)
    expect(run).toHaveBeenCalledTimes(2)
  })

  test('survives its failure, which is counted', async () => {
    const before = await failures(name)
    const { instance, method } = methodOf(name)
    const run = jest.spyOn(instance, method).mockRejectedValueOnce(new Error('CANARY') as never)
    await jobs.poll(name)
    expect(await failures(name)).toBe(before + 1)
    run.mockRestore()
    await jobs.poll(name)
    expect(await failures(name)).toBe(before + 1)
  })
})

test('no job begins a run after the service stopped', async () => {
  const stopping = await TestApp.start({}, { host: new ManualClock() })
  const runs = JOBS.map((name) => {
    const { instance, method } = methodOf(name, stopping)
    return jest.spyOn(instance, method)
  })
  const stopped = stopping.nest.get(Jobs)
  await stopping.stop()
  for (const run of runs) run.mockClear()
  await Promise.all(JOBS.map((name) => stopped.poll(name)))
  for (const run of runs) expect(run).not.toHaveBeenCalled()
})
