import type { DataSource } from 'typeorm'
import { InstantTimers } from '@sealcard/testing'
import { blocksOf } from '../../src/schema/blocking.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { migrations } from '../../src/schema/migrations/index.js'

const memory = { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' } as const
/** Tables with few rows, or whose rows end within 48 hours. */
const SMALL = ['admin_setup_tokens', 'automation_tokens', 'bot_callbacks', 'bot_jobs']
const CHANGES = [
  /^CREATE (?:UNIQUE )?INDEX \S+ ON "(\w+)"/,
  /^ALTER TABLE "(\w+)"/,
  /^UPDATE "?(\w+)"?/,
  /^DROP TABLE "(\w+)"/,
]

describe('migrations of tables that may be large', () => {
  let storage: DataSource
  beforeEach(async () => {
    storage = await createDataSource(memory).initialize()
  })
  afterEach(() => storage.destroy())

  it('say for how long nobody can write, each for every table that it does not make itself', async () => {
    const asked = jest.spyOn(storage.logger, 'logQuery')
    const runner = storage.createQueryRunner()
    const silent: string[] = []
    for (const Migration of migrations) {
      const migration = new Migration()
      asked.mockClear()
      await migration.up(runner)
      const statements = asked.mock.calls.map(([sql]) => sql)
      const made = statements.map((sql) => /^CREATE TABLE "(?!temporary_)(\w+)"/.exec(sql)?.[1])
      const said = blocksOf(migration).map(({ table }) => table)
      for (const sql of statements)
        for (const table of CHANGES.map((change) => change.exec(sql)?.[1]))
          if (table && ![...made, ...said, ...SMALL].includes(table.replace('temporary_', '')))
            silent.push(`${Migration.name}: ${table}`)
      for (const { secondsPerMillionRows } of blocksOf(migration))
        for (const seconds of Object.values(secondsPerMillionRows))
          expect(seconds).toBeGreaterThan(0)
    }
    asked.mockRestore()
    await runner.release()
    expect(new Set(silent)).toEqual(new Set())
  })

  it('are announced before they run, with the rows that are there; nothing is said of an empty table', async () => {
    const announce = async () => {
      const lines: string[] = []
      const ran = await migrate(storage, new InstantTimers(), (line) => lines.push(line))
      return { ran, lines }
    }
    const first = await announce()
    expect(first.lines).toEqual([])
    const last = first.ran.indexOf('RejectedOfSessions1770000051000')
    for (const _ of first.ran.slice(last)) await storage.undoLastMigration()
    await storage.query(`INSERT INTO openings (id, viewer_id, session_id, outcome, at)
      VALUES ('a', 'v', 's', 'granted', 1), ('b', 'v', 's', 'rejected', 2)`)
    const second = await announce()
    expect(second.ran).toEqual(first.ran.slice(last))
    expect(second.lines).toContainEqual(
      expect.stringMatching(
        /^migration RejectedOfSessions1770000051000: openings has 2 rows; nobody can write for about 1 s \([\d.]+ s per million rows\)$/,
      ),
    )
  })
})
