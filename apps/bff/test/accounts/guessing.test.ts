import { countCases, SeededRandom, scale } from '@sealcard/testing'
import { AdminLoginService, type LoginOrigin } from '../../src/accounts/admin-login.service.js'
import { LoginJournal } from '../../src/accounts/login-journal.js'
import {
  delayAfter,
  FORGOTTEN_MS,
  LoginThrottle,
  LONGEST_MS,
} from '../../src/accounts/login-throttle.js'
import { PasswordHasher } from '../../src/accounts/password-hasher.js'
import { totpCode } from '../kit/totp-code.js'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import type { Config } from '../../src/core/config/config.js'
import { DAY, SECOND } from '../../src/core/time.js'
import { asApiError } from '../../src/http/problems/problem.js'
import { RetentionService } from '../../src/lifecycle/retention.service.js'
import {
  administrator,
  type Administrator,
  cookiesOf,
  enter,
  login,
  PASSWORD,
  wrongCode,
} from '../kit/administrators.js'
import { IN_MEMORY } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import { TestApp } from '../kit/test-app.js'

let app: TestApp
let root: Administrator
let logins: AdminLoginService
const begin = async (change: Partial<Config>) => {
  app = await TestApp.start(change)
  root = await administrator(app)
  logins = app.nest.get(AdminLoginService, { strict: false })
}
beforeEach(() => begin(IN_MEMORY))
/** Where a second process, or the file itself, is looked at. */
const onDisk = async () => {
  await app.stop()
  await begin({})
}
afterEach(() => app.stop())

const refusals = () => app.storage.manager.countBy(AuditEntryEntity, { kind: 'admin.login' })

/** @returns the code of the refusal, or `accepted` */
const guess = async (change: object, from: LoginOrigin): Promise<string> => {
  const totp = wrongCode(root.secret, app.clock.now())
  const body = { name: root.name, password: PASSWORD, totp, ...change }
  return logins.login(body, from).then(
    () => 'accepted',
    (error: unknown) => asApiError(error).code,
  )
}

/** Fails `times` logins from one address that no other caller uses. */
const fail = async (times: number, address = '198.51.100.1', change: object = {}) => {
  for (let i = 0; i < times; i++) await guess({ totp: undefined, ...change }, { address })
}

describe('F3 100,000 guesses', () => {
  const GUESSES = scale(5_000, 100_000, 200)
  /** At a name: those without waiting, those while the waiting grows, and one in each of the longest waits. */
  const bound = (ms: number) => 5 + 10 + Math.ceil(ms / LONGEST_MS)

  test.each([
    ['from one address', () => '203.0.113.9'],
    ['from 60,000 addresses', (i: number) => `10.0.${(i >> 8) % 235}.${i & 255}`],
  ])(
    'at a password and its code, one a second, %s: 0 accepted',
    async (_, addressOf) => {
      const tell = countCases(GUESSES)
      const verify = jest.spyOn(app.nest.get(PasswordHasher, { strict: false }), 'verify')
      const random = new SeededRandom(3)
      const codes = new Map<string, number>()
      for (let i = 0; i < GUESSES; i++) {
        tell(i)
        app.clock.advance(SECOND)
        // The right password is among them, and every hundredth time; what it needs besides is the code.
        const password = i % 100 === 0 ? PASSWORD : `guess number ${i}`
        const totp = String(random.below(1_000_000)).padStart(6, '0')
        const code = await guess({ password, totp }, { address: addressOf(i) })
        codes.set(code, (codes.get(code) ?? 0) + 1)
      }
      const looked = verify.mock.calls.length
      verify.mockRestore()
      expect(codes.get('accepted')).toBeUndefined()
      expect(looked).toBeLessThanOrEqual(bound(GUESSES * SECOND))
      expect(looked).toBeGreaterThan(10)
      expect([...codes.values()].reduce((a, b) => a + b)).toBe(GUESSES)
      expect(
        [...codes.keys()].every((code) => /^ERR_(LOGIN_REJECTED|RATE_LIMITED)$/.test(code)),
      ).toBe(true)
      // A flood does not fill the audit: ten in a minute, and the number of the others.
      await app.nest.get(LoginJournal, { strict: false }).flush()
      expect(await refusals()).toBeLessThanOrEqual(11 * Math.ceil(GUESSES / 60) + 2)
      const told = await app.storage.manager.findBy(AuditEntryEntity, { kind: 'admin.login' })
      const more = told.flatMap(({ reason }) => /^address=|further=(\d+)/.exec(reason)?.[1] ?? [])
      const sum = more.reduce((a, b) => a + Number(b), 0)
      expect(told.length - more.length + sum).toBe(GUESSES)
    },
    20 * 60_000,
  )
})

describe('backoff', () => {
  test('doubles from a second to a quarter of an hour, and no further', () => {
    const waits = Array.from({ length: 20 }, (_, i) => delayAfter('name', i + 1) / SECOND)
    expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 1, 2, 4, 8])
    expect(waits.slice(13)).toEqual([512, 900, 900, 900, 900, 900, 900])
    expect(delayAfter('address', 10)).toBe(0)
    expect(delayAfter('address', 11)).toBe(SECOND)
  })

  test('at a name does not show: the right password gets the same answer as a wrong one', async () => {
    await fail(5)
    const right = await login(app, root)
    expectProblem(right, 'ERR_LOGIN_REJECTED')
    const wrong = await login(app, root, { password: 'wrong password' })
    const strip = ({ requestId: _, ...rest }: Record<string, unknown>) => rest
    expect(strip(right.body)).toEqual(strip(wrong.body))
    expect(right.headers['retry-after']).toBeUndefined()
    app.clock.advance(SECOND)
    expect((await login(app, root)).status).toBe(201)
  })

  test('is the same for a name that no account has', async () => {
    await fail(5, '198.51.100.1', { name: 'nobody' })
    const verify = jest.spyOn(app.nest.get(PasswordHasher, { strict: false }), 'verify')
    await login(app, root, { name: 'nobody' })
    await login(app, root, { name: 'NOBODY' })
    expect(verify).not.toHaveBeenCalled()
    verify.mockRestore()
  })

  test('at an address answers with the seconds to wait, for every name', async () => {
    for (let i = 0; i < 11; i++) await login(app, root, { name: `nobody-${i}` })
    for (const name of ['root', 'nobody']) {
      const answer = await login(app, root, { name })
      expectProblem(answer, 'ERR_RATE_LIMITED')
      expect(answer.headers['retry-after']).toBe('1')
    }
    app.clock.advance(SECOND)
    expect((await login(app, root)).status).toBe(201)
  })

  test('at an address concerns no other client behind the same proxy, once the proxy is trusted', async () => {
    await app.stop()
    await begin({ ...IN_MEMORY, trustedProxies: ['127.0.0.1'] })
    const from = (address: string, body: object) =>
      app.call('POST', '/v1/admin/session', { body, headers: { 'x-forwarded-for': address } })
    const wrong = (i: number) => ({ name: `nobody${i}`, password: PASSWORD, totp: '000000' })
    const codes = []
    for (let i = 0; i < 12; i++) codes.push((await from('198.51.100.66', wrong(i))).body.code)
    expect(codes.at(-1)).toBe('ERR_RATE_LIMITED')
    const totp = totpCode(root.secret, app.clock.now())
    const right = { name: root.name, password: PASSWORD, totp }
    expect((await from('203.0.113.9', right)).status).toBe(201)
  })

  test('counts an IPv6 network as one address', async () => {
    for (let i = 0; i < 11; i++)
      await guess({ name: `nobody-${i}` }, { address: `2001:db8::${i.toString(16)}` })
    expect(await guess({}, { address: '2001:db8::ffff' })).toBe('ERR_RATE_LIMITED')
    expect(await guess({}, { address: '2001:db8:0:1::1' })).toBe('ERR_LOGIN_REJECTED')
  })

  test('is exact: of 100 guesses at once as many are looked at as of 100 in a row, in two processes', async () => {
    await onDisk()
    const beside = await app.beside()
    const verify = [app, beside].map(({ nest }) =>
      jest.spyOn(nest.get(PasswordHasher, { strict: false }), 'verify'),
    )
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        login(i % 2 ? app : beside, root, { password: 'wrong password' }),
      ),
    )
    const looked = verify.reduce((sum, { mock }) => sum + mock.calls.length, 0)
    for (const spy of verify) spy.mockRestore()
    await beside.nest.close()
    // Five: the fifth begins the first wait.
    expect(looked).toBe(5)
  })

  test('survives a restart, and the process records counted guesses before it stops', async () => {
    await onDisk()
    await fail(12)
    expect(await refusals()).toBe(10)
    app = await app.restart()
    const told = await app.storage.manager.findBy(AuditEntryEntity, { reason: 'further=2' })
    expect(told).toMatchObject([{ kind: 'admin.login', subject: 'many', decision: 'refused' }])
    logins = app.nest.get(AdminLoginService, { strict: false })
    expectProblem(await login(app, root), 'ERR_LOGIN_REJECTED')
  })

  test('of a name ends with a login; of an address only that one login is not counted', async () => {
    const origin = { address: '192.0.2.1' }
    for (let i = 0; i < 9; i++) await guess({ name: `nobody-${i}` }, origin)
    await guess({ password: 'wrong password' }, origin)
    const totp = totpCode(root.secret, app.clock.now())
    expect(await guess({ totp }, { address: '192.0.2.2' })).toBe('accepted')
    app.clock.advance(30 * SECOND)
    const next = totpCode(root.secret, app.clock.now())
    expect(await guess({ totp: next }, origin)).toBe('accepted')
    // Ten failures are behind the address: the eleventh is the last without waiting.
    await guess({ password: 'wrong password' }, origin)
    expect(await guess({ password: 'wrong password' }, origin)).toBe('ERR_RATE_LIMITED')
  })

  test('is forgotten after a day, and the job deletes it', async () => {
    await fail(30)
    app.clock.advance(FORGOTTEN_MS)
    const throttle = app.nest.get(LoginThrottle, { strict: false })
    for (let i = 0; i < 5; i++) expect(await throttle.take({ kind: 'name', value: 'root' })).toBe(0)
    expect(await throttle.take({ kind: 'name', value: 'root' })).toBe(SECOND)
    app.clock.advance(2 * DAY)
    await app.nest.get(RetentionService).run()
    expect(await app.storage.query('SELECT * FROM admin_login_lanes')).toEqual([])
  })

  test('writes nothing for guesses that come too early, so a flood fills no table', async () => {
    await fail(5)
    const rows = () => app.storage.query('SELECT count(*) n FROM admin_login_lanes')
    const before = await rows()
    for (let i = 0; i < 50; i++) await guess({}, { address: `203.0.113.${i}` })
    expect(await rows()).toEqual(before)
  })

  test('keeps neither names nor addresses', async () => {
    await fail(3, '198.51.100.77')
    const rows = JSON.stringify(await app.storage.query('SELECT * FROM admin_login_lanes'))
    expect(rows).not.toMatch(/root|198\.51/)
  })
})

describe('a stranger who keeps guessing', () => {
  test('does not keep out a browser that logged in before', async () => {
    const { cookie } = await enter(app, root)
    app.clock.advance(DAY)
    await fail(40)
    expectProblem(await login(app, root), 'ERR_LOGIN_REJECTED')
    const answer = await login(app, root, {}, { cookie })
    expect(answer.status).toBe(201)
    expect(cookiesOf(answer)).toContain('__Host-sealcard-device=')
  })

  test('gains nothing by a device cookie, which needs the password and code too, and has its own limit', async () => {
    const { cookie } = await enter(app, root)
    app.clock.advance(30 * SECOND)
    const tries = { password: 'wrong password' }
    for (let i = 0; i < 5; i++) await login(app, root, tries, { cookie })
    expectProblem(await login(app, root, {}, { cookie }), 'ERR_LOGIN_REJECTED')
    // The name itself was not guessed at.
    expect((await login(app, root)).status).toBe(201)
  })

  test.each([
    ['of another account', async () => (await enter(app, await administrator(app, 'ann'))).cookie],
    ['made up', async () => `__Host-sealcard-device=${'A'.repeat(22)}.20454.${'A'.repeat(43)}`],
    [
      'of 91 days ago',
      async () => {
        const { cookie } = await enter(app, root)
        app.clock.advance(91 * DAY)
        return cookie
      },
    ],
  ])('is not helped by a device cookie %s', async (_, cookieOf) => {
    const cookie = await cookieOf()
    await fail(40)
    expectProblem(await login(app, root, {}, { cookie }), 'ERR_LOGIN_REJECTED')
  })
})
