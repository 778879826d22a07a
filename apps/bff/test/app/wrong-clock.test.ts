import { ManualClock } from '@sealcard/testing'
import { AuditLog } from '../../src/audit/audit-log.js'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { Jobs } from '../../src/core/jobs/jobs.js'
import { CardEntity } from '../../src/members/cards/card.entity.js'
import { expectProblem } from '../kit/expect-problem.js'
import { ROOMY, WECHAT, WECOM } from '../kit/config.js'
import { key, wecomProof } from '../kit/proofs.js'
import { TestApp } from '../kit/test-app.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MINUTE = 60_000

let app: TestApp
let host: ManualClock

beforeEach(async () => {
  host = new ManualClock()
  app = await TestApp.start({}, { host })
})
afterEach(() => app.stop())

const ready = async () => (await app.call('GET', '/readyz')).status
const erased = async () =>
  (await app.storage.manager.find(CardEntity)).map(({ sealedBody }) => sealedBody === null)

/** Alice's card, Bob's session, and a proof of his that is good. */
const prepared = async (hours: number) => {
  const [alice, bob] = [await app.login('alice', WECOM), await app.login('bob', WECOM)]
  const expiresAt = new Date(host.now() + hours * HOUR).toISOString()
  const { shareId, declared } = await app.shared(alice, { policy: { expiresAt } })
  const open = () =>
    app.open(bob, shareId, wecomProof(key('bob'), declared, 'bob', `${Math.random()}`))
  return { alice, bob, open }
}

test('a clock that jumps back opens no card that is over, and nothing else is answered either', async () => {
  const { alice, open } = await prepared(1)
  host.advance(2 * HOUR)
  expectProblem(await open(), 'ERR_CARD_EXPIRED')
  host.jump(-2 * HOUR)
  expectProblem(await open(), 'ERR_STORAGE_UNAVAILABLE')
  expectProblem(await app.call('GET', '/v1/cards', { token: alice }), 'ERR_STORAGE_UNAVAILABLE')
  expect([await ready(), (await app.call('GET', '/healthz')).status]).toEqual([503, 200])
  host.jump(2 * HOUR)
  await app.nest.get(Jobs).poll('clock')
  expectProblem(await open(), 'ERR_CARD_EXPIRED')
  expect(await ready()).toBe(200)
})

test('a process that starts with a clock that is behind the audit serves nothing until that time has come', async () => {
  const { open } = await prepared(1)
  host.advance(2 * HOUR)
  expectProblem(await open(), 'ERR_CARD_EXPIRED')
  const behind = new ManualClock(host.now() - 2 * HOUR)
  const beside = await TestApp.start({}, { dir: app.dir, host: behind })
  expectProblem(await beside.call('GET', '/v1/cards'), 'ERR_STORAGE_UNAVAILABLE')
  behind.advance(2 * HOUR)
  await beside.nest.get(Jobs).poll('clock')
  expectProblem(await beside.call('GET', '/v1/cards'), 'ERR_SESSION')
  await beside.nest.close()
})

test('retention erases nothing early while a clock is ahead, and continues when it is right', async () => {
  const { open } = await prepared(48)
  expect((await open()).status).toBe(201)
  const jobs = app.nest.get(Jobs)
  const rows = async () =>
    Promise.all(
      ['sessions', 'viewer_keys', 'shares', 'openings', 'idempotency_keys'].map(
        async (table) => (await app.storage.query(`SELECT COUNT(*) AS n FROM ${table}`))[0].n,
      ),
    )
  const before = await rows()
  host.jump(400 * DAY)
  for (const job of ['retention', 'previous-keys', 'clock', 'retention']) await jobs.poll(job)
  expect([await erased(), await rows()]).toEqual([[false], before])
  host.jump(-400 * DAY)
  await jobs.poll('clock')
  host.advance(3 * DAY)
  await jobs.poll('retention')
  expect(await erased()).toEqual([true])
})

test('a jump during a run of retention changes nothing of what is due', async () => {
  await prepared(48)
  const find = app.storage.manager.find.bind(app.storage.manager)
  const spy = jest.spyOn(app.storage.manager, 'find').mockImplementation(((...given: never[]) => {
    if (host.now() < Date.UTC(2027, 0, 1)) host.jump(400 * DAY)
    return (find as (...args: never[]) => Promise<unknown>)(...given)
  }) as never)
  await app.nest.get(Jobs).poll('retention')
  spy.mockRestore()
  expect(await erased()).toEqual([false])
})

test('the job fails once a minute while the clock is wrong, and the log says what to do', async () => {
  const failures = async () =>
    /sealcard_job_failures_total\{job="clock"\} (\d+)/.exec(
      (await app.call('GET', '/metrics')).text,
    )?.[1]
  host.jump(2 * HOUR)
  await app.nest.get(Jobs).poll('clock')
  expect(await failures()).toBe('1')
  host.jump(-2 * HOUR)
  await app.nest.get(Jobs).poll('clock')
  expect(await failures()).toBe('1')
})

test('no entry of the audit is written by a time that jumped', async () => {
  await prepared(1)
  host.jump(9 * HOUR)
  const fact = { kind: 'test', actor: 'a', subject: 'b', decision: 'done' }
  await app.nest.get(AuditLog).append(fact)
  const entries = await app.storage.manager.find(AuditEntryEntity)
  expect(entries.some(({ kind }) => kind === 'test')).toBe(true)
  expect(Math.max(...entries.map(({ at }) => at))).toBe(host.now() - 9 * HOUR)
})

test('rows of a clock that was a month ahead from the start lock no one out', async () => {
  const MONTH = 30 * DAY
  const limits = { ...ROOMY, loginsPerPersonPerMinute: 2, cardsPerPersonPerMinute: 1 }
  const ahead = new ManualClock(host.now() + MONTH)
  const wrong = await TestApp.start({ limits }, { host: ahead })
  const token = await wrong.login('alice')
  await wrong.login('alice')
  const make = (of: TestApp, by: string) =>
    of.call('POST', '/v1/cards', { token: by, body: { title: 'Title', body: 'The secret' } })
  expect([(await make(wrong, token)).status, (await make(wrong, token)).status]).toEqual([201, 429])
  await wrong.nest.close()

  const right = await TestApp.start({ limits }, { dir: wrong.dir, host })
  const login = () =>
    right.call('POST', '/v1/sessions', { body: { app: WECHAT, code: `alice|${key('alice')}` } })
  expectProblem(await login(), 'ERR_STORAGE_UNAVAILABLE')
  host.advance(MONTH - 2 * MINUTE)
  expectProblem(await login(), 'ERR_STORAGE_UNAVAILABLE')
  // From here on it is as after any two logins and any card: a minute's wait, and no more.
  host.advance(2 * MINUTE)
  await right.nest.get(Jobs).poll('clock')
  expect((await login()).headers['retry-after']).toBe('60')
  host.advance(MINUTE)
  const again = await right.login('alice')
  expect((await make(right, again)).status).toBe(201)
  await right.stop()
})
