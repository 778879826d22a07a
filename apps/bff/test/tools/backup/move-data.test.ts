import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DataSource } from 'typeorm'
import type { PostgresConfig } from '../../../src/core/config/config.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { openStorage } from '../../../src/schema/open-storage.js'
import { moveData } from '../../../src/tools/backup/move-data.js'
import { runCommand } from '../../../src/tools/cli/run.js'
import { testConfig } from '../../kit/config.js'
import { MIGRATED, startMigratedPostgres } from '../../kit/storage/migrated-postgres.js'
import { hasPostgres, type TestPostgres } from '../../kit/storage/postgres.js'
import { TestApp } from '../../kit/test-app.js'

;(hasPostgres() ? describe : describe.skip)('sealcard migrate-data', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-move-'))
  const original = path.join(dir, 'original.sqlite')
  let app: TestApp
  let postgres: TestPostgres
  let server: DataSource
  let count = 0

  const fresh = async (): Promise<PostgresConfig> => {
    const name = `target_${(count += 1)}`
    await server.query(`CREATE DATABASE ${name} TEMPLATE ${MIGRATED}`)
    return postgres.database(name)
  }
  const copy = (): string => {
    const file = path.join(dir, `${(count += 1)}.sqlite`)
    copyFileSync(original, file)
    return file
  }
  const run = async (file: string, target: PostgresConfig | string, ...args: string[]) => {
    const told = { out: '', err: '' }
    const url = typeof target === 'string' ? target : target.url.reveal()
    const context = {
      config: () => testConfig(file),
      platforms: PLATFORMS,
      clock: app.clock,
      stdout: { write: (text: string) => void (told.out += text) },
      stderr: { write: (text: string) => void (told.err += text) },
      readFile: () => Buffer.from(`${url}\n`),
    }
    const code = await runCommand(context, ['migrate-data', '--to-file', 'url', ...args])
    return { code, ...told }
  }
  const open = (database: PostgresConfig) => createDataSource(database).initialize()

  beforeAll(async () => {
    app = await TestApp.start()
    const alice = await app.login('alice')
    const { shareId } = await app.shared(alice)
    await app.open(await app.login('bob'), shareId, { encryptedData: '', iv: '' })
    for (let i = 0; i < 3; i++) await app.shared(alice)
    const file = String(app.storage.options.database)
    await app.nest.close()
    copyFileSync(file, original)
    postgres = await startMigratedPostgres()
    server = await open(postgres.database('postgres'))
  })
  afterAll(async () => {
    await server.destroy()
    await postgres.stop()
    for (const folder of [app.dir, dir]) rmSync(folder, { recursive: true, force: true })
  })

  test('moves every row, and the service goes on over PostgreSQL', async () => {
    const target = await fresh()
    const { code, out, err } = await run(copy(), target, '--json')
    expect({ code, err: code ? err : '' }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({ resumed: 0 })
    expect(err).toContain('cards: 4 rows, done')
    const moved = await TestApp.start({ database: target }, { clock: app.clock })
    const alice = await moved.login('alice')
    const list = await moved.call('GET', '/v1/cards', { token: alice })
    expect(list.body.items).toHaveLength(4)
    await moved.stop()
  })

  test('goes on behind the last whole batch after a crash', async () => {
    const [file, database] = [copy(), await fresh()]
    const source = await openStorage(testConfig(file))
    const target = await open(database)
    const stop = (line: string) => {
      if (line.startsWith('cards: ')) throw new Error('the machine stops')
    }
    await expect(moveData(source, target, { tell: stop, startOver: false })).rejects.toThrow(
      'the machine stops',
    )
    await Promise.all([source.destroy(), target.destroy()])
    const { code, out } = await run(file, database, '--json')
    expect(code).toBe(0)
    expect((JSON.parse(out) as { resumed: number }).resumed).toBeGreaterThanOrEqual(4)
  })

  test('notices that the source was used between two runs, and --start-over mends it', async () => {
    const [file, database] = [copy(), await fresh()]
    const source = await openStorage(testConfig(file))
    const target = await open(database)
    const stop = (line: string) => {
      if (line.startsWith('cards: ')) throw new Error('the machine stops')
    }
    await expect(moveData(source, target, { tell: stop, startOver: false })).rejects.toThrow()
    await source.query('UPDATE cards SET created_at = created_at + 1')
    await Promise.all([source.destroy(), target.destroy()])
    const again = await run(file, database)
    expect(again.code).toBe(2)
    expect(again.err).toContain('run again with --start-over')
    expect((await run(file, database, '--start-over')).code).toBe(0)
  })

  test('refuses a target that was used', async () => {
    const [file, target] = [copy(), await fresh()]
    expect((await run(file, target)).code).toBe(0)
    const { code, err } = await run(file, target)
    expect(code).toBe(2)
    expect(err).toMatch(/the target has rows in \w+ already: it must be empty/)
    const storage = await open(target)
    expect(await storage.manager.count(CardEntity)).toBe(4)
    await storage.destroy()
  })

  test('refuses while a process uses the SQLite database', async () => {
    const file = copy()
    const storage = await openStorage(testConfig(file))
    const { code, err } = await run(file, await fresh())
    await storage.destroy()
    expect(code).toBe(2)
    expect(err).toContain('stop every Sealcard process first')
  })

  test.each([
    ['sqlite:./x', 'its URL must be postgres://'],
    ['mysql://x', 'its URL must start with sqlite: or postgres://'],
  ])('refuses %s as the target', async (url, what) => {
    const { code, err } = await run(copy(), url)
    expect(code).toBe(2)
    expect(err).toContain(what)
  })
})
