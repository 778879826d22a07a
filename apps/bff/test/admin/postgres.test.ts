import { againOverPostgres } from '../kit/on-postgres.js'
import { listSuite } from './lists/lists.suite.js'
import { statsSuite } from './stats/stats.suite.js'

againOverPostgres({
  lists: () => describe('administrators’ lists', listSuite),
  stats: () => describe('figures by day', statsSuite),
  acts: () => void jest.requireActual('./revocations/revocations.test.js'),
  block: () => void jest.requireActual('./people/block.test.js'),
  people: () => void jest.requireActual('./people/viewers.test.js'),
  offboarding: () => void jest.requireActual('./people/offboarding.test.js'),
  watermarks: () => void jest.requireActual('./people/watermarks.test.js'),
  rosters: () => void jest.requireActual('./lists/roster.test.js'),
  filters: () => void jest.requireActual('./lists/known-filters.test.js'),
  search: () => void jest.requireActual('./lists/search.test.js'),
  policy: () => void jest.requireActual('./card-rules/policy.test.js'),
})
