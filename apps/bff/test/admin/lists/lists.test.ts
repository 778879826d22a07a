import { listSuite } from './lists.suite.js'

describe('administrators’ lists', listSuite)
