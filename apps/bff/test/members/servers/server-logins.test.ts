import fc from 'fast-check'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { MINUTE, SECOND } from '../../../src/core/time.js'
import { SessionEntity } from '../../../src/members/sessions/session.entity.js'
import { ViewerKeysEntity } from '../../../src/members/sessions/viewer-keys.js'
import { ViewerEntity } from '../../../src/members/sessions/viewer.entity.js'
import { DEFAULTS, WECHAT, WECHAT_B, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key } from '../../kit/proofs.js'
import { ADMIN_TOKEN, SERVER_CONFIG, ServerWorld } from '../../kit/server-world.js'

let world: ServerWorld
beforeAll(async () => {
  world = await ServerWorld.start()
})
afterAll(() => world.app.stop())

const good = { platformId: 'oAlice', sessionKey: key('alice') }
const login = (change: object, of = world) => of.call('POST', '/sessions', { ...good, ...change })

/** What the keys of the sessions of a person open now. */
const opens = async (token: string, keyName: string) => {
  const share = await world.shared()
  const { status } = await world.open(token, share, keyName, `${world.app.clock.now()} ${keyName}`)
  return status
}

describe('an app whose back-end exchanges the code', () => {
  test('gets a session for the openid and the session key, as by a code', async () => {
    const answer = await login({})
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.body).sort()).toEqual(['expiresAt', 'token', 'viewer'])
    expect(answer.body.viewer.id).toMatch(/^\w{22}$/)
    expect(answer.headers['cache-control']).toBe('no-store')
    const { body } = await world.app.call('GET', '/v1/me', { token: answer.body.token })
    expect(body).toMatchObject({ id: answer.body.viewer.id, app: WECHAT })
  })

  test('takes no code: a second exchange would spoil the key of the first', async () => {
    for (const app of [WECHAT, WECOM]) {
      const code = `oAlice|${key('other')}`
      const answer = await world.app.call('POST', '/v1/sessions', { body: { app, code } })
      expectProblem(answer, 'ERR_FORBIDDEN')
    }
    const body = { app: WECHAT_B, code: `oAlice|${key('other')}` }
    expect((await world.app.call('POST', '/v1/sessions', { body })).status).toBe(201)
  })

  test('hands nothing over where the service exchanges the code', async () => {
    expectProblem(await login({}, await world.of(WECHAT_B)), 'ERR_FORBIDDEN')
  })

  test('again for the same person: the new key is current, the old one previous, and sessions stay', async () => {
    const first = await world.login('oRotating', 'one')
    expect(await opens(first, 'one')).toBe(201)
    const second = await world.login('oRotating', 'two')
    for (const token of [first, second])
      expect([await opens(token, 'two'), await opens(token, 'one')]).toEqual([201, 201])
    world.app.clock.advance(5 * MINUTE - SECOND)
    expect(await opens(first, 'one')).toBe(201)
    world.app.clock.advance(SECOND)
    expect([await opens(first, 'one'), await opens(first, 'two')]).toEqual([403, 201])
  })

  test('the same key again changes nothing, not even the end of the one before', async () => {
    const token = await world.login('oSame', 'one')
    await world.login('oSame', 'two')
    world.app.clock.advance(4 * MINUTE)
    await world.login('oSame', 'two')
    world.app.clock.advance(MINUTE)
    expect([await opens(token, 'one'), await opens(token, 'two')]).toEqual([403, 201])
  })

  test('a userid of WeCom is the same person in any case', async () => {
    const wecom = await world.of(WECOM)
    const ids = []
    for (const platformId of ['ZhangSan', 'zhangsan', 'ZHANGSAN'])
      ids.push((await login({ platformId }, wecom)).body.viewer.id)
    expect(new Set(ids).size).toBe(1)
    expect((await login({ platformId: 'oalice' })).body.viewer.id).not.toBe(
      (await login({ platformId: 'oAlice' })).body.viewer.id,
    )
  })

  test('a person whom an administrator blocked is refused, whatever the key', async () => {
    const { viewer } = (await login({ platformId: 'oBlocked' })).body
    const by = { token: ADMIN_TOKEN, body: { reason: 'left' } }
    await world.app.call('POST', `/v1/admin/viewers/${viewer.id}/block`, by)
    expectProblem(
      await login({ platformId: 'oBlocked', sessionKey: key('new') }),
      'ERR_LOGIN_REJECTED',
    )
    await world.app.call('POST', `/v1/admin/viewers/${viewer.id}/unblock`, by)
    expect((await login({ platformId: 'oBlocked' })).status).toBe(201)
  })

  test('each person has their limit of logins', async () => {
    const strict = await ServerWorld.start({ limits: DEFAULTS })
    const statuses = []
    for (let n = 0; n < 7; n++) statuses.push((await login({}, strict)).status)
    expect(statuses).toEqual([201, 201, 201, 201, 201, 201, 429])
    expect((await login({ platformId: 'oOther' }, strict)).status).toBe(201)
    await strict.app.stop()
  })

  test('the audit names the token that handed the login over', async () => {
    const { viewer } = (await login({ platformId: 'oAudited' })).body
    const entries = await world.app.storage.manager.findBy(AuditEntryEntity, { actor: viewer.id })
    expect(entries).toMatchObject([
      { kind: 'session.open', reason: expect.stringMatching(/^token:\w{22}$/) },
    ])
  })
})

describe('a session key', () => {
  const wrong: [string, unknown][] = [
    ['left out', undefined],
    ['a number', 12],
    ['empty', ''],
    ['15 bytes', Buffer.alloc(15).toString('base64')],
    ['17 bytes', Buffer.alloc(17).toString('base64')],
    ['32 bytes', Buffer.alloc(32).toString('base64')],
    ['without padding', key('alice').slice(0, 22)],
    ['base64url', 'ab-_'.repeat(5) + 'ab=='],
    ['bits that no byte has', `${'A'.repeat(21)}B==`],
    ['with a blank', ` ${key('alice')}`],
    ['hex', 'ab'.repeat(16)],
  ]
  test.each(wrong)(
    'that is %s is refused; the error names it and does not repeat it',
    async (_, sessionKey) => {
      const answer = await login({ sessionKey })
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues).toMatchObject([{ path: 'sessionKey' }])
      if (typeof sessionKey === 'string' && sessionKey !== '')
        expect(answer.text).not.toContain(sessionKey)
    },
  )

  test('is taken when it is any 16 bytes in base64', async () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })
    await fc.assert(
      fc.asyncProperty(bytes, async (some) => {
        const sessionKey = Buffer.from(some).toString('base64')
        expect((await login({ platformId: 'oAnyKey', sessionKey })).status).toBe(201)
      }),
      { numRuns: 20 },
    )
  })

  test('is sealed in the database', async () => {
    const sessionKey = key('sealed')
    await login({ platformId: 'oSealed', sessionKey })
    const rows = await world.app.storage.manager.find(ViewerKeysEntity)
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(sessionKey)
  })
})

describe('a person of a login', () => {
  test.each([
    ['platformId', { platformId: '' }],
    ['platformId', { platformId: 'x'.repeat(129) }],
    ['platformId', { platformId: 'two words' }],
    ['platformId', { platformId: undefined }],
    ['name', { name: '' }],
    ['name', { name: 'x'.repeat(33) }],
    ['name', { name: '\u200b' }],
    ['name', { name: null }],
    ['code', { code: 'x' }],
  ])('is refused by %s: %j', async (field, change) => {
    const answer = await login(change)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues).toMatchObject([{ path: field }])
  })

  test('has the name that the back-end gave last, and keeps it without one', async () => {
    const named = async (name?: string) => {
      const { token } = (await login({ platformId: 'oNamed', name })).body
      return (await world.app.call('GET', '/v1/me', { token })).body.name
    }
    expect([await named(), await named('张三'), await named(), await named('张  三')]).toEqual([
      undefined,
      '张三',
      '张三',
      '张 三',
    ])
  })

  test('has none where names are switched off', async () => {
    const apps = SERVER_CONFIG.apps!
    const off = await ServerWorld.start({ apps: apps.map((app) => ({ ...app, names: 'off' })) })
    const { token } = (await login({ name: '张三' }, off)).body
    expect((await off.app.call('GET', '/v1/me', { token })).body).toMatchObject({ nameFrom: 'off' })
    expect(await off.app.storage.manager.findOneBy(ViewerEntity, {})).toMatchObject({
      sealedName: null,
    })
    await off.app.stop()
  })

  test('of WeCom keeps that name although the directory has another', async () => {
    const wecom = await world.of(WECOM)
    world.app.wecom.names.set('lisi', 'Directory')
    const named = async (name?: string) => {
      const { token } = (await login({ platformId: 'lisi', name }, wecom)).body
      return (await world.app.call('GET', '/v1/me', { token })).body
    }
    expect(await named('李四')).toMatchObject({ name: '李四', nameFrom: 'platform' })
    expect(await named()).toMatchObject({ name: '李四' })
  })

  test('has one session for each login', async () => {
    const { viewer } = (await login({ platformId: 'oTwice' })).body
    await login({ platformId: 'oTwice' })
    const count = await world.app.storage.manager.countBy(SessionEntity, { viewerId: viewer.id })
    expect(count).toBe(2)
  })
})
