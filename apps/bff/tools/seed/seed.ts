import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { DatabaseConfig, SqliteConfig } from '../../src/core/config/config.js'
import type { Vault } from '../../src/core/crypto/vault.js'
import { KeyedHash } from '../../src/database/keyed-hash/keyed-hash.service.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { Chains } from './chains.js'
import { SeededStream } from './seeded-stream.js'
import { History } from './history.js'
import { Pairs } from './pairs.js'
import { People } from './people.js'
import { openPostgresTarget } from './postgres-target.js'
import { Progress } from './progress.js'
import type { Shape } from './shape.js'
import { searchHash } from '../../src/members/search/search-index.js'
import { openSqliteTarget } from './sqlite-target.js'
import { TABLES } from './tables.js'
import type { Target } from './target.js'

export interface SeedOptions {
  readonly vault: Vault
  /** Where progress is told. */
  readonly tell: (text: string) => void
  /** For progress only, ms. */
  readonly now: () => number
  /** SQLite's page cache; the seeding is quick while the primary keys fit into it. */
  readonly cacheMiB?: number
}

/** Makes the schema and fills it. @returns how many audit entries were written @throws Error unless the database is empty */
export const seed = async (
  database: DatabaseConfig,
  shape: Shape,
  options: SeedOptions,
): Promise<number> => {
  const { vault, tell, now, cacheMiB = 256 } = options
  const random = new SeededStream(shape.seed)
  const working = await prepare(database)
  const storage = await createDataSource(working).initialize()
  const people = new People(shape, random)
  try {
    await migrate(storage)
    const [row] = await storage.query('SELECT COUNT(*) AS n FROM cards')
    if (Number(row.n) > 0) throw new Error('the database holds cards; seed an empty one')
    const keyedHash = new KeyedHash(storage, vault, { now: () => shape.now }, random)
    // Read once: from here on the file is the seeding connection's alone.
    await keyedHash.hash('viewer', 'seed')
    const pairs = await Pairs.of(shape.apps, searchHash(keyedHash))
    await storage.destroy()
    const target = await open(database, cacheMiB)
    await target.begin()
    for (const { name } of target.indexes) await target.exec(`DROP INDEX ${name}`)
    await people.write(target.sink, vault, keyedHash)
    const chains = new Chains(target.sink, vault, random)
    const cards = new Progress('cards', shape.cards, tell, now)
    await new History(shape, {
      sink: target.sink,
      vault,
      chains,
      people,
      pairs,
      random,
    }).write((done) => cards.at(done))
    // The job that makes pairs of older rows has nothing to do.
    for (const what of ['title', 'name'])
      target.sink.add(TABLES.searchProgress, [what, '', shape.now])
    await target.sink.end()
    await target.commit()
    await remake(target, tell, now)
    await target.finish()
    return chains.entries
  } finally {
    if (storage.isInitialized) await storage.destroy()
  }
}

const remake = async (
  target: Target,
  tell: SeedOptions['tell'],
  now: () => number,
): Promise<void> => {
  const progress = new Progress('indexes', target.indexes.length, tell, now)
  for (const [i, { sql }] of target.indexes.entries()) {
    await target.exec(sql)
    progress.at(i + 1)
  }
}

/** A SQLite file gets its name when it is whole. */
const prepare = async (database: DatabaseConfig): Promise<DatabaseConfig> => {
  if (database.kind === 'postgres') return database
  if (existsSync(database.file)) throw new Error(`${database.file} is there already`)
  const working = seeding(database)
  for (const end of ['', '-wal', '-shm']) await rm(`${working.file}${end}`, { force: true })
  return working
}

const seeding = (database: SqliteConfig): SqliteConfig => ({
  ...database,
  file: `${database.file}.seeding`,
})

const open = (database: DatabaseConfig, cacheMiB: number): Promise<Target> =>
  database.kind === 'sqlite'
    ? openSqliteTarget(seeding(database).file, database.file, cacheMiB)
    : openPostgresTarget(database)
