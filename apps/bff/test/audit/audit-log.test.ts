import { ManualTimers, ManualClock } from '@sealcard/testing'
import type { DataSource } from 'typeorm'
import { AuditLog } from '../../src/audit/audit-log.js'
import type { ChainWriter } from '../../src/audit/chain-writer.js'

it('C3 nobody waits without end behind a database that does not answer', async () => {
  const timers = new ManualTimers()
  let answer = () => {}
  const storage = {
    transaction: () => new Promise<void>((resolve) => (answer = resolve)),
  } as unknown as DataSource
  const chain = {} as ChainWriter
  const audit = new AuditLog(storage, chain, new ManualClock(), timers)

  const first = audit.transact(async () => {})
  const work = jest.fn(async () => {})
  const second = expect(audit.transact(work)).rejects.toMatchObject({ code: 'ERR_WRITE_LEASE' })
  timers.pass()
  await second
  answer()
  await first
  expect(work).not.toHaveBeenCalled()
})
