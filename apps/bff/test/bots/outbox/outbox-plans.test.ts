import { BotJobRepository } from '../../../src/bots/storage/bot-job.repository.js'
import { deskBot } from '../../kit/bot-sender.js'
import { IN_MEMORY } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start({ ...IN_MEMORY, bots: [deskBot()] })
})
afterAll(() => app.stop())

/** SQLite's plans of the queries during `work`, without statistics, as before the first ANALYZE. */
const plans = async (ask: () => Promise<unknown>): Promise<string[]> => {
  const { storage } = app
  const asked: [string, unknown[]][] = []
  const log = jest
    .spyOn(storage.logger, 'logQuery')
    .mockImplementation((sql, values) => void asked.push([sql, [...((values ?? []) as unknown[])]]))
  await ask()
  log.mockRestore()
  const steps: string[] = []
  for (const [sql, values] of asked) {
    const rows = await storage.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, values)
    steps.push(...rows.map(({ detail }) => detail))
  }
  return steps
}

it('the outbox finds due jobs by an index, with any number of finished jobs', async () => {
  const steps = await plans(() => app.nest.get(BotJobRepository).due(16))
  const reads = steps.filter((step) => /^(SCAN|SEARCH) (job|each)\b/.test(step))
  expect(reads.length).toBeGreaterThan(1)
  for (const step of reads)
    expect(step).toMatch(/^SEARCH \w+ USING INDEX ix_bot_jobs_due \(state=\?/)
})
