import { againOverPostgres } from '../kit/on-postgres.js'
import { listSuite } from './lists/lists.suite.js'
import { statsSuite } from './stats/stats.suite.js'

againOverPostgres({
  lists: () => describe('administrators’ lists', listSuite),
  stats: () => describe('figures by day', statsSuite),
  acts: () => void jest.requireActual('./revocations/revocations.test.js'),
  policy: () => void jest.requireActual('./card-rules/policy.test.js'),
})
