import { readFileSync } from 'node:fs'
import { AdminAccountEntity } from '../../src/accounts/admin-account.entity.js'
import { AdminAccountsService } from '../../src/accounts/admin-accounts.service.js'
import { SESSION_COOKIE } from '../../src/accounts/cookies.js'
import { deriveKey, writeHash } from '../../src/accounts/password-hasher.js'
import { totpCode } from '../kit/totp-code.js'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { verifyAudit } from '../../src/audit/verify-audit.js'
import type { Config } from '../../src/core/config/config.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { DAY, HOUR, MINUTE } from '../../src/core/time.js'
import { RetentionService } from '../../src/lifecycle/retention.service.js'
import {
  administrator,
  type Administrator,
  by,
  cookiesOf,
  enter,
  login,
  named,
  PASSWORD,
  setCookies,
  wrongCode,
} from '../kit/administrators.js'
import { IN_MEMORY } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import { TestApp } from '../kit/test-app.js'

let app: TestApp
let root: Administrator
const begin = async (change: Partial<Config>) => {
  app = await TestApp.start(change)
  root = await administrator(app)
}
beforeEach(() => begin(IN_MEMORY))
/** Where a second process, or the file itself, is looked at. */
const onDisk = async () => {
  await app.stop()
  await begin({})
}
afterEach(() => app.stop())

const accounts = () => app.nest.get(AdminAccountsService, { strict: false })
const BY = { actor: 'cli', address: 'local' }
const told = (kind: string) => app.storage.manager.findBy(AuditEntryEntity, { kind })

describe('F2 a login', () => {
  test('is a cookie that no script reads, no other site sends and no other host sets', async () => {
    const answer = await login(app, root)
    expect(answer.status).toBe(201)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body).toEqual({
      kind: 'account',
      name: 'root',
      role: 'admin',
      enrolled: true,
      csrf: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: new Date(app.clock.now() + 12 * HOUR).toISOString(),
    })
    const cookies = setCookies(answer)
    expect(cookies).toHaveLength(2)
    expect(cookies[0]).toMatch(/^__Host-sealcard=[\w-]{43}; /)
    expect(cookies[1]).toMatch(/^__Host-sealcard-device=[\w.-]{60,80}; /)
    for (const cookie of cookies) {
      const attributes = cookie.split('; ').slice(1)
      for (const attribute of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict'])
        expect(attributes).toContain(attribute)
      expect(cookie).not.toMatch(/domain/i)
    }
    // 256 bits that are another's each time, and not the one that is kept.
    const again = await enter(app, root)
    expect(again.cookie).not.toContain(named(answer, SESSION_COOKIE))
  })

  test('gives a reloaded page its identity and its CSRF token', async () => {
    const browser = await enter(app, root)
    const answer = await by(app, browser, 'GET', 'session')
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ kind: 'account', name: 'root', csrf: browser.csrf })
  })

  test.each([
    ['before', 30 * MINUTE - 1, 200],
    ['after', 30 * MINUTE, 401],
  ])('ends after 30 idle minutes: %s', async (_, idle, status) => {
    const browser = await enter(app, root)
    app.clock.advance(10_000)
    await by(app, browser, 'GET', 'session')
    app.clock.advance(idle)
    expect((await by(app, browser, 'GET', 'session')).status).toBe(status)
  })

  test.each([
    ['before', 12 * HOUR - 1, 200],
    ['after', 12 * HOUR, 401],
  ])('ends after 12 hours however busy: %s', async (_, age, status) => {
    const browser = await enter(app, root)
    const until = app.clock.now() + age
    for (; app.clock.now() + 29 * MINUTE < until;) {
      app.clock.advance(29 * MINUTE)
      expect((await by(app, browser, 'GET', 'session')).status).toBe(200)
    }
    app.clock.set(until)
    const answer = await by(app, browser, 'GET', 'session')
    expect(answer.status).toBe(status)
    if (status === 401) expectProblem(answer, 'ERR_SESSION')
  })

  test('ends on the server: the cookie that is kept is worth nothing', async () => {
    const browser = await enter(app, root)
    const answer = await by(app, browser, 'DELETE', 'session')
    expect(answer.status).toBe(204)
    expect(setCookies(answer)).toEqual([expect.stringMatching(/^__Host-sealcard=; Max-Age=0; /)])
    expectProblem(await by(app, browser, 'GET', 'session'), 'ERR_SESSION')
  })

  test.each([
    ['disabled', (id: string) => accounts().disable(id, BY)],
    ['of another role', (id: string) => accounts().changeRole(id, 'operator', BY)],
    ['reset', (id: string) => accounts().reset(id, BY)],
    ['reset by a command', (id: string) => accounts().resetTo(id, { password: PASSWORD }, BY)],
  ])('ends at once, in every process, when the account is %s', async (_, change) => {
    await onDisk()
    const ann = await administrator(app, 'ann', 'auditor')
    const browsers = [await enter(app, ann), await enter(app, ann)]
    const beside = await app.beside()
    await change(ann.id)
    for (const browser of browsers) {
      expectProblem(await by(app, browser, 'GET', 'session'), 'ERR_SESSION')
      expectProblem(await by(beside, browser, 'GET', 'session'), 'ERR_SESSION')
    }
    await beside.nest.close()
  })

  test('takes the place of the one that the browser had', async () => {
    const first = await enter(app, root)
    app.clock.advance(30_000)
    const second = await login(app, root, {}, { cookie: first.cookie })
    expect(second.status).toBe(201)
    expect(cookiesOf(second)).not.toContain(first.cookie.split(';')[0])
    expectProblem(await by(app, first, 'GET', 'session'), 'ERR_SESSION')
  })

  test('a clock set back does not bring one back', async () => {
    const browser = await enter(app, root)
    await by(app, browser, 'DELETE', 'session')
    app.clock.advance(-5 * MINUTE)
    expectProblem(await by(app, browser, 'GET', 'session'), 'ERR_SESSION')
  })

  test.each([
    ['made while the clock was ten days ahead', 10 * DAY, 0],
    ['used while it was 20 minutes ahead', 0, 20 * MINUTE],
    ['used while it was two minutes ahead', 0, 2 * MINUTE],
  ])('one that was %s is over once it is right, for good', async (_, made, used) => {
    app.clock.advance(made)
    const browser = await enter(app, root)
    app.clock.advance(used)
    expect((await by(app, browser, 'GET', 'session')).status).toBe(200)
    app.clock.advance(-made - used)
    expectProblem(await by(app, browser, 'GET', 'session'), 'ERR_SESSION')
    await app.nest.get(RetentionService).run()
    // When it is as late as it was by that clock.
    app.clock.advance(made + used)
    expectProblem(await by(app, browser, 'GET', 'session'), 'ERR_SESSION')
  })

  test('is the same for a process whose clock is behind by less than a minute', async () => {
    const browser = await enter(app, root)
    app.clock.advance(-MINUTE)
    await app.nest.get(RetentionService).run()
    expect((await by(app, browser, 'GET', 'session')).status).toBe(200)
  })

  test.each([
    ['none', {}],
    ['an empty one', { 'x-csrf-token': '' }],
    ['another login’s', { 'x-csrf-token': 'A'.repeat(43) }],
  ])('what is not a GET needs its CSRF token: %s', async (_, headers) => {
    const browser = await enter(app, root)
    const body = { name: 'new', role: 'auditor' }
    const { cookie } = browser
    const answer = await app.call('POST', '/v1/admin/accounts', {
      body,
      headers: { cookie, ...headers },
    })
    expectProblem(answer, 'ERR_FORBIDDEN')
    expect((await by(app, browser, 'GET', 'accounts')).body.items).toHaveLength(1)
    expect((await by(app, browser, 'POST', 'accounts', body)).status).toBe(201)
  })

  test('nothing of it lies in the database: neither cookie, nor CSRF token, password or secret', async () => {
    await onDisk()
    const browser = await enter(app, root)
    await by(app, browser, 'GET', 'session')
    const secrets = [
      ...browser.cookie.split('; ').map((one) => one.split('=')[1] ?? ''),
      browser.csrf,
      PASSWORD,
      root.secret,
    ]
    const file = String(app.storage.options.database)
    const bytes = [file, `${file}-wal`].map((name) => readFileSync(name).toString('latin1')).join()
    expect(bytes).toContain(root.id)
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(15)
      expect(bytes).not.toContain(secret)
    }
  })
})

describe('a login without proof', () => {
  const refused: [string, () => object][] = [
    ['a wrong password', () => ({ password: `${PASSWORD}!` })],
    ['a wrong code', () => ({ totp: wrongCode(root.secret, app.clock.now()) })],
    ['no code', () => ({ totp: undefined })],
    [
      'the code of three steps ago',
      () => ({ totp: totpCode(root.secret, app.clock.now() - 90_000) }),
    ],
    ['an unknown name', () => ({ name: 'nobody' })],
  ]

  test.each(refused)('gets one answer: %s', async (_, change) => {
    const answer = await login(app, root, change())
    expectProblem(answer, 'ERR_LOGIN_REJECTED')
    expect(setCookies(answer)).toEqual([])
    expect(await told('admin.login')).toMatchObject([
      { actor: 'anonymous', decision: 'refused', reason: 'address=127.0.0.1 credentials' },
    ])
    expect((await login(app, root)).status).toBe(201)
  })

  test('the same for a disabled account, and one that has no password yet', async () => {
    const ann = await administrator(app, 'ann')
    const { account } = await accounts().invite('ben', 'auditor', BY)
    await accounts().disable(ann.id, BY)
    const answers = [
      await login(app, ann),
      await login(app, { ...ann, name: account.name }),
      await login(app, { ...ann, name: 'nobody' }),
    ]
    const plain = answers.map(({ status, body: { requestId: _, ...rest } }) => ({ status, rest }))
    expect(new Set(plain.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(plain[0]?.rest.code).toBe('ERR_LOGIN_REJECTED')
  })

  test('F3 costs the same work, whether the name is known or not', async () => {
    const scrypt = jest.spyOn(
      jest.requireActual<typeof import('node:crypto')>('node:crypto'),
      'scrypt',
    )
    await login(app, root, { password: 'wrong password' })
    await login(app, root, { name: 'nobody', password: 'wrong password' })
    await accounts().invite('ben', 'auditor', BY)
    await login(app, root, { name: 'ben', password: 'wrong password' })
    const costs = scrypt.mock.calls.map(([, salt, bytes, options]) => [
      (salt as Buffer).length,
      bytes,
      options,
    ])
    scrypt.mockRestore()
    expect(costs).toHaveLength(3)
    expect(costs).toEqual([costs[0], costs[0], costs[0]])
  })

  test('the audit does not record the typed name, because it may be a password', async () => {
    await login(app, root, { name: 'MyP4ssword-oops' })
    const entries = await told('admin.login')
    expect(entries).toMatchObject([{ subject: 'unknown' }])
    expect(JSON.stringify(entries)).not.toMatch(/ssword-oops/i)
  })

  test('F7 in the wrong form is refused by its field', async () => {
    for (const [change, path] of [
      [{ name: '' }, 'name'],
      [{ name: 'x'.repeat(65) }, 'name'],
      [{ password: '' }, 'password'],
      [{ password: 'x'.repeat(129) }, 'password'],
      [{ totp: '12345' }, 'totp'],
      [{ totp: 123456 }, 'totp'],
      [{ role: 'admin' }, 'role'],
      [{ name: { $ne: null } }, 'name'],
    ] as const) {
      const answer = await login(app, root, change)
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe(path)
    }
    expect(await told('admin.login')).toEqual([])
  })
})

describe('a code', () => {
  test('works once: of twenty uses at the same moment one is a login', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => login(app, root)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    for (const { status } of answers) expect([201, 401, 429]).toContain(status)
    expect((await told('admin.login')).filter(({ decision }) => decision === 'done')).toHaveLength(
      1,
    )
  })

  test('of one step earlier or later counts, but none from before the last that was used', async () => {
    const at = (ms: number) => ({ totp: totpCode(root.secret, app.clock.now() + ms) })
    expect((await login(app, root, at(30_000))).status).toBe(201)
    expectProblem(await login(app, root, at(0)), 'ERR_LOGIN_REJECTED')
    app.clock.advance(30_000)
    expectProblem(await login(app, root, at(0)), 'ERR_LOGIN_REJECTED')
    app.clock.advance(30_000)
    expect((await login(app, root, at(0))).status).toBe(201)
  })
})

test('a hash of an older cost gives way to one of the present cost at the next login', async () => {
  const stored = async () =>
    (await app.storage.manager.findOneByOrFail(AdminAccountEntity, { id: root.id })).passwordHash
  const present = (await stored())?.split('$')[2]
  const salt = Buffer.alloc(16, 1)
  const cost = { logN: 2, r: 2, p: 1 }
  const passwordHash = writeHash({ ...cost, salt, key: await deriveKey(PASSWORD, salt, cost) })
  await app.storage.manager.update(AdminAccountEntity, { id: root.id }, { passwordHash })
  await enter(app, root)
  expect((await stored())?.split('$')[2]).toBe(present)
  await enter(app, root)
})

test('F5 all of it is in the audit, and the audit is intact', async () => {
  await login(app, root, { totp: wrongCode(root.secret, app.clock.now()) })
  const browser = await enter(app, root)
  await by(app, browser, 'DELETE', 'session')
  expect(await told('admin.login')).toMatchObject([
    { decision: 'refused', subject: root.id },
    { decision: 'done', actor: `admin:${root.id}`, reason: 'address=127.0.0.1' },
  ])
  expect(await told('admin.logout')).toMatchObject([{ actor: `admin:${root.id}` }])
  expect(await verifyAudit(app.storage, app.nest.get(Vault))).toMatchObject({ faults: [] })
})
