import { readFileSync } from 'node:fs'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import type { Config } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import { DAY, MINUTE } from '../../src/core/time.js'
import { RetentionService } from '../../src/lifecycle/retention.service.js'
import { administrator, type Browser, by, enter } from '../kit/administrators.js'
import { IN_MEMORY } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import { TestApp } from '../kit/test-app.js'

const OWN = 'own-token-of-the-configuration-000000000'

let app: TestApp
let browser: Browser
const begin = async (change: Partial<Config>) => {
  app = await TestApp.start({ ...change, adminToken: new Secret(OWN) })
  browser = await enter(app, await administrator(app))
}
beforeEach(() => begin(IN_MEMORY))
/** Where a second process, or the file itself, is looked at. */
const onDisk = async () => {
  await app.stop()
  await begin({})
}
afterEach(() => app.stop())

const at = (ms: number) => new Date(app.clock.now() + ms).toISOString()
const create = (change: object = {}) =>
  by(app, browser, 'POST', 'tokens', {
    name: 'nightly export',
    role: 'auditor',
    expiresAt: at(30 * DAY),
    ...change,
  })
const whoAmI = (token: string, headers = {}) =>
  app.call('GET', '/v1/admin/session', { token, headers })
const told = (kind: string) => app.storage.manager.findBy(AuditEntryEntity, { kind })

describe('a token for automation', () => {
  test('is shown once, and says who it is', async () => {
    const { status, body } = await create({ reason: 'backups' })
    expect(status).toBe(201)
    expect(body.token).toMatch(/^sct_[\w-]{43}$/)
    const { token, ...rest } = body
    expect(rest).toMatchObject({ name: 'nightly export', role: 'auditor', lastUsedAt: null })
    expect((await by(app, browser, 'GET', 'tokens')).body.items).toEqual([rest])
    const answer = await whoAmI(token)
    expect(answer.body).toEqual({
      kind: 'token',
      name: 'nightly export',
      role: 'auditor',
      expiresAt: rest.expiresAt,
    })
    expect(await told('token.create')).toMatchObject([
      { subject: rest.id, reason: 'address=127.0.0.1 role=auditor backups' },
    ])
  })

  test('is kept as a hash', async () => {
    await onDisk()
    const { token } = (await create()).body
    await whoAmI(token)
    const file = String(app.storage.options.database)
    for (const name of [file, `${file}-wal`])
      expect(readFileSync(name).toString('latin1')).not.toContain(token.slice(4))
  })

  test('needs no CSRF token, and acts under its own name and role', async () => {
    const { id, token } = (await create({ role: 'admin' })).body
    const other = (await create()).body.id
    const url = `/v1/admin/tokens/${other}/revoke`
    expect((await app.call('POST', url, { token })).status).toBe(200)
    expect(await told('token.revoke')).toMatchObject([{ actor: `token:${id}`, subject: other }])
    const weaker = (await create()).body.token
    expectProblem(await app.call('GET', '/v1/admin/accounts', { token: weaker }), 'ERR_FORBIDDEN')
  })

  test.each([
    ['before', -1, 200],
    ['at', 0, 401],
  ])('ends by itself: %s its end', async (_, offset, status) => {
    const { token } = (await create({ expiresAt: at(DAY) })).body
    app.clock.advance(DAY + offset)
    expect((await whoAmI(token)).status).toBe(status)
  })

  test('ends with its revocation, in every process; again is the same', async () => {
    await onDisk()
    const { id, token } = (await create()).body
    const beside = await app.beside()
    const revoke = () => by(app, browser, 'POST', `tokens/${id}/revoke`, { reason: 'leaked' })
    const first = await revoke()
    expect(first.body.revokedAt).toBe(at(0))
    expectProblem(await whoAmI(token), 'ERR_SESSION')
    expectProblem(await beside.call('GET', '/v1/admin/session', { token }), 'ERR_SESSION')
    app.clock.advance(MINUTE)
    expect((await revoke()).body).toEqual(first.body)
    expect(await told('token.revoke')).toMatchObject([
      { subject: id, reason: 'address=127.0.0.1 leaked' },
    ])
    expectProblem(await by(app, browser, 'POST', 'tokens/nobody/revoke'), 'ERR_NOT_FOUND')
    await beside.nest.close()
  })

  test('its last use is noted to the minute', async () => {
    const { id, token } = (await create()).body
    const lastUsedAt = async () =>
      (await app.storage.query('SELECT last_used_at FROM automation_tokens WHERE id = ?', [id]))[0]
        .last_used_at
    const start = app.clock.now()
    for (const [advance, expected] of [
      [0, start],
      [MINUTE - 1, start],
      [1, start + MINUTE],
      [30_000, start + MINUTE],
    ] as const) {
      app.clock.advance(advance)
      await whoAmI(token)
      expect(await lastUsedAt()).toBe(expected)
    }
  })

  test('F7 is refused by the field that is wrong', async () => {
    for (const [change, path] of [
      [{ expiresAt: undefined }, 'expiresAt'],
      [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
      [{ expiresAt: '2999-01-01T00:00:00Z' }, 'expiresAt'],
      [{ role: 'root' }, 'role'],
      [{ name: '' }, 'name'],
      [{ name: 'a\r\nb' }, 'name'],
      [{ tokenHash: 'x' }, 'tokenHash'],
    ] as const) {
      const answer = await create(change)
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe(path)
      expect((await by(app, browser, 'GET', 'tokens')).body.items).toEqual([])
    }
  })

  test('lives at most a year, and is listed for 180 days more', async () => {
    expect((await create({ expiresAt: at(366 * DAY) })).status).toBe(201)
    const { id } = (await create({ expiresAt: at(DAY) })).body
    const left = async () => {
      await app.nest.get(RetentionService).run()
      return (await app.storage.query('SELECT id FROM automation_tokens WHERE id = ?', [id])).length
    }
    app.clock.advance(181 * DAY - 1)
    expect(await left()).toBe(1)
    app.clock.advance(1)
    expect(await left()).toBe(0)
  })
})

describe('C3 a storage that takes no writes', () => {
  const full = () => Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  afterEach(() => jest.restoreAllMocks())

  test('lets administrators and tokens read on, and asks it again after ten seconds', async () => {
    const { token } = (await create()).body
    app.clock.advance(2000)
    const update = jest.spyOn(app.storage.manager, 'update').mockRejectedValue(full())
    for (let times = 0; times < 3; times++) {
      expect((await whoAmI(token)).status).toBe(200)
      expect((await by(app, browser, 'GET', 'tokens')).status).toBe(200)
    }
    expect(update).toHaveBeenCalledTimes(2)
    update.mockRestore()
    app.clock.advance(10_000)
    await by(app, browser, 'GET', 'tokens')
    const [{ seen_at }] = await app.storage.query('SELECT seen_at FROM admin_sessions')
    expect(seen_at).toBe(app.clock.now())
  })

  test('ends an idle login no later than otherwise', async () => {
    jest.spyOn(app.storage.manager, 'update').mockRejectedValue(full())
    app.clock.advance(30 * MINUTE - 1)
    expect((await by(app, browser, 'GET', 'tokens')).status).toBe(200)
    app.clock.advance(1)
    expectProblem(await by(app, browser, 'GET', 'tokens'), 'ERR_SESSION')
  })

  test('a bug is no such storage', async () => {
    app.clock.advance(2000)
    jest.spyOn(app.storage.manager, 'update').mockRejectedValue(new Error('a bug'))
    expectProblem(await by(app, browser, 'GET', 'tokens'), 'ERR_INTERNAL')
  })
})

describe('who is calling', () => {
  test('the token of the configuration is an administrator', async () => {
    const answer = await whoAmI(OWN)
    expect(answer.body).toEqual({
      kind: 'token',
      name: 'SEALCARD_ADMIN_TOKEN',
      role: 'admin',
      expiresAt: null,
    })
  })

  test.each([32, 512])('one of %i characters is let in, as the configuration allows', async (n) => {
    const token = '~'.repeat(n)
    await app.stop()
    app = await TestApp.start({ ...IN_MEMORY, adminToken: new Secret(token) })
    expect((await whoAmI(token)).status).toBe(200)
  })

  test('any other token is refused', async () => {
    for (const [_, token] of [
      ['another', `${OWN}0`],
      ['a part', OWN.slice(0, -1)],
      ['a made-up one', `sct_${'A'.repeat(43)}`],
      ['one with something behind', `sct_${'A'.repeat(43)} x`],
      ['an empty one', ''],
    ] as const) {
      const headers = { authorization: `Bearer ${token}` }
      expectProblem(await app.call('GET', '/v1/admin/session', { headers }), 'ERR_SESSION')
    }
  })

  test('with both a token and a cookie the token counts, good or bad', async () => {
    const { cookie } = browser
    const { token } = (await create()).body
    expect((await whoAmI(token, { cookie })).body.kind).toBe('token')
    expectProblem(await whoAmI(`sct_${'A'.repeat(43)}`, { cookie }), 'ERR_SESSION')
    // What a proxy in front sends for itself is not meant for us.
    const headers = { cookie, authorization: 'Basic cHJveHk6cHJveHk=' }
    const answer = await app.call('GET', '/v1/admin/session', { headers })
    expect(answer.body.kind).toBe('account')
  })

  test('what is about an own account is not for tokens', async () => {
    for (const path of ['password', 'totp', 'totp/confirmation'])
      expectProblem(
        await app.call('POST', `/v1/admin/session/${path}`, { token: OWN, body: {} }),
        'ERR_FORBIDDEN',
      )
    expectProblem(await app.call('DELETE', '/v1/admin/session', { token: OWN }), 'ERR_FORBIDDEN')
  })

  test('a member’s token is refused here, and an administrator’s token is refused there', async () => {
    const alice = await app.login('alice')
    expectProblem(await whoAmI(alice), 'ERR_SESSION')
    expectProblem(await app.call('GET', '/v1/cards', { token: OWN }), 'ERR_SESSION')
    const headers = { cookie: browser.cookie }
    expectProblem(await app.call('GET', '/v1/cards', { headers }), 'ERR_SESSION')
  })
})
