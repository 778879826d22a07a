import { SqliteDriverError } from '@sealcard/typeorm-sqlite3'
import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm'
import {
  isStorageUnavailable,
  isUniqueViolation,
  WriteLeaseError,
} from '../../src/database/storage-error.js'

const failed = (code: string, message = ''): QueryFailedError =>
  new QueryFailedError('INSERT', [], Object.assign(new Error(message), { code }))

describe('isUniqueViolation', () => {
  it.each([
    ['SQLITE_CONSTRAINT', 'SQLITE_CONSTRAINT: UNIQUE constraint failed: claims.id'],
    ['SQLITE_CONSTRAINT_UNIQUE', ''],
    ['SQLITE_CONSTRAINT_PRIMARYKEY', ''],
    ['23505', ''],
  ])('knows %s', (code, message) => {
    expect(isUniqueViolation(failed(code, message))).toBe(true)
    expect(isStorageUnavailable(failed(code, message))).toBe(false)
  })

  it.each([
    ['SQLITE_CONSTRAINT', 'SQLITE_CONSTRAINT: NOT NULL constraint failed: claims.state'],
    ['SQLITE_CONSTRAINT_CHECK', ''],
    ['23502', ''],
    ['SQLITE_BUSY', ''],
  ])('is not %s %s', (code, message) => {
    expect(isUniqueViolation(failed(code, message))).toBe(false)
  })
})

describe('isStorageUnavailable', () => {
  it.each([
    'SQLITE_BUSY',
    'SQLITE_BUSY_SNAPSHOT',
    'SQLITE_FULL',
    'SQLITE_READONLY',
    'SQLITE_IOERR_FSYNC',
    'SQLITE_CANTOPEN',
    'SQLITE_CORRUPT',
    '08006',
    '57P01',
    '53300',
    '40001',
    '25006',
    '25P03',
    '55P03',
    'ECONNREFUSED',
    'ECONNRESET',
  ])('knows %s', (code) => {
    expect(isStorageUnavailable(failed(code))).toBe(true)
    expect(isStorageUnavailable(Object.assign(new Error('x'), { code }))).toBe(true)
  })

  it('knows what has no code, what is wrapped and what came together', () => {
    expect(isStorageUnavailable(new WriteLeaseError(1))).toBe(true)
    expect(isStorageUnavailable(new SqliteDriverError('ERR_SQLITE_CLOSED', 'x'))).toBe(true)
    expect(isStorageUnavailable(new Error('Connection terminated unexpectedly'))).toBe(true)
    expect(isStorageUnavailable(new QueryRunnerAlreadyReleasedError())).toBe(true)
    expect(isStorageUnavailable(new QueryRunnerProviderAlreadyReleasedError())).toBe(true)
    expect(isStorageUnavailable(new Error('x', { cause: failed('SQLITE_FULL') }))).toBe(true)
    expect(isStorageUnavailable(new AggregateError([failed('ECONNREFUSED')]))).toBe(true)
  })

  it.each([[new Error('x')], [failed('SQLITE_ERROR')], [failed('42601')], [undefined], ['text']])(
    'is not %s',
    (error) => {
      expect(isStorageUnavailable(error)).toBe(false)
    },
  )
})
