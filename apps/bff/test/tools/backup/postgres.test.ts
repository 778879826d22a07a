import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { nightly } from '@sealcard/testing'
import type { Config } from '../../../src/core/config/config.js'
import { Secret } from '../../../src/core/config/secret.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { systemPrograms } from '../../../src/tools/backup/adapters/system-programs.js'
import { systemBackupFiles } from '../../../src/tools/backup/files.js'
import { libpqEnvironment } from '../../../src/tools/backup/postgres-programs.js'
import { runCommand } from '../../../src/tools/cli/run.js'
import { testConfig } from '../../kit/config.js'
import { keyNamed } from '../../kit/doctor-fixture.js'
import { startPostgres, type TestPostgres } from '../../kit/storage/postgres.js'
import { TestApp } from '../../kit/test-app.js'

/** The server of the same version as the programs in the path, as Debian installs them. */
const server = (): string | undefined => {
  try {
    const said = execFileSync('pg_dump', ['--version'], { encoding: 'utf8' })
    const folder = `/usr/lib/postgresql/${/ (\d+)\./.exec(said)?.[1]}`
    return existsSync(path.join(folder, 'bin/initdb')) ? folder : undefined
  } catch {
    return undefined
  }
}
const installed = server()

/** The server's time. Each command runs a second later: the name of a restore point has the time in it. */
let commands = 0
const clock = {
  now: () => Date.now() + commands * 1_000,
  elapsed: () => performance.now(),
}

const run = async (config: Config, ...args: string[]) => {
  commands += 1
  const told = { out: '', err: '' }
  const context = {
    config: () => config,
    platforms: PLATFORMS,
    clock,
    stdout: { write: (text: string) => void (told.out += text) },
    stderr: { write: (text: string) => void (told.err += text) },
    backups: { files: systemBackupFiles, programs: systemPrograms },
  }
  return { code: await runCommand(context, args), ...told }
}

;(nightly && installed ? describe : describe.skip)('a backup of PostgreSQL', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-pg-backup-'))
  const backup = path.join(dir, 'a.backup')
  let postgres: TestPostgres
  let app: TestApp
  let running = false
  const config = (change: Partial<Config> = {}) =>
    testConfig('', { database: postgres.database('postgres'), ...change })
  const cards = async (): Promise<number> => {
    const storage = await createDataSource(postgres.database('postgres')).initialize()
    try {
      return await storage.manager.count(CardEntity)
    } finally {
      await storage.destroy()
    }
  }

  beforeAll(async () => {
    postgres = await startPostgres(installed)
    app = await TestApp.start({ database: postgres.database('postgres') })
    running = true
    await app.shared(await app.login('alice'))
  })
  afterAll(async () => {
    if (running) await app.stop()
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  test('is made while the service runs, and only its user may read it', async () => {
    const { code, err } = await run(config(), 'backup', '--to', backup)
    expect({ code, err: code ? err : '' }).toEqual({ code: 0, err: '' })
    expect(statSync(backup).mode & 0o777).toBe(0o600)
  })

  test('is not restored while the service runs', async () => {
    const { code, err } = await run(config(), 'restore', '--from', backup)
    expect(code).toBe(2)
    expect(err).toContain('stop every Sealcard process first')
  })

  test('replaces what came after it, and what came after it is in the restore point', async () => {
    await app.shared(await app.login('bob'))
    await app.stop()
    running = false
    expect(await cards()).toBe(2)
    const storage = await createDataSource(postgres.database('postgres')).initialize()
    // As a later version's table would be.
    await storage.query('ALTER TABLE cards ADD COLUMN later text')
    await storage.destroy()
    const { code, out, err } = await run(config(), 'restore', '--from', backup, '--json')
    expect({ code, err: code ? err : '' }).toEqual({ code: 0, err: '' })
    expect(await cards()).toBe(1)
    const { restorePoint } = JSON.parse(out) as { restorePoint: string }
    expect((await run(config(), 'restore', '--from', restorePoint)).code).toBe(0)
    expect(await cards()).toBe(2)
  })

  test('under another keyring is refused, and undone', async () => {
    const other = config({ keyring: { keys: [keyNamed('k9')] } })
    const { code, err } = await run(other, 'restore', '--from', backup)
    expect(code).toBe(2)
    expect(err).toMatch(/SEALCARD_KEYRING does not open \d+ of its values/)
    expect(await cards()).toBe(2)
  })

  test('that is none is refused before anything is touched', async () => {
    const file = path.join(dir, 'text')
    writeFileSync(file, 'no backup')
    const { code, err } = await run(config(), 'restore', '--from', file)
    expect(code).toBe(2)
    expect(err).toContain('pg_restore')
    expect(await cards()).toBe(2)
  })
})

describe('what the programs of PostgreSQL get', () => {
  const env = (url: string) => libpqEnvironment({ kind: 'postgres', url: new Secret(url) })

  test('is in their environment, decoded', () => {
    expect(env('postgres://u:p%40ss@[::1]:6000/db%20x')).toEqual({
      PGHOST: '::1',
      PGPORT: '6000',
      PGUSER: 'u',
      PGPASSWORD: 'p@ss',
      PGDATABASE: 'db x',
      PGSSLMODE: 'disable',
    })
  })

  test.each([
    ['verify-full', 'verify-full'],
    ['require', 'verify-full'],
    ['no-verify', 'require'],
    ['disable', 'disable'],
  ])('sslmode=%s means %s to them, as to the service', (given, means) => {
    expect(env(`postgres://h/d?sslmode=${given}`)['PGSSLMODE']).toBe(means)
  })
})
