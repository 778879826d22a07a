import { halving, type Settled } from '../core/concurrency/grouped.js'
import { failsGroup } from '../database/storage-error.js'
import type { AuditedTransaction, AuditLog } from './audit-log.js'
import { AuditBrokenError } from './chain-head.js'

/**
 * One transaction for a whole group. When the database refuses what one member brings, that member fails alone. An
 * outage of the storage, a row that another process keeps, or a broken audit chain fails all at once.
 * @param work settles every member, in their order
 * @param retry as of `AuditLog.transact`
 */
export const transactGroup = <T, R>(
  audit: AuditLog,
  group: readonly T[],
  work: (transaction: AuditedTransaction, part: readonly T[]) => Promise<readonly Settled<R>[]>,
  retry?: (error: unknown) => boolean,
): Promise<readonly Settled<R>[]> =>
  halving(
    group,
    (part) => audit.transact((transaction) => work(transaction, part), retry),
    (error) => error instanceof AuditBrokenError || failsGroup(error),
  )
