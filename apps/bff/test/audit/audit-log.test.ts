import { ManualTimers, ManualClock } from '@sealcard/testing'
import type { DataSource } from 'typeorm'
import { AuditLog } from '../../src/audit/audit-log.js'
import type { ChainWriter } from '../../src/audit/chain-writer.js'
import { Metrics } from '../../src/observability/metrics.js'
import { PlatformHealth } from '../../src/platforms/calls/platform-health.js'

it('C3 no caller waits without end for a database that does not answer', async () => {
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

it('measures how long transactions wait for their turn, and how long their commits take', async () => {
  const clock = new ManualClock()
  const storage = {
    transaction: async (work: (manager: object) => Promise<unknown>) => {
      const result = await work({})
      clock.advance(20)
      return result
    },
  } as unknown as DataSource
  const chain = { append: async () => () => {} } as unknown as ChainWriter
  const metrics = new Metrics(new PlatformHealth(clock, []))
  const audit = new AuditLog(storage, chain, clock, new ManualTimers(), metrics)
  const work = async () => clock.advance(300)
  await Promise.all([audit.transact(work), audit.transact(work)])
  // The clock is set back while the second waits: no wait is below zero.
  const setBack = async () => clock.advance(-5_000)
  await Promise.all([audit.transact(setBack), audit.transact(async () => {})])
  const text = await metrics.text()
  for (const line of [
    'sealcard_audit_turn_wait_seconds_sum 0.32',
    'sealcard_audit_turn_wait_seconds_count 4',
    'sealcard_audit_turn_wait_seconds_bucket{le="0.001"} 3',
    'sealcard_audit_commit_seconds_sum 0.08',
    'sealcard_audit_commit_seconds_bucket{le="0.01"} 0',
    'sealcard_audit_commit_seconds_bucket{le="0.025"} 4',
  ])
    expect(text).toContain(line)
})
