import { AdminAccountsRepository } from '../../../src/accounts/admin-accounts.repository.js'
import { AutomationTokens } from '../../../src/accounts/automation-tokens.js'
import { PasswordHasher } from '../../../src/accounts/password-hasher.js'
import { AppHealthService } from '../../../src/admin/apps/app-health.service.js'
import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import { administrator, cookiesOf, enter, login, PASSWORD } from '../../kit/administrators.js'
import { ROOMY } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import type { Answer, TestApp } from '../../kit/test-app.js'
import { giveUpUnfinished, statusBeforeBody } from '../../kit/unfinished.js'

let app: TestApp
afterEach(() => {
  giveUpUnfinished()
  return app.stop()
})

/** Work that does not finish until the test says so. */
const held = <T>(value: T) => {
  let release = () => {}
  const until = new Promise<void>((resolve) => (release = resolve))
  return { work: () => until.then(() => value), release }
}
const until = async (so: () => boolean) => {
  while (!so()) await new Promise(setImmediate)
}
const guess = (app: TestApp, name: string, headers: Record<string, string> = {}) =>
  app.call('POST', '/v1/admin/session', { body: { name, password: PASSWORD }, headers })

describe('administrators share no line with strangers', () => {
  beforeEach(async () => {
    app = await startAdmin()
  })

  test.each([
    // By the hasher, behind the limit of guesses at once.
    [10, PasswordHasher, 'verify', false],
    // By the storage, before that: as many as there are places to hash and to wait for it.
    [22, AdminAccountsRepository, 'findByName', null],
  ] as const)(
    'while %d guesses are held up, more get a 503, and an administrator still revokes a card',
    async (places, type, method, value) => {
      const { cardId } = await app.shared(await app.login('alice'))
      const { work, release } = held(value as never)
      const service = app.nest.get(type as never, { strict: false })
      const holding = jest.spyOn(service, method as never).mockImplementation(work as never)
      const answers: Answer[] = []
      const guesses = Promise.all(
        Array.from({ length: 320 }, async (_, i) => answers.push(await guess(app, `n${i}`))),
      )
      // Everybody else has an answer.
      await until(() => answers.length === 320 - places)
      expect(holding).toHaveBeenCalledTimes(places)
      for (const answer of answers) expectProblem(answer, 'ERR_RATE_LIMITED')
      expect(answers.every(({ headers }) => Number(headers['retry-after']) > 0)).toBe(true)
      const revoked = await asAdmin(app, 'POST', `cards/${cardId}/revoke`, { reason: 'leaked' })
      expect(revoked.status).toBe(200)
      release()
      await guesses
    },
  )

  test('a request with an unknown token holds no place of theirs', async () => {
    const tokens = app.nest.get(AutomationTokens, { strict: false })
    const { work, release } = held(null)
    const find = jest.spyOn(tokens, 'find').mockImplementation(work)
    const strangers = Promise.all(
      Array.from({ length: 50 }, () =>
        app.call('GET', '/v1/admin/apps', { token: 'x'.repeat(40) }),
      ),
    )
    await until(() => find.mock.calls.length === 50)
    expect((await asAdmin(app, 'GET', 'apps')).status).toBe(200)
    release()
    for (const answer of await strangers) expectProblem(answer, 'ERR_SESSION')
  })

  test.each([
    ['token', { authorization: `Bearer ${'x'.repeat(40)}` }],
    ['cookie', { cookie: `__Host-sealcard=${'x'.repeat(43)}` }],
    ['identity', {}],
  ])('a bad %s does not wait behind administrators', async (_, headers) => {
    const { work, release } = held({} as never)
    const health = jest.spyOn(app.nest.get(AppHealthService, { strict: false }), 'health')
    health.mockImplementation(work)
    const places = Promise.all(Array.from({ length: 16 }, () => asAdmin(app, 'GET', 'health')))
    await until(() => health.mock.calls.length === 16)
    expectProblem(await app.call('GET', '/v1/admin/apps', { headers }), 'ERR_SESSION')
    release()
    await places
  })

  test('a body behind a bad token is not read', async () => {
    const route = { method: 'PUT', url: '/v1/admin/policy' }
    const headers = { 'content-type': 'application/json', 'content-length': 60_000 }
    expect(await statusBeforeBody(app, route, headers)).toBe(401)
    const authorization = `Bearer ${'x'.repeat(40)}`
    expect(await statusBeforeBody(app, route, { ...headers, authorization })).toBe(401)
  })
})

describe('the guesses of all unknown browsers, taken together', () => {
  const from = (i: number) => ({ 'x-forwarded-for': `198.51.100.${i}` })
  beforeEach(async () => {
    app = await startAdmin({
      limits: { ...ROOMY, adminGuessesPerMinute: 3 },
      trustedProxies: ['127.0.0.1'],
    })
  })

  test('are limited each minute, whatever names and addresses they have', async () => {
    const hasher = jest.spyOn(app.nest.get(PasswordHasher, { strict: false }), 'verify')
    for (let i = 0; i < 3; i++)
      expectProblem(await guess(app, `n${i}`, from(i)), 'ERR_LOGIN_REJECTED')
    const limited = await guess(app, 'n4', from(4))
    expectProblem(limited, 'ERR_RATE_LIMITED')
    expect(limited.headers['retry-after']).toBe('5')
    expect(hasher).toHaveBeenCalledTimes(3)
    app.clock.advance(60_000)
    expectProblem(await guess(app, 'n4', from(4)), 'ERR_LOGIN_REJECTED')
  })

  test('leave a browser that logged in before alone, and right ones do not count', async () => {
    const root = await administrator(app)
    for (let i = 0; i < 5; i++) await enter(app, root)
    app.clock.advance(60_000)
    const known = cookiesOf(await login(app, root))
    app.clock.advance(30_000)
    for (let i = 0; i < 4; i++) await guess(app, `n${i}`, from(i))
    expectProblem(await login(app, root, {}, from(5)), 'ERR_RATE_LIMITED')
    expect((await login(app, root, {}, { cookie: known })).status).toBe(201)
  })
})
