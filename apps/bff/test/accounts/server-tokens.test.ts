import { HOUR, MINUTE } from '../../src/core/time.js'
import { ROOMY, WECHAT, WECHAT_B } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import { key } from '../kit/proofs.js'
import { ADMIN_TOKEN, SERVER_CONFIG, ServerWorld } from '../kit/server-world.js'
import { TestApp } from '../kit/test-app.js'

let world: ServerWorld
beforeAll(async () => {
  world = await ServerWorld.start({
    limits: { ...ROOMY, serverRequestsPerTokenPerMinute: 3 },
  })
})
afterAll(() => world.app.stop())

const create = (change: object) =>
  world.app.call('POST', '/v1/admin/tokens', {
    token: ADMIN_TOKEN,
    body: {
      name: 'shop',
      role: 'server',
      app: WECHAT,
      expiresAt: new Date(world.app.clock.now() + HOUR).toISOString(),
      ...change,
    },
  })
const login = (platformId: string) =>
  world.call('POST', '/sessions', { platformId, sessionKey: key(platformId) })

describe('a token of the role server', () => {
  test('is bound to one app, which the list shows', async () => {
    const { status, body } = await create({})
    expect([status, body.role, body.app]).toEqual([201, 'server', WECHAT])
    const listed = await world.app.call('GET', '/v1/admin/tokens', { token: ADMIN_TOKEN })
    const own = listed.body.items.filter((token: { id: string }) => token.id === body.id)
    expect(own).toMatchObject([{ role: 'server', app: WECHAT }])
  })

  test.each([
    ['without an app', { app: undefined }],
    ['with an app that is not there', { app: 'nowhere' }],
    ['with an empty app', { app: '' }],
    ['of another role with an app', { role: 'auditor' }],
  ])('%s is refused by the field app', async (_, change) => {
    const answer = await create(change)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues).toMatchObject([{ path: 'app' }])
  })

  test('is no administrator, and no account has its role', async () => {
    const { token } = (await create({})).body
    for (const path of ['/v1/admin/session', '/v1/admin/cards', '/v1/admin/tokens'])
      expectProblem(await world.app.call('GET', path, { token }), 'ERR_FORBIDDEN')
    expectProblem(await world.app.call('GET', '/v1/cards', { token }), 'ERR_SESSION')
    const body = { name: 'shop', role: 'server' }
    const account = await world.app.call('POST', '/v1/admin/accounts', { token: ADMIN_TOKEN, body })
    expectProblem(account, 'ERR_INPUT')
  })

  test('has a limit of requests of its own, each with a body counted once', async () => {
    const other = await world.of(WECHAT_B)
    const statuses = []
    for (const person of ['a', 'b', 'c', 'd']) statuses.push((await login(person)).status)
    expect(statuses).toEqual([201, 201, 201, 429])
    const late = await login('e')
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0)
    expectProblem(await other.call('GET', '/cards/x'), 'ERR_NOT_FOUND')
    world.app.clock.advance(MINUTE)
    expect((await login('e')).status).toBe(201)
  })

  test('opens nothing once its app left the configuration', async () => {
    const apps = SERVER_CONFIG.apps!.filter(({ id }) => id !== WECHAT)
    const { database: _, ...config } = SERVER_CONFIG
    const onDisk = await ServerWorld.over(await TestApp.start(config))
    const without = await onDisk.app.beside({ apps })
    const asked = { token: onDisk.token }
    expectProblem(await without.call('GET', '/v1/server/cards/x', asked), 'ERR_SESSION')
    expectProblem(await onDisk.app.call('GET', '/v1/server/cards/x', asked), 'ERR_NOT_FOUND')
    await without.nest.close()
    await onDisk.app.stop()
  })
})
