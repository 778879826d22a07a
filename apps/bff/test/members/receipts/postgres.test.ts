import { againOverPostgres } from '../../kit/on-postgres.js'
import { receiptSuite } from './receipts.suite.js'

againOverPostgres({ receipts: receiptSuite })
