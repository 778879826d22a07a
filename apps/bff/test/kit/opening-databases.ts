import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DataSource } from 'typeorm'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { verifyAudit } from '../../src/audit/verify-audit.js'
import { OpeningEntity } from '../../src/members/openings/opening.entity.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { OpeningWorld } from './opening-world.js'
import { copyMigratedFile } from './storage/migrated-file.js'
import { MIGRATED, startMigratedPostgres } from './storage/migrated-postgres.js'
import { hasPostgres, PATIENT, type TestPostgres } from './storage/postgres.js'

/** Migrated SQLite files, each a copy of one: a copy is made faster than a file is migrated. */
export class MigratedFiles {
  readonly #dir = mkdtempSync(path.join(tmpdir(), 'sealcard-openings-'))
  #count = 0

  async prepare(): Promise<void> {
    await copyMigratedFile(path.join(this.#dir, 'migrated'))
    const storage = await this.#open('migrated')
    await migrate(storage)
    await storage.destroy()
  }

  /** A new one; with `like`, that one once more, as another process opens it. */
  async open(like?: DataSource): Promise<DataSource> {
    if (like) return this.#open(path.basename(String(like.options.database)))
    const name = `copy-${(this.#count += 1)}`
    copyFileSync(path.join(this.#dir, 'migrated'), path.join(this.#dir, name))
    return this.#open(name)
  }

  remove(): void {
    rmSync(this.#dir, { recursive: true, force: true })
  }

  #open(name: string): Promise<DataSource> {
    const file = path.join(this.#dir, name)
    return createDataSource({ kind: 'sqlite', file, engine: 'sqlite3' }).initialize()
  }
}

/** @param like one that is open: the same database, as another process opens it; else an empty, migrated one */
type Open = (like?: DataSource) => Promise<DataSource>

/** A new database for each test of the describe block that calls it. */
export class EachTest {
  #storage: DataSource | undefined

  constructor(private readonly open: Open) {
    beforeEach(async () => {
      this.#storage = await open()
    })
    afterEach(() => this.#storage?.destroy())
  }

  get storage(): DataSource {
    if (!this.#storage) throw new TypeError('no test is running')
    return this.#storage
  }

  /** With an owner, their card `card`, and people. */
  async begin(limits = {}, people: readonly string[] = ['ann', 'bob']): Promise<OpeningWorld> {
    const world = new OpeningWorld(this.storage, limits)
    await world.person('owner')
    for (const name of people) await world.person(name)
    await world.card('card')
    return world
  }

  /** As another process: with its own connections and audit chain. */
  async beside({ config: { limits } }: OpeningWorld) {
    const other = await this.open(this.storage)
    return { world: new OpeningWorld(other, limits, 'beside'), stop: () => other.destroy() }
  }

  count(outcome: OpeningEntity['outcome']): Promise<number> {
    return this.storage.manager.countBy(OpeningEntity, { outcome })
  }

  told(where: Partial<AuditEntryEntity>): Promise<number> {
    return this.storage.manager.countBy(AuditEntryEntity, where)
  }

  async expectIntact({ vault }: OpeningWorld): Promise<void> {
    expect((await verifyAudit(this.storage, vault)).faults).toEqual([])
  }
}

/** The suite on SQLite, and on PostgreSQL at two levels of isolation. */
export const onEachDatabase = (title: string, suite: (each: EachTest) => void): void => {
  describe(`${title}, on SQLite`, () => {
    const files = new MigratedFiles()
    beforeAll(() => files.prepare())
    afterAll(() => files.remove())
    suite(new EachTest((like) => files.open(like)))
  })
  ;(hasPostgres() ? describe : describe.skip)(`${title}, on PostgreSQL`, () => {
    let postgres: TestPostgres
    let server: DataSource
    let made = 0
    beforeAll(async () => {
      postgres = await startMigratedPostgres()
      server = await createDataSource(postgres.database('postgres')).initialize()
    })
    afterAll(async () => {
      await server.destroy()
      await postgres.stop()
    })
    const openAt = (level: string) => async (like?: DataSource) => {
      const name = like ? String(like.driver.database) : `copy_${(made += 1)}`
      if (!like) {
        await server.query(`CREATE DATABASE ${name} TEMPLATE ${MIGRATED}`)
        await server.query(`ALTER DATABASE ${name} SET default_transaction_isolation = '${level}'`)
      }
      return createDataSource(postgres.database(`${name}${PATIENT}`)).initialize()
    }
    for (const level of ['read committed', 'serializable'])
      describe(level, () => suite(new EachTest(openAt(level))))
  })
}

export const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n))

/** How often each word is there. */
export const counted = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
