import { AuditLog } from '../../src/audit/audit-log.js'
import type { TestApp } from './test-app.js'

/**
 * Does all of this at once, so that it shares transactions: none begins until everybody waits for one. The work must
 * write nothing before that.
 * @param door where each waits for its transaction
 * @returns the answers, and how many transactions there were
 */
export const inSharedTransactions = async <K extends string, A>(
  app: Pick<TestApp, 'nest'>,
  [door, method]: readonly [Record<K, (...asked: never[]) => Promise<unknown>>, K],
  work: readonly (() => Promise<A>)[],
): Promise<{ answers: A[]; transactions: number }> => {
  const audit = app.nest.get(AuditLog, { strict: false })
  const ask = door[method].bind(door)
  let [waiting, all, open] = [0, () => {}, () => {}]
  const everybody = new Promise<void>((resolve) => (all = resolve))
  const gate = new Promise<void>((resolve) => (open = resolve))
  const asking = jest.spyOn(door as Record<string, never>, method as never)
  asking.mockImplementation(((...asked: never[]) => {
    const answer = ask(...asked)
    if (++waiting === work.length) all()
    return answer
  }) as never)
  const turn = audit.transact(() => gate)
  const transact = jest.spyOn(audit, 'transact')
  const answers = Promise.all(work.map((each) => each()))
  await Promise.race([everybody, answers])
  open()
  await turn
  const result = { answers: await answers, transactions: transact.mock.calls.length }
  asking.mockRestore()
  transact.mockRestore()
  return result
}
