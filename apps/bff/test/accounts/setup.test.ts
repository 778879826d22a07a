import { AdminAccountsService } from '../../src/accounts/admin-accounts.service.js'
import { SetupTokens } from '../../src/accounts/setup-tokens.js'
import { HOUR } from '../../src/core/time.js'
import { RetentionService } from '../../src/lifecycle/retention.service.js'
import { administrator, login, PASSWORD } from '../kit/administrators.js'
import { IN_MEMORY } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import { type Answer, TestApp } from '../kit/test-app.js'

let app: TestApp
beforeEach(async () => {
  app = await TestApp.start(IN_MEMORY)
})
/** Where a second process is looked at. */
const onDisk = async () => {
  await app.stop()
  app = await TestApp.start()
}
afterEach(() => app.stop())

const issue = (of = app) => of.nest.get(SetupTokens, { strict: false }).issueFirst()
const setUp = (token = '', change: object = {}): Promise<Answer> =>
  app.call('POST', '/v1/admin/setup', {
    body: { token, name: 'root', password: PASSWORD, ...change },
  })
const names = async () =>
  (await app.nest.get(AdminAccountsService, { strict: false }).list()).map(({ name }) => name)

describe('the token of the first start', () => {
  test('makes the first administrator, who then gets a second factor', async () => {
    const token = (await issue())?.token
    expect(token).toMatch(/^[\w-]{43}$/)
    const answer = await setUp(token)
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      name: 'root',
      role: 'admin',
      enrolled: false,
      createdBy: 'setup',
    })
    const entered = await app.call('POST', '/v1/admin/session', {
      body: { name: 'root', password: PASSWORD },
    })
    expect(entered.body).toMatchObject({ role: 'admin', enrolled: false })
  })

  test('of a hundred uses at the same moment makes one account', async () => {
    const token = (await issue())?.token
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => setUp(token, { name: `root-${i}` })),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    const lost = answers.filter(({ status }) => status !== 201).map(({ body }) => body.code)
    for (const code of lost) expect(code).toMatch(/^ERR_(LOGIN_REJECTED|RATE_LIMITED)$/)
    expect(await names()).toHaveLength(1)
  })

  test('is printed by one of the processes that start together', async () => {
    await onDisk()
    const others = [await app.beside(), await app.beside()]
    const issued = await Promise.all([app, ...others].map((one) => issue(one)))
    expect(issued.filter((one) => one !== null)).toHaveLength(1)
    expect((await setUp(issued.find((one) => one !== null)?.token)).status).toBe(201)
    for (const other of others) await other.nest.close()
  })

  test('that is still valid is not printed again; after an hour a new one is, and only that is valid', async () => {
    const first = await issue()
    app.clock.advance(HOUR - 1)
    expect(await issue()).toBeNull()
    app.clock.advance(1)
    expectProblem(await setUp(first?.token), 'ERR_LOGIN_REJECTED')
    const second = await issue()
    expectProblem(await setUp(first?.token), 'ERR_LOGIN_REJECTED')
    expect((await setUp(second?.token)).status).toBe(201)
  })

  test('is not made where there is an account, and worth nothing once there is one', async () => {
    const token = (await issue())?.token
    await administrator(app, 'ann')
    expect(await issue()).toBeNull()
    expectProblem(await setUp(token), 'ERR_LOGIN_REJECTED')
    expect(await names()).toEqual(['ann'])
  })

  test('loses against an account that a command makes at the same moment, or wins; never both', async () => {
    await onDisk()
    const token = (await issue())?.token
    const beside = await app.beside()
    const [answer] = await Promise.all([setUp(token), administrator(beside, 'ann')])
    const made = await names()
    expect(made).toContain('ann')
    // The token makes an account only if the command did not make one first.
    expect(made.includes('root')).toBe(answer.status === 201)
    await beside.nest.close()
  })

  test('is kept as a hash, and goes when it has ended', async () => {
    const { token = '' } = (await issue()) ?? {}
    const rows = () => app.storage.query('SELECT * FROM admin_setup_tokens')
    expect(JSON.stringify(await rows())).not.toContain(token)
    app.clock.advance(HOUR)
    await app.nest.get(RetentionService).run()
    expect(await rows()).toEqual([])
  })

  test('needs a name and a long password', async () => {
    const token = (await issue())?.token
    for (const [change, path] of [
      [{ name: undefined }, 'name'],
      [{ name: 'Root' }, 'name'],
      [{ password: 'eleven char' }, 'password'],
      [{ role: 'admin' }, 'role'],
      [{ token: 'x' }, 'token'],
    ] as const) {
      const answer = await setUp(token, change)
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe(path)
      expect(await names()).toEqual([])
    }
  })
})

test('no login succeeds without an account', async () => {
  const nobody = { id: '', name: 'root', password: PASSWORD, secret: 'A'.repeat(32) }
  expectProblem(await login(app, nobody), 'ERR_LOGIN_REJECTED')
})
