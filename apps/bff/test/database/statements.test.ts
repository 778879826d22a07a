import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createDataSource } from '../../src/schema/data-source.js'
import { ClaimEntity } from '../kit/storage/claim.entity.js'
import { Claims1700000000000 } from '../kit/storage/claims-migration.js'
import { hasPostgres, startPostgres, type TestPostgres } from '../kit/storage/postgres.js'
import { statementsSuite } from '../kit/storage/statements-suite.js'

const claimsOnly = { entities: [ClaimEntity], migrations: [Claims1700000000000] }
const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-statements-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

statementsSuite('statements over many rows, on SQLite', () =>
  createDataSource(
    { kind: 'sqlite', file: path.join(dir, 'test.sqlite'), engine: 'sqlite3' },
    claimsOnly,
  ).initialize(),
)
;(hasPostgres() ? describe : describe.skip)('over PostgreSQL', () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres?.stop())

  statementsSuite('statements over many rows', () =>
    createDataSource(postgres.database('postgres'), claimsOnly).initialize(),
  )
})
