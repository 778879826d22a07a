import { DEFAULTS, ROOMY, WECHAT } from './support/config.js'
import { key, wechatProof } from './support/proofs.js'
import { TestApp } from './support/test-app.js'

const junk = { encryptedData: 'AAAA', iv: 'AAAA' }
let app: TestApp
afterEach(() => app.stop())

describe('B3 rejected proofs', () => {
  beforeEach(async () => {
    app = await TestApp.start({ limits: { ...DEFAULTS, loginsPerPersonPerMinute: 100 } })
  })

  test('ten within ten minutes end the session', async () => {
    const token = await app.login('mallory')
    for (let i = 0; i < 10; i++) expect((await app.open(token, 'x', junk)).status).toBe(403)
    expect((await app.open(token, 'x', junk)).body.code).toBe('ERR_SESSION')
    expect((await app.call('GET', '/v1/cards', { token })).body.code).toBe('ERR_SESSION')
  })

  test('nine, and one when ten minutes are over, do not', async () => {
    const token = await app.login('mallory')
    for (let i = 0; i < 9; i++) await app.open(token, 'x', junk)
    app.clock.advance(600_000)
    expect((await app.open(token, 'x', junk)).status).toBe(403)
    expect((await app.call('GET', '/v1/cards', { token })).status).toBe(200)
  })

  test('a hundred at once get ten answers', async () => {
    const token = await app.login('mallory')
    const answers = await Promise.all(Array.from({ length: 100 }, () => app.open(token, 'x', junk)))
    const codes = answers.map(({ body }) => body.code).sort()
    expect(codes.filter((code) => code === 'ERR_PROOF_REJECTED')).toHaveLength(10)
    expect(codes.filter((code) => code === 'ERR_SESSION')).toHaveLength(90)
  })

  test('thirty within an hour stop the person, whatever the session, across a restart', async () => {
    for (let i = 0; i < 30; i++) await app.open(await app.login('mallory'), 'x', junk)
    app = await app.restart()
    const alice = await app.login('alice')
    const { shareId, declared } = await app.shared(alice)
    app.clock.advance(60_000)
    const token = await app.login('mallory')
    const good = wechatProof(key('mallory'), declared)
    const limited = await app.open(token, shareId, good)
    expect(limited.body.code).toBe('ERR_RATE_LIMITED')
    expect(limited.headers['retry-after']).toBe('3540')
    app.clock.advance(3_540_000)
    expect((await app.open(token, shareId, good)).status).toBe(201)
  })

  test('a proven recipient who is refused the truth is not counted', async () => {
    const alice = await app.login('alice')
    const { cardId, shareId, declared } = await app.shared(alice)
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    const bob = await app.login('bob')
    for (let i = 0; i < 12; i++) {
      const answer = await app.open(bob, shareId, wechatProof(key('bob'), declared, `n${i}`))
      expect(answer.body.code).toBe('ERR_CARD_REVOKED')
    }
  })
})

describe('logins', () => {
  test('six a minute for one person, across a restart; the key of the seventh counts nevertheless', async () => {
    app = await TestApp.start({ limits: DEFAULTS })
    const alice = await app.login('alice')
    const { shareId, declared } = await app.shared(alice)
    let bob = ''
    for (let i = 0; i < 6; i++) bob = await app.login('bob')
    app.clock.advance(20_000)
    app = await app.restart()
    const body = { app: WECHAT, code: `bob|${key('rotated')}` }
    const limited = await app.call('POST', '/v1/sessions', { body })
    expect(limited.body.code).toBe('ERR_RATE_LIMITED')
    expect(limited.headers['retry-after']).toBe('40')
    expect((await app.open(bob, shareId, wechatProof(key('rotated'), declared))).status).toBe(201)
    app.clock.advance(40_000)
    expect((await app.call('POST', '/v1/sessions', { body })).status).toBe(201)
  })

  test('from one address', async () => {
    app = await TestApp.start({ limits: { ...ROOMY, loginsPerAddressPerMinute: 3 } })
    for (const person of ['a', 'b', 'c']) await app.login(person)
    const limited = await app.call('POST', '/v1/sessions', { body: { app: WECHAT, code: 'd|k' } })
    expect(limited.body.code).toBe('ERR_RATE_LIMITED')
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
    app.clock.advance(60_000)
    await app.login('d')
  })
})

describe('requests from one address', () => {
  const limits = { ...ROOMY, requestsPerAddressPerSecond: 5 }
  const get = (forwarded?: string) =>
    app.call('GET', '/v1/cards', { headers: forwarded ? { 'x-forwarded-for': forwarded } : {} })

  test('are limited each second; being asked for health is not', async () => {
    app = await TestApp.start({ limits })
    for (let i = 0; i < 5; i++) expect((await get()).status).toBe(401)
    expect(await get()).toMatchObject({ status: 429, headers: { 'retry-after': '1' } })
    expect((await app.call('GET', '/nowhere')).status).toBe(429)
    expect((await app.call('GET', '/readyz')).status).toBe(200)
    app.clock.advance(1000)
    expect((await get()).status).toBe(401)
  })

  test('a made-up X-Forwarded-For changes nothing', async () => {
    app = await TestApp.start({ limits })
    for (let i = 0; i < 5; i++) await get(`10.0.0.${i}`)
    expect((await get('10.0.0.99')).status).toBe(429)
  })

  test('a trusted proxy is believed, and only its own entry', async () => {
    app = await TestApp.start({ limits, trustedProxies: ['127.0.0.1'] })
    for (let i = 0; i < 8; i++) expect((await get(`10.0.0.${i}`)).status).toBe(401)
    for (let i = 0; i < 4; i++) await get(`6.6.6.${i}, 10.0.0.1`)
    expect((await get('7.7.7.7, 10.0.0.1')).status).toBe(429)
  })
})
