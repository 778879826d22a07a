import { createDataSource } from '../../src/schema/data-source.js'
import { schemaSuite } from '../kit/storage/schema-suite.js'

const memory = { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' } as const

schemaSuite('the schema on SQLite', () => createDataSource(memory).initialize())
