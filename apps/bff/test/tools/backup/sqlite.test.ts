import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { MigrationInterface } from 'typeorm'
import { verifyAudit } from '../../../src/audit/verify-audit.js'
import type { Config } from '../../../src/core/config/config.js'
import { Vault } from '../../../src/core/crypto/vault.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { migrate } from '../../../src/schema/migrate.js'
import { migrations } from '../../../src/schema/migrations/index.js'
import { openStorage } from '../../../src/schema/open-storage.js'
import { type BackupFiles, systemBackupFiles } from '../../../src/tools/backup/files.js'
import { runCommand } from '../../../src/tools/cli/run.js'
import { testConfig } from '../../kit/config.js'
import { keyNamed } from '../../kit/doctor-fixture.js'
import { TestApp } from '../../kit/test-app.js'

const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-backup-'))
const good = path.join(dir, 'good.backup')
let app: TestApp
let cards = 0
let count = 0

const configOf = (file: string, change: Partial<Config> = {}) => testConfig(file, change)
/** A new name in the folder. */
const fresh = (ending = 'sqlite') => path.join(dir, `${(count += 1)}.${ending}`)

const run = async (config: Config, args: string[], files: BackupFiles = systemBackupFiles) => {
  const told = { out: '', err: '' }
  const programs = { run: () => Promise.reject(new Error('no program was asked for')) }
  const context = {
    config: () => config,
    platforms: PLATFORMS,
    clock: app.clock,
    stdout: { write: (text: string) => void (told.out += text) },
    stderr: { write: (text: string) => void (told.err += text) },
    backups: { files, programs },
  }
  return { code: await runCommand(context, args), ...told }
}

const here = () => configOf(String(app.storage.options.database))
const cardsIn = async (file: string): Promise<number> => {
  const storage = await openStorage(configOf(file))
  try {
    return await storage.manager.count(CardEntity)
  } finally {
    await storage.destroy()
  }
}
/** A database that was used before, so that a restore has something to keep. */
const used = async (): Promise<string> => {
  const file = fresh()
  expect((await run(configOf(file), ['restore', '--from', good])).code).toBe(0)
  return file
}

beforeAll(async () => {
  app = await TestApp.start()
  const alice = await app.login('alice')
  const { shareId } = await app.shared(alice)
  await app.open(await app.login('bob'), shareId, { encryptedData: '', iv: '' })
  cards = await app.storage.manager.count(CardEntity)
  expect((await run(here(), ['backup', '--to', good])).code).toBe(0)
})
afterAll(async () => {
  await app.stop()
  rmSync(dir, { recursive: true, force: true })
})

test('a backup under load holds every card that was acknowledged before it, and its audit is intact', async () => {
  const alice = await app.login('alice')
  let acknowledged = cards
  let going = true
  const writer = (async () => {
    for (let i = 0; going; i++) {
      await app.shared(alice)
      acknowledged += 1
    }
  })()
  const before = acknowledged
  const to = fresh('backup')
  expect((await run(here(), ['backup', '--to', to])).code).toBe(0)
  going = false
  await writer
  cards = acknowledged
  const file = fresh()
  const restored = await run(configOf(file), ['restore', '--from', to, '--json'])
  expect(restored.code).toBe(0)
  expect(JSON.parse(restored.out)).toMatchObject({ check: false, restorePoint: null })
  const held = await cardsIn(file)
  expect(held).toBeGreaterThanOrEqual(before)
  expect(held).toBeLessThanOrEqual(acknowledged)
})

test('only its user may read a backup, and a name that is taken is refused', async () => {
  expect(statSync(good).mode & 0o777).toBe(0o600)
  const again = await run(here(), ['backup', '--to', good])
  expect(again.code).toBe(2)
  expect(again.err).toContain('there already')
  expect(readdirSync(dir).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('a restore keeps the database before it, and both audits verify', async () => {
  const file = await used()
  const { code, out, err } = await run(configOf(file), ['restore', '--from', good, '--json'])
  expect({ code, refused: code ? err : '' }).toEqual({ code: 0, refused: '' })
  const { restorePoint } = JSON.parse(out) as { restorePoint: string }
  for (const one of [file, restorePoint]) {
    const storage = await openStorage(configOf(one))
    const { faults } = await verifyAudit(storage, new Vault(here().keyring))
    await storage.destroy()
    expect(faults).toEqual([])
  }
})

test('--check changes nothing', async () => {
  const file = await used()
  const before = readFileSync(file)
  expect((await run(configOf(file), ['restore', '--from', good, '--check'])).out).toMatch(/^good: /)
  expect(readFileSync(file).equals(before)).toBe(true)
})

describe('refuses, and leaves the database as it is', () => {
  const spoiled = (): string => {
    const file = fresh('backup')
    const bytes = readFileSync(good)
    bytes.fill(0x5a, 4096 * 3, 4096 * 4)
    writeFileSync(file, bytes)
    return file
  }
  const text = (): string => {
    const file = fresh('backup')
    writeFileSync(file, 'no database at all')
    return file
  }
  const foreign = async (): Promise<string> => {
    const file = fresh('backup')
    const plain = { entities: [], migrations: [] }
    const storage = createDataSource({ kind: 'sqlite', file, engine: 'sqlite3' }, plain)
    await storage.initialize()
    await storage.query('CREATE TABLE notes (text text)')
    await storage.destroy()
    return file
  }
  const forged = async (): Promise<string> => {
    const file = await used()
    const storage = await openStorage(configOf(file))
    await storage.query("UPDATE audit_entries SET reason = 'forged' WHERE seq = 1")
    await storage.destroy()
    return file
  }

  test.each([
    ['a file that is not SQLite', text, 'it is not a SQLite file'],
    ["another program's database", foreign, 'it is no database of Sealcard'],
    ['a damaged backup', spoiled, ''],
    ['a backup whose audit was changed', forged, 'its audit is broken'],
    ['a backup that is not there', () => path.join(dir, 'none'), 'there is no such file'],
  ])('%s', async (_, make, what) => {
    const [from, file] = [await make(), await used()]
    const before = readFileSync(file)
    const { code, out, err } = await run(configOf(file), ['restore', '--from', from])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(what)
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(dir).filter((name) => name.includes('.restoring'))).toEqual([])
  })

  test('a backup under another keyring', async () => {
    const file = await used()
    const before = readFileSync(file)
    const keyring: Config['keyring'] = { keys: [keyNamed('k9')] }
    const { code, err } = await run(configOf(file, { keyring }), ['restore', '--from', good])
    expect(code).toBe(2)
    expect(err).toMatch(/SEALCARD_KEYRING does not open \d+ of its values/)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('a database that another process uses', async () => {
    const { code, err } = await run(here(), ['restore', '--from', good])
    expect(code).toBe(2)
    expect(err).toContain('another process uses it; stop every Sealcard process first')
    expect(await app.storage.manager.count(CardEntity)).toBe(cards)
  })
})

test('a machine that stops after any step leaves the old database or the new one under its name', async () => {
  const whole = await used()
  const names = ['create', 'copy', 'link', 'rename', 'remove', 'sync'] as const
  const until = (last: number): BackupFiles => {
    let done = 0
    const stops = Object.fromEntries(
      names.map((name) => [
        name,
        async (...args: string[]) => {
          if ((done += 1) > last) throw new Error('the machine stops')
          const step: (...names: string[]) => Promise<void> = systemBackupFiles[name]
          await step(...args)
        },
      ]),
    )
    return { ...systemBackupFiles, ...stops }
  }
  const outcomes: number[] = []
  for (let last = 0; outcomes.at(-1) !== 0 && last < 30; last++) {
    outcomes.push((await run(configOf(whole), ['restore', '--from', good], until(last))).code)
    expect(await cardsIn(whole)).toBeGreaterThan(0)
    expect((await run(configOf(whole), ['audit', 'verify'])).code).toBe(0)
  }
  expect(outcomes.length).toBeGreaterThan(8)
})

test.each([1, 5, 12, 20, 26])(
  'a backup of the schema after %i migrations is brought to this version',
  async (done) => {
    const from = fresh('backup')
    const older: (new () => MigrationInterface)[] = migrations.slice(0, done)
    const plain = { entities: [], migrations: older }
    const storage = createDataSource({ kind: 'sqlite', file: from, engine: 'sqlite3' }, plain)
    await storage.initialize()
    await migrate(storage)
    await storage.destroy()
    const { code, out } = await run(configOf(fresh()), ['restore', '--from', from, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ migrated: migrations.length - done })
  },
)
