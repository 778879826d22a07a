import { receiptSuite } from './receipts.suite.js'

describe('receipts', receiptSuite)
