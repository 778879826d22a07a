import { AdminAccountsService } from '../../src/accounts/admin-accounts.service.js'
import { totpCode } from '../kit/totp-code.js'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import type { Config } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import { DAY } from '../../src/core/time.js'
import { RetentionService } from '../../src/lifecycle/retention.service.js'
import { Rewrap } from '../../src/lifecycle/rewrap.service.js'
import {
  administrator,
  type Administrator,
  type Browser,
  by,
  cookiesOf,
  enter,
  login,
  PASSWORD,
  wrongCode,
} from '../kit/administrators.js'
import { IN_MEMORY } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import { TestApp } from '../kit/test-app.js'

const NEW = 'another long password'

let app: TestApp
let root: Administrator
let browser: Browser
const begin = async (change: Partial<Config>) => {
  app = await TestApp.start(change)
  root = await administrator(app)
  browser = await enter(app, root)
}
beforeEach(() => begin(IN_MEMORY))
/** Where a second process, or the file itself, is looked at. */
const onDisk = async () => {
  await app.stop()
  await begin({})
}
afterEach(() => app.stop())

const post = (path: string, body?: unknown) => by(app, browser, 'POST', path, body)
const told = (kind: string) => app.storage.manager.findBy(AuditEntryEntity, { kind })
const setUp = (body: object) => app.call('POST', '/v1/admin/setup', { body })

/** A new account, of which only the one-time token is known. */
const invite = async (name = 'ann', role = 'auditor') => {
  const answer = await post('accounts', { name, role })
  expect(answer.status).toBe(201)
  return answer.body as {
    account: { id: string }
    setup: { token: string; expiresAt: string }
  }
}

/** The password is set, the second factor is not. */
const arrived = async (name = 'ann', role = 'auditor') => {
  const { account, setup } = await invite(name, role)
  expect((await setUp({ token: setup.token, password: NEW })).status).toBe(201)
  const answer = await login(app, { ...root, name, password: NEW }, { totp: undefined })
  expect(answer.status).toBe(201)
  expect(answer.body.enrolled).toBe(false)
  return { id: account.id, name, browser: { cookie: cookiesOf(answer), csrf: answer.body.csrf } }
}

describe('an account', () => {
  test('is made by an administrator; its holder sets the password with a token, once', async () => {
    const { account, setup } = await invite()
    expect(account).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      name: 'ann',
      role: 'auditor',
      enrolled: false,
      createdAt: new Date(app.clock.now()).toISOString(),
      createdBy: `admin:${root.id}`,
      lastLoginAt: null,
      disabledAt: null,
    })
    expectProblem(await setUp({ token: 'A'.repeat(43), password: NEW }), 'ERR_LOGIN_REJECTED')
    expectProblem(await setUp({ token: setup.token, password: 'short' }), 'ERR_INPUT')
    expectProblem(await setUp({ token: setup.token, name: 'ben', password: NEW }), 'ERR_INPUT')
    const done = await setUp({ token: setup.token, name: 'ann', password: NEW })
    expect(done.status).toBe(201)
    expect(done.body).toMatchObject({ id: account.id, name: 'ann', role: 'auditor' })
    expectProblem(await setUp({ token: setup.token, password: PASSWORD }), 'ERR_LOGIN_REJECTED')
    expect(await told('admin.create')).toMatchObject([
      { actor: 'cli' },
      {
        actor: `admin:${root.id}`,
        subject: account.id,
        reason: 'address=127.0.0.1 role=auditor',
      },
    ])
    expect(await told('admin.setup')).toMatchObject([{ actor: `admin:${account.id}` }])
  })

  test('its token ends after 72 hours, with a new one, and when the account is disabled', async () => {
    const late = await invite('late')
    app.clock.set(Date.parse(late.setup.expiresAt))
    browser = await enter(app, root)
    expectProblem(await setUp({ token: late.setup.token, password: NEW }), 'ERR_LOGIN_REJECTED')
    expect(Date.parse(late.setup.expiresAt)).toBeGreaterThan(app.clock.now() - 72 * 3_600_000)
    const again = await invite('again')
    const { body } = await post(`accounts/${again.account.id}/reset`)
    expectProblem(await setUp({ token: again.setup.token, password: NEW }), 'ERR_LOGIN_REJECTED')
    await post(`accounts/${again.account.id}/disable`)
    expectProblem(await setUp({ token: body.setup.token, password: NEW }), 'ERR_LOGIN_REJECTED')
  })

  test('F7 is refused by the field that is wrong', async () => {
    for (const [body, path] of [
      [{ name: 'root', role: 'admin' }, 'name'],
      [{ name: 'Ann', role: 'admin' }, 'name'],
      [{ name: '../ann', role: 'admin' }, 'name'],
      [{ name: 'ann', role: 'owner' }, 'role'],
      [{ name: 'ann', role: 'admin', passwordHash: 'x' }, 'passwordHash'],
      [{ name: 'ann', role: 'admin', reason: 'a\nb' }, 'reason'],
      [{ name: 'ann', role: 'admin', reason: '\u001b[31m' }, 'reason'],
    ] as const) {
      const answer = await post('accounts', body)
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe(path)
      expect((await by(app, browser, 'GET', 'accounts')).body.items).toHaveLength(1)
    }
  })

  test('without a second factor can only set one up, and then gets another session', async () => {
    const ann = await arrived('ann', 'admin')
    for (const [method, path] of [
      ['GET', 'accounts'],
      ['GET', 'tokens'],
      ['POST', 'accounts'],
      ['POST', 'session/password'],
    ] as const)
      expectProblem(await by(app, ann.browser, method, path), 'ERR_FORBIDDEN')
    expect((await by(app, ann.browser, 'GET', 'session')).body).toMatchObject({ enrolled: false })

    const confirm = (totp: string) =>
      by(app, ann.browser, 'POST', 'session/totp/confirmation', { totp })
    expectProblem(await confirm('123456'), 'ERR_LOGIN_REJECTED')
    const wrong = await by(app, ann.browser, 'POST', 'session/totp', { password: PASSWORD })
    expectProblem(wrong, 'ERR_LOGIN_REJECTED')
    const { body } = await by(app, ann.browser, 'POST', 'session/totp', { password: NEW })
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(body.uri).toBe(
      `otpauth://totp/Sealcard:ann?issuer=Sealcard&secret=${body.secret}&algorithm=SHA1&digits=6&period=30`,
    )
    expectProblem(await confirm(wrongCode(body.secret, app.clock.now())), 'ERR_LOGIN_REJECTED')
    const done = await confirm(totpCode(body.secret, app.clock.now()))
    expect(done.status).toBe(200)
    expect(done.body).toMatchObject({ enrolled: true, name: 'ann', role: 'admin' })
    expectProblem(await by(app, ann.browser, 'GET', 'session'), 'ERR_SESSION')
    const next = { cookie: cookiesOf(done), csrf: done.body.csrf }
    expect((await by(app, next, 'GET', 'accounts')).status).toBe(200)

    const me = { ...root, name: 'ann', password: NEW, secret: body.secret }
    expectProblem(await login(app, me), 'ERR_LOGIN_REJECTED')
    expectProblem(await login(app, me, { totp: undefined }), 'ERR_LOGIN_REJECTED')
    app.clock.advance(30_000)
    expect((await login(app, me)).status).toBe(201)
  })

  test('changes its second factor only with the password and a code of the one before', async () => {
    const begin = (change: object) => post('session/totp', { password: PASSWORD, ...change })
    app.clock.advance(30_000)
    const code = totpCode(root.secret, app.clock.now())
    expectProblem(await begin({}), 'ERR_LOGIN_REJECTED')
    expectProblem(
      await begin({ totp: wrongCode(root.secret, app.clock.now()) }),
      'ERR_LOGIN_REJECTED',
    )
    expectProblem(await begin({ totp: code, password: 'wrong password' }), 'ERR_LOGIN_REJECTED')
    const { status, body } = await begin({ totp: code })
    expect(status).toBe(200)
    // Used up, like any code.
    expectProblem(await begin({ totp: code }), 'ERR_LOGIN_REJECTED')
    app.clock.advance(60_000)
    // Until it is confirmed, the one before counts.
    await enter(app, root)
    const confirmed = await post('session/totp/confirmation', {
      totp: totpCode(body.secret, app.clock.now()),
    })
    expect(confirmed.status).toBe(200)
    app.clock.advance(30_000)
    expectProblem(await login(app, root), 'ERR_LOGIN_REJECTED')
    expect((await login(app, { ...root, secret: body.secret })).status).toBe(201)
  })

  test('changes its password with the old one, which ends all its other logins', async () => {
    const other = await enter(app, root)
    const change = (password: string, newPassword = NEW) =>
      post('session/password', { password, newPassword })
    expectProblem(await change('wrong password'), 'ERR_LOGIN_REJECTED')
    expectProblem(await change(PASSWORD, 'short'), 'ERR_INPUT')
    const done = await change(PASSWORD)
    expect(done.status).toBe(200)
    for (const old of [browser, other])
      expectProblem(await by(app, old, 'GET', 'session'), 'ERR_SESSION')
    const next = { cookie: cookiesOf(done), csrf: done.body.csrf }
    expect((await by(app, next, 'GET', 'session')).status).toBe(200)
    app.clock.advance(30_000)
    expectProblem(await login(app, root), 'ERR_LOGIN_REJECTED')
    expect((await login(app, { ...root, password: NEW })).status).toBe(201)
    expect(await told('admin.password')).toMatchObject([{ actor: `admin:${root.id}` }])
  })

  test('a stolen cookie does not help to guess the password', async () => {
    const change = (password: string) => post('session/password', { password, newPassword: NEW })
    for (let i = 0; i < 5; i++) await change(`guess number ${i}`)
    expectProblem(await change(PASSWORD), 'ERR_LOGIN_REJECTED')
    app.clock.advance(1000)
    expect((await change(PASSWORD)).status).toBe(200)
  })

  test('is disabled, enabled, reset and given another role, and the audit records each with its reason', async () => {
    const ann = await administrator(app, 'ann', 'operator')
    const of = (what: string, body: object = { reason: 'left the company' }) =>
      post(`accounts/${ann.id}/${what}`, body)
    expect((await of('disable')).body.disabledAt).toBe(new Date(app.clock.now()).toISOString())
    expectProblem(await login(app, ann), 'ERR_LOGIN_REJECTED')
    expect((await of('enable')).body.disabledAt).toBeNull()
    expect((await login(app, ann)).status).toBe(201)
    expect((await of('role', { role: 'auditor', reason: 'new task' })).body.role).toBe('auditor')
    const { body } = await of('reset')
    expect(body.account.enrolled).toBe(false)
    app.clock.advance(30_000)
    expectProblem(await login(app, ann), 'ERR_LOGIN_REJECTED')
    const facts = { actor: `admin:${root.id}`, subject: ann.id, decision: 'done' }
    const why = 'address=127.0.0.1 left the company'
    expect(await told('admin.disable')).toMatchObject([{ ...facts, reason: why }])
    expect(await told('admin.enable')).toMatchObject([{ ...facts, reason: why }])
    expect(await told('admin.reset')).toMatchObject([{ ...facts, reason: why }])
    expect(await told('admin.role')).toMatchObject([
      { reason: 'address=127.0.0.1 role=auditor ended=1 new task' },
    ])
  })

  test('that does not exist is not found', async () => {
    for (const what of ['disable', 'enable', 'reset', 'role']) {
      const body = what === 'role' ? { role: 'admin' } : undefined
      for (const id of ['nobody', '%00', 'x'.repeat(1000)])
        expectProblem(await post(`accounts/${id}/${what}`, body), 'ERR_NOT_FOUND')
    }
  })

  test('is deleted 180 days after it was disabled', async () => {
    const ann = await administrator(app, 'ann', 'operator')
    await post(`accounts/${ann.id}/disable`)
    app.clock.advance(180 * DAY - 1)
    await app.nest.get(RetentionService).run()
    browser = await enter(app, root)
    expect((await by(app, browser, 'GET', 'accounts')).body.items).toHaveLength(2)
    app.clock.advance(1)
    await app.nest.get(RetentionService).run()
    browser = await enter(app, root)
    expect((await by(app, browser, 'GET', 'accounts')).body.items).toHaveLength(1)
    expect(await told('admin.delete')).toMatchObject([{ subject: ann.id }])
  })
})

test('E2 a second factor moves to another key, and counts under that key alone', async () => {
  await onDisk()
  const key = (id: string, byte: number) => ({
    id,
    secret: new Secret(Buffer.alloc(32, byte).toString('base64')),
  })
  const both = await TestApp.start({ keyring: { keys: [key('k2', 9), key('k1', 7)] } }, app)
  const report = await both.nest.get(Rewrap).run()
  expect(report).toMatchObject({ primary: 'k2', failed: 0, overtaken: 0 })
  await both.nest.close()
  const alone = await TestApp.start({ keyring: { keys: [key('k2', 9)] } }, app)
  await enter(alone, root)
  await alone.nest.close()
  const sealed = await app.storage.query('SELECT sealed_totp FROM admin_accounts')
  expect(sealed).toEqual([{ sealed_totp: expect.stringMatching(/^v1\.k2\./) }])
})

describe('the last administrator', () => {
  const refused = async (what: string, body?: object) => {
    const answer = await post(`accounts/${root.id}/${what}`, body)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues).toEqual([
      { path: 'id', message: 'is the last administrator who can log in' },
    ])
    expect((await by(app, browser, 'GET', 'session')).body.role).toBe('admin')
  }

  test('is neither disabled nor demoted', async () => {
    await administrator(app, 'ann', 'operator')
    const gone = await administrator(app, 'gone', 'admin')
    await post(`accounts/${gone.id}/disable`)
    await invite('invited', 'admin')
    await refused('disable')
    await refused('role', { role: 'operator' })
    expect((await post(`accounts/${root.id}/role`, { role: 'admin' })).status).toBe(200)
  })

  test('of two who disable each other at the same moment one stays, in two processes too', async () => {
    await onDisk()
    const beside = await app.beside()
    const ann = await administrator(app, 'ann')
    const service = (of: TestApp) => of.nest.get(AdminAccountsService, { strict: false })
    const results = await Promise.allSettled([
      service(app).disable(ann.id, { actor: `admin:${root.id}`, address: 'x' }),
      service(beside).disable(root.id, { actor: `admin:${ann.id}`, address: 'x' }),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const rows = await app.storage.query('SELECT id FROM admin_accounts WHERE disabled_at IS NULL')
    expect(rows).toHaveLength(1)
    await beside.nest.close()
  })
})
