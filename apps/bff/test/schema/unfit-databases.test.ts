import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { start } from '../../src/app/start.js'
import type { Config, DatabaseConfig } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import { newer } from '../../src/database/fitness.js'
import { SystemClock } from '../../src/core/ports/clock.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { runCommand } from '../../src/tools/cli/run.js'
import { systemOutside } from '../../src/tools/doctor/adapters/system-outside.js'
import { examine } from '../../src/tools/doctor/examine.js'
import { testConfig } from '../kit/config.js'
import { hasPostgres, startPostgres, type TestPostgres } from '../kit/storage/postgres.js'
import { TestApp } from '../kit/test-app.js'

const NEWER = 'FromTheFuture1999999999999'
const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-unfit-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

class Exit extends Error {}

/** @returns what a service says that does not start */
const refusal = async (change: Partial<Config>): Promise<string> => {
  let said = ''
  const exit = (code: number) => {
    said += `exit ${code}`
    throw new Exit()
  }
  const proc = { stderr: { write: (text: string) => (said += text) }, exit }
  await expect(start(testConfig('', change), proc as never)).rejects.toThrow(Exit)
  return said
}

/** @returns what the doctor finds about the database that is not well */
const found = async (change: Partial<Config>) => {
  const findings = await examine({
    outside: {
      ...systemOutside(PLATFORMS),
      http: { ask: () => Promise.reject(new Error('none')) },
    },
    config: () => testConfig('', change),
    thorough: false,
    progress: () => {},
  })
  return findings.filter(({ check, status }) => check === 'database' && status !== 'ok')
}

/** @returns what a command says, and its exit code */
const command = async (change: Partial<Config>, ...args: string[]): Promise<string> => {
  let said = ''
  const write = (text: string) => (said += text)
  const context = {
    config: () => testConfig('', change),
    // A server's time is real, and a command refuses a clock that is far from it.
    clock: new SystemClock(),
    platforms: PLATFORMS,
  }
  const code = await runCommand({ ...context, stdout: { write }, stderr: { write } }, args)
  return `${said}exit ${code}`
}

const sql = async (database: DatabaseConfig, ...statements: string[]): Promise<void> => {
  const storage = await createDataSource(database, { statementTimeoutMs: 0 }).initialize()
  try {
    await migrate(storage)
    for (const statement of statements) await storage.query(statement)
  } finally {
    await storage.destroy()
  }
}
const FUTURE = `INSERT INTO migrations (timestamp, name) VALUES (1999999999999, '${NEWER}')`
const SENTENCE = `DATABASE_URL: a newer version has changed it: ${NEWER}. Run that version, or restore a backup from before.`

const refusesWhatIsNewer = (database: DatabaseConfig) => async () => {
  const change = { database }
  await sql(database, FUTURE)
  expect(await refusal(change)).toBe(`cannot start: ${SENTENCE}\nexit 1`)
  for (const args of [
    ['tokens', 'list'],
    ['audit', 'verify'],
    ['admin', 'list'],
  ])
    expect(await command(change, ...args)).toBe(`${SENTENCE}\nexit 2`)
  const [finding] = await found(change)
  expect(`DATABASE_URL: ${finding?.what}. ${finding?.todo}`).toBe(SENTENCE)
  const storage = await createDataSource(database).initialize()
  // Also where it comes between the look and the lock.
  await expect(migrate(storage)).rejects.toMatchObject({ code: 'ERR_STORAGE_CONFIG' })
  expect(await newer(storage)).toMatchObject({ code: 'newer' })
  await storage.destroy()
}

describe('a database that a newer version migrated', () => {
  test(
    'is refused by the service and the commands in the doctor’s words, on SQLite',
    refusesWhatIsNewer({
      kind: 'sqlite',
      file: path.join(dir, 'newer.sqlite'),
      engine: 'sqlite3',
    }),
  )

  test('makes a running service not ready, and requests before that finish', async () => {
    const app = await TestApp.start()
    const token = await app.login('alice')
    expect((await app.call('GET', '/readyz')).status).toBe(200)
    await app.storage.query(FUTURE)
    const answer = await app.call('GET', '/readyz')
    expect([answer.status, answer.body.code]).toEqual([503, 'ERR_STORAGE_UNAVAILABLE'])
    expect((await app.call('GET', '/v1/cards', { token })).status).toBe(200)
    await app.stop()
  })
})

;(hasPostgres() ? describe : describe.skip)('over PostgreSQL', () => {
  let postgres: TestPostgres
  let databases = 0
  const server = (...statements: string[]) =>
    sql(postgres.database('administration'), ...statements)
  const create = async () => {
    const name = `unfit_${databases++}`
    await server(`CREATE DATABASE ${name}`)
    return name
  }
  const at = (name: string, more = ''): Partial<Config> & { database: DatabaseConfig } => ({
    database: postgres.database(`${name}${more}`),
  })
  beforeAll(async () => {
    postgres = await startPostgres()
    const plain = { entities: [], migrations: [], statementTimeoutMs: 0 }
    const first = await createDataSource(postgres.database('postgres'), plain).initialize()
    await first.query('CREATE DATABASE administration')
    await first.destroy()
  })
  afterAll(() => postgres.stop())

  test('a database that a newer version migrated is refused', async () => {
    await refusesWhatIsNewer(at(await create()).database)()
  })

  const LOST =
    'DATABASE_URL: synchronous_commit is off: the server answers before a commit is on its disk, and loses it in a crash. Set synchronous_commit = on for the server, the database, the role and DATABASE_URL.'
  const OFF = '?options=-c%20synchronous_commit%3Doff'

  test.each(['production', 'development'] as const)(
    'a connection that does not wait for the disk is refused in %s, and nothing is made',
    async (mode) => {
      const name = await create()
      const change = { ...at(name, OFF), mode }
      expect(await refusal(change)).toBe(`cannot start: ${LOST}\nexit 1`)
      expect(await command(change, 'tokens', 'list')).toBe(`${LOST}\nexit 2`)
      const storage = await createDataSource(at(name).database).initialize()
      expect(await storage.query("SELECT * FROM pg_tables WHERE schemaname = 'public'")).toEqual([])
      await storage.destroy()
    },
  )

  test('so are a database, a role and a server that do not; the doctor says the same', async () => {
    const name = await create()
    const change = at(name)
    const wrongFor = async (off: string, on: string, whose = change) => {
      await server(off)
      try {
        expect([off, await refusal(whose)]).toEqual([off, `cannot start: ${LOST}\nexit 1`])
        const [finding] = await found(whose)
        expect(finding).toMatchObject({ code: 'not-durable', status: 'wrong' })
        expect(`DATABASE_URL: ${finding?.what}. ${finding?.todo}`).toBe(LOST)
      } finally {
        await server(on)
      }
    }
    await wrongFor(
      `ALTER DATABASE ${name} SET synchronous_commit = off`,
      `ALTER DATABASE ${name} RESET synchronous_commit`,
    )
    await server("CREATE ROLE hasty LOGIN SUPERUSER PASSWORD 'for-tests'")
    const { url } = change.database as Extract<DatabaseConfig, { kind: 'postgres' }>
    const hasty = new Secret(url.reveal().replace('//postgres:', '//hasty:'))
    await wrongFor(
      'ALTER ROLE hasty SET synchronous_commit = off',
      'ALTER ROLE hasty RESET synchronous_commit',
      { database: { kind: 'postgres', url: hasty } },
    )
    await setServer('synchronous_commit', 'off')
    expect(await refusal(change)).toBe(`cannot start: ${LOST}\nexit 1`)
    await setServer('synchronous_commit', 'on')
    expect(await found(change)).toMatchObject([{ code: 'migrations-pending' }])
  })

  /** Waits until new connections have it. */
  const setServer = async (setting: string, value: string) => {
    const plain = { entities: [], migrations: [], poolSize: 1 }
    const admin = () => createDataSource(postgres.database('postgres'), plain).initialize()
    const first = await admin()
    await first.query(`ALTER SYSTEM SET ${setting} = ${value}`)
    await first.query('SELECT pg_reload_conf()')
    await first.destroy()
    for (let now = ''; now !== value;) {
      const next = await admin()
      now = (await next.query(`SHOW ${setting}`))[0][setting]
      await next.destroy()
    }
  }

  test.each(['local', 'remote_write', 'on', 'remote_apply'])(
    'a commit that waits as %s says is on the server’s disk: well',
    async (value) => {
      const name = await create()
      const change = at(name, `?options=-c%20synchronous_commit%3D${value}`)
      await sql(change.database)
      expect(await command(change, 'tokens', 'list')).toMatch(/exit 0$/)
      expect(await found(change)).toEqual([])
    },
  )

  test('a server without fsync is refused in production only, and the doctor names it; torn pages are a warning', async () => {
    const name = await create()
    await sql(at(name).database)
    await setServer('fsync', 'off')
    await setServer('full_page_writes', 'off')
    try {
      expect(await refusal({ ...at(name), mode: 'production' })).toMatch(
        /^cannot start: DATABASE_URL: fsync is off: .*\nexit 1$/,
      )
      expect(await command(at(name), 'tokens', 'list')).toMatch(/exit 0$/)
      expect(await found(at(name))).toMatchObject([
        { code: 'not-durable', status: 'wrong' },
        { code: 'torn-pages', status: 'warning' },
      ])
    } finally {
      await setServer('fsync', 'on')
      await setServer('full_page_writes', 'on')
    }
  })
})
