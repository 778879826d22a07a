import { againOverPostgres } from '../support/on-postgres.js'
import { listSuite } from './lists.suite.js'
import { statsSuite } from './stats.suite.js'

againOverPostgres({
  lists: () => describe('administrators’ lists', listSuite),
  stats: () => describe('figures by day', statsSuite),
  acts: () => void jest.requireActual('./acts.test.js'),
  policy: () => void jest.requireActual('./policy.test.js'),
})
