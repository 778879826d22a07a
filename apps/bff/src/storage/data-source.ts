import { DataSource } from 'typeorm'
import type { DatabaseConfig } from '../config/config.js'

/** A data source over SQLite or PostgreSQL, not yet connected: call `initialize()`, then `migrate`. */
export const createDataSource = (_database: DatabaseConfig): DataSource => {
  throw new Error('being written')
}
