import { ManualTimers } from '@sealcard/testing'
import {
  DeadlineError,
  settledAtShutdown,
  withDeadline,
} from '../../../src/core/concurrency/deadline.js'

const never = new Promise<never>(() => {})

test('work that ends in time has its result, and leaves no timer behind', async () => {
  const timers = new ManualTimers()
  await expect(withDeadline(timers, 10, Promise.resolve('done'))).resolves.toBe('done')
  await expect(withDeadline(timers, 10, Promise.reject(new Error('mine')))).rejects.toThrow('mine')
  expect(timers.pending.size).toBe(0)
})

test('work that takes longer is not waited for', async () => {
  const timers = new ManualTimers()
  const late = withDeadline(timers, 10, never)
  timers.pass()
  await expect(late).rejects.toBeInstanceOf(DeadlineError)
})

test('a process that stops waits for what it began, until the deadline, and hears no error', async () => {
  const timers = new ManualTimers()
  await settledAtShutdown(timers, Promise.reject(new Error('failed')))
  const waiting = settledAtShutdown(timers, never)
  timers.pass()
  await waiting
  expect(timers.pending.size).toBe(0)
})
