import type { Batches } from './batches.js'

/** A database that is being seeded. */
export interface Target {
  readonly sink: Batches
  /** Indexes that are not a primary key's: dropped before and made again after, which is far quicker. */
  readonly indexes: readonly { readonly name: string; readonly sql: string }[]
  exec(sql: string): Promise<unknown>
  begin(): Promise<unknown>
  commit(): Promise<unknown>
  /** As durable as the service needs it, and closed. */
  finish(): Promise<void>
}
