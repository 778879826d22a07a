import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  openConnection,
  type SqliteConnection,
  type SqliteDataSource,
  truncateWal,
} from '../src/index.js'
import { claim, Claims, openClaims } from './support/claims.js'

/** Longer than any test may take: whatever waits for it does not come back. */
const NEVER_MS = 3_600_000

const folder = mkdtempSync(path.join(tmpdir(), 'sealcard-empty-log-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('emptying the log', () => {
  let file: string
  let files = 0
  let dataSource: SqliteDataSource
  let reader: SqliteConnection

  beforeEach(async () => {
    file = path.join(folder, `${files++}.sqlite`)
    dataSource = await openClaims(file, { busyTimeoutMs: NEVER_MS })
    await insert('one')
    reader = await openConnection('sqlite3', file, { readonly: true, busyTimeoutMs: 0 })
  })
  afterEach(async () => {
    await reader.close()
    await dataSource.destroy()
  })

  const insert = (id: string) => dataSource.getRepository(Claims).insert(claim(id))
  const logSize = () => statSync(`${file}-wal`).size

  it('leaves nothing of it', async () => {
    expect(logSize()).toBeGreaterThan(0)
    await truncateWal(dataSource)
    expect(logSize()).toBe(0)
  })

  it('keeps no write waiting while a reader holds an older state; the log then stays until the next time', async () => {
    for (let round = 0; round < 2; round++) {
      await reader.exec('BEGIN')
      await reader.query('SELECT count(*) FROM claims', [])
      await insert(`newer-${round}`)
      const emptying = truncateWal(dataSource)
      await Promise.all([emptying, insert(`behind-${round}`)])
      expect(logSize()).toBeGreaterThan(0)
      await reader.exec('COMMIT')
    }
    await truncateWal(dataSource)
    expect(logSize()).toBe(0)
  })

  it('waits for another’s lock as long as before, from then on', async () => {
    await truncateWal(dataSource)
    const [row] = await dataSource.query<{ timeout: number }[]>('PRAGMA busy_timeout')
    expect(row).toEqual({ timeout: NEVER_MS })
  })
})
