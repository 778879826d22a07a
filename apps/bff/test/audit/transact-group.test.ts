import type { AuditedTransaction, AuditLog } from '../../src/audit/audit-log.js'
import { transactGroup } from '../../src/audit/transact-group.js'
import { isStorageUnavailable } from '../../src/database/storage-error.js'

const MEMBERS = Array.from({ length: 128 }, (_, n) => n)
const failure = (code: string) => Object.assign(new Error('refused by the database'), { code })

/** An audit log whose every transaction fails so, and how often it was asked. */
const failing = (error: Error) => {
  const transact = jest.fn((_work: (transaction: AuditedTransaction) => Promise<unknown>) =>
    Promise.reject(error),
  )
  return { audit: { transact } as unknown as AuditLog, transact }
}
const work = () => Promise.resolve([])

describe('a group whose transaction fails', () => {
  test('waits once for a row that another process keeps: all members hear that the storage is not available', async () => {
    const kept = failure('55P03')
    const { audit, transact } = failing(kept)
    const outcomes = await transactGroup(audit, MEMBERS, work)
    expect(transact).toHaveBeenCalledTimes(1)
    expect(outcomes).toEqual(MEMBERS.map(() => ({ error: kept })))
    expect(isStorageUnavailable(kept)).toBe(true)
  })

  test.each([
    ['a transaction that lost against another', '40001'],
    ['a deadlock', '40P01'],
    ['a row that the database refuses', '23514'],
  ])('is halved for %s, until each member stands alone', async (_, code) => {
    const { audit, transact } = failing(failure(code))
    const outcomes = await transactGroup(audit, MEMBERS, work)
    expect(transact).toHaveBeenCalledTimes(2 * MEMBERS.length - 1)
    expect(outcomes).toHaveLength(MEMBERS.length)
  })
})
