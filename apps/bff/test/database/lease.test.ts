import { createDataSource } from '../../src/schema/data-source.js'
import { testConfig } from '../kit/config.js'
import { leaseSuite } from '../kit/storage/lease-suite.js'

leaseSuite('a lease on SQLite', () =>
  createDataSource(testConfig(':memory:').database).initialize(),
)
