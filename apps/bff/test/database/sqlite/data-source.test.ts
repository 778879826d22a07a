import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createDataSource } from '../../../src/schema/data-source.js'
import { claimsFile } from '../../kit/storage/claims-file.js'
import { dataSourceSuite } from '../../kit/storage/data-source-suite.js'

const folder = mkdtempSync(path.join(tmpdir(), 'sealcard-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = path.join(folder, 'deep/er/one.sqlite')

dataSourceSuite('SQLite in a file', () =>
  claimsFile(file, { leaseTimeoutMs: 120_000 }).initialize(),
)
dataSourceSuite('SQLite in memory', () => claimsFile(':memory:').initialize())

describe('the engine that DATABASE_URL names', () => {
  const installed = (): boolean => {
    try {
      return Boolean(require.resolve('better-sqlite3'))
    } catch {
      return false
    }
  }

  it('is missed with a clear error when its package is not installed', async () => {
    if (installed()) return
    const dataSource = createDataSource({ kind: 'sqlite', file, engine: 'better-sqlite3' })
    await expect(dataSource.initialize()).rejects.toMatchObject({
      code: 'ERR_SQLITE_PACKAGE',
      message: expect.stringContaining('better-sqlite3'),
    })
  })
})
