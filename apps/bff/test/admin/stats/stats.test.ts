import { statsSuite } from './stats.suite.js'

describe('figures by day', statsSuite)
