import { ManualClock } from '@sealcard/testing'
import { LoginJournal } from '../../src/accounts/login-journal.js'
import type { AuditLog } from '../../src/audit/audit-log.js'
import { MINUTE } from '../../src/core/time.js'
import type { JobLog } from '../../src/observability/job-log.js'

const one = { accountId: 'a', address: '192.0.2.1', why: 'credentials' } as const

describe('F5 the journal of refused logins', () => {
  let clock: ManualClock
  let told: string[]
  /** What an entry waits for, and whether it fails. */
  let audit: () => Promise<void>
  let journal: LoginJournal
  let failed: number

  beforeEach(() => {
    clock = new ManualClock()
    told = []
    failed = 0
    audit = async () => {}
    const append = async ({ subject, reason }: { subject: string; reason: string }) => {
      await audit()
      told.push(subject === 'many' ? reason : subject)
    }
    journal = new LoginJournal(
      { append } as unknown as AuditLog,
      { jobFailed: () => (failed += 1) } as unknown as JobLog,
      clock,
    )
  })

  const refuse = async (times: number) => {
    for (let i = 0; i < times; i++) await journal.refused(one)
  }
  const broken = () => Promise.reject(new Error('no storage'))

  it('F5 records ten in a minute, and the number of the others', async () => {
    await refuse(15)
    await journal.flush()
    expect(told).toEqual([...Array<string>(10).fill('a'), 'further=5'])
  })

  it('F5 loses no count when the audit fails, and records it later with the new ones', async () => {
    await refuse(15)
    audit = broken
    await expect(journal.flush()).rejects.toThrow('no storage')
    await journal.beforeApplicationShutdown()
    expect(failed).toBe(1)
    await refuse(2)
    audit = async () => {}
    await journal.flush()
    expect(told.slice(10)).toEqual(['further=7'])
    await journal.flush()
    expect(told).toHaveLength(11)
  })

  it('F5 counts one that the audit did not take, and reports the failure to its caller', async () => {
    audit = broken
    await expect(journal.refused(one)).rejects.toThrow('no storage')
    audit = async () => {}
    await journal.flush()
    expect(told).toEqual(['further=1'])
  })

  it('F5 counts one whose window begins with a number that the audit did not take', async () => {
    await refuse(12)
    clock.advance(MINUTE)
    audit = broken
    await expect(journal.refused(one)).rejects.toThrow('no storage')
    audit = async () => {}
    await journal.flush()
    expect(told.slice(10)).toEqual(['further=3'])
  })

  it('F5 records a number once when two callers report at once, and the later ones afterwards', async () => {
    await refuse(13)
    let go: () => void = () => {}
    audit = () => new Promise((resolve) => (go = resolve))
    const first = journal.flush()
    const second = journal.flush()
    await refuse(1)
    const end = journal.beforeApplicationShutdown()
    audit = async () => {}
    go()
    await Promise.all([first, second, end])
    expect(told.slice(10)).toEqual(['further=3', 'further=1'])
  })
})
