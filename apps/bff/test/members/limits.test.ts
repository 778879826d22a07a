import { countCases, scale } from '@sealcard/testing'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { DAY } from '../../src/core/time.js'
import { OpeningEntity } from '../../src/members/openings/opening.entity.js'
import { DEFAULTS, IN_MEMORY, ROOMY, WECHAT } from '../kit/config.js'
import { key, wechatProof } from '../kit/proofs.js'
import { TestApp } from '../kit/test-app.js'

const junk = { encryptedData: 'AAAA', iv: 'AAAA' }
let app: TestApp
afterEach(() => app.stop())

describe('B3 rejected proofs', () => {
  beforeEach(async () => {
    app = await TestApp.start({ limits: { ...DEFAULTS, loginsPerPersonPerMinute: 100 } })
  })

  test('B3 ten within ten minutes end the session', async () => {
    const token = await app.login('mallory')
    for (let i = 0; i < 10; i++) expect((await app.open(token, 'x', junk)).status).toBe(403)
    expect((await app.open(token, 'x', junk)).body.code).toBe('ERR_SESSION')
    expect((await app.call('GET', '/v1/cards', { token })).body.code).toBe('ERR_SESSION')
  })

  test('B3 nine, and one when ten minutes are over, do not', async () => {
    const token = await app.login('mallory')
    for (let i = 0; i < 9; i++) await app.open(token, 'x', junk)
    app.clock.advance(600_000)
    expect((await app.open(token, 'x', junk)).status).toBe(403)
    expect((await app.call('GET', '/v1/cards', { token })).status).toBe(200)
  })

  test('B3 a hundred at once get ten answers', async () => {
    const token = await app.login('mallory')
    const answers = await Promise.all(Array.from({ length: 100 }, () => app.open(token, 'x', junk)))
    const codes = answers.map(({ body }) => body.code).sort()
    expect(codes.filter((code) => code === 'ERR_PROOF_REJECTED')).toHaveLength(10)
    expect(codes.filter((code) => code === 'ERR_SESSION')).toHaveLength(90)
  })

  test('B3 thirty within an hour stop the person, whatever the session, across a restart', async () => {
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
    const told = () =>
      app.storage.manager.findBy(AuditEntryEntity, { subject: shareId, kind: 'opening' })
    for (let i = 0; i < 5; i++) expect((await app.open(token, shareId, good)).status).toBe(429)
    expect(await told()).toMatchObject([
      { decision: 'refused', reason: 'rate_limited network=127.0.0.0/24' },
    ])
    app.clock.advance(60_000)
    expect((await app.open(token, shareId, good)).status).toBe(429)
    // The audit records a flood of them once a minute.
    expect(await told()).toHaveLength(2)
    app.clock.advance(3_480_000)
    expect((await app.open(token, shareId, good)).status).toBe(201)
  })

  test('B3 those of a clock that was a day ahead count no more once it is right; those of one an hour ahead do', async () => {
    const { shareId, declared } = await app.shared(await app.login('alice'))
    const wrong = async (ahead: number) => {
      app.clock.advance(ahead)
      for (let i = 0; i < 30; i++) await app.open(await app.login('mallory'), 'x', junk)
      app.clock.advance(-ahead)
    }
    const good = (nonce: string) => wechatProof(key('mallory'), declared, nonce)
    await wrong(DAY)
    expect((await app.open(await app.login('mallory'), shareId, good('1'))).status).toBe(201)
    await wrong(3_599_999)
    const limited = await app.open(await app.login('mallory'), shareId, good('2'))
    expect(limited.body.code).toBe('ERR_RATE_LIMITED')
    expect(limited.headers['retry-after']).toBe('7200')
  })

  test('B3 the rejected proofs of one person cost no other person anything, nor their own next opening', async () => {
    const alice = await app.login('alice')
    const { shareId, declared } = await app.shared(alice)
    for (let i = 0; i < 29; i++) await app.open(await app.login('clumsy'), shareId, junk)
    for (const person of ['clumsy', 'bob']) {
      const token = await app.login(person)
      const answer = await app.open(token, shareId, wechatProof(key(person), declared))
      expect(answer.status).toBe(201)
    }
  })

  test('B3 from two processes there are ten answers, and thirty in an hour, not twice as many', async () => {
    const beside = await app.beside()
    const either = (i: number) => (i % 2 ? app : beside)
    const token = await app.login('mallory')
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => either(i).open(token, 'x', junk)),
    )
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(10)
    for (let i = 0; i < 20; i++) await either(i).open(await app.login('mallory'), 'x', junk)
    const limited = await beside.open(await app.login('mallory'), 'x', junk)
    expect(limited.body.code).toBe('ERR_RATE_LIMITED')
    await beside.nest.close()
  })

  test('B3 what the platform itself denies is counted for the owner and costs the denied nothing', async () => {
    const alice = await app.login('alice')
    const [theirs, his] = [await app.shared(alice), await app.shared(alice)]
    const bob = await app.login('bob')
    const deny = (shareId: string) => app.open(bob, shareId, { encryptedData: '', iv: '' })
    for (let i = 0; i < 40; i++) {
      for (const shareId of [theirs.shareId, 'AAAAAAAAAAAAAAAAAAAAAA']) {
        expect((await deny(shareId)).body.code).toBe('ERR_PROOF_REJECTED')
      }
    }
    const good = wechatProof(key('bob'), his.declared)
    expect((await app.open(bob, his.shareId, good)).status).toBe(201)
    const { body } = await app.call('GET', `/v1/cards/${theirs.cardId}`, { token: alice })
    expect(body.openings).toMatchObject({ viewers: 0, total: 0, refused: 40 })
    // Nine that did not open and any number of denials leave the tenth.
    for (let i = 0; i < 9; i++) await app.open(bob, theirs.shareId, junk)
    await deny(theirs.shareId)
    expect((await app.open(bob, theirs.shareId, junk)).status).toBe(403)
    expect((await app.open(bob, theirs.shareId, junk)).body.code).toBe('ERR_SESSION')
  })

  test('B3 a flood of denials is recorded once a minute for each person and share', async () => {
    const alice = await app.login('alice')
    const shares = [await app.shared(alice), await app.shared(alice)].map((one) => one.shareId)
    const people = [await app.login('bob'), await app.login('carol')]
    const told = async () => {
      const { manager } = app.storage
      const entries = await manager.countBy(AuditEntryEntity, {
        kind: 'opening',
        reason: 'no_proof network=127.0.0.0/24',
      })
      expect(await manager.countBy(OpeningEntity, { reason: 'no_proof' })).toBe(entries)
      return entries
    }
    const flood = async () => {
      for (const token of people) {
        for (const shareId of [...shares, 'AAAAAAAAAAAAAAAAAAAAAA', 'BBBBBBBBBBBBBBBBBBBBBA']) {
          for (let i = 0; i < 5; i++) await app.open(token, shareId, { encryptedData: '', iv: '' })
        }
      }
    }
    await flood()
    expect(await told()).toBe(8)
    app.clock.advance(60_000)
    await flood()
    expect(await told()).toBe(16)
  })

  test('B3 a proven recipient who is refused the truth is not counted', async () => {
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

describe('B3 the forging budget', () => {
  /** What the forging tool needs for one proof. */
  const QUERIES = 11_000

  test('B3 at the limits as they are, 11,000 questions take 15 days and more', async () => {
    app = await TestApp.start({ ...IN_MEMORY, limits: DEFAULTS })
    const { clock } = app
    const start = clock.now()
    const wanted = scale(120, QUERIES, 60)
    countCases(wanted)
    let asked = 0
    const again = async (): Promise<string> => {
      for (;;) {
        const body = { app: WECHAT, code: `mallory|${key('mallory')}` }
        const login = await app.call('POST', '/v1/sessions', { body })
        if (login.status === 201) return login.body.token
        clock.advance(Number(login.headers['retry-after']) * 1000)
      }
    }
    let token = await app.login('mallory')
    // The greediest client: waits only as long as Retry-After says, and logs in again at once.
    while (asked < wanted) {
      const answer = await app.open(token, 'x', junk)
      if (answer.body.code === 'ERR_PROOF_REJECTED') asked += 1
      else if (answer.body.code === 'ERR_RATE_LIMITED') {
        clock.advance(Number(answer.headers['retry-after']) * 1000)
      } else token = await again()
    }
    // The first hour's questions come at once; every later one is paid for.
    const burst = DEFAULTS.rejectedProofsPerPersonPerHour
    const each = (clock.now() - start) / (wanted - burst)
    expect((each * (QUERIES - burst)) / DAY).toBeGreaterThanOrEqual(15)
  })
})

describe('logins', () => {
  test('B3 six a minute for one person, across a restart; the key of the seventh counts nevertheless', async () => {
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

  test('B3 from one address', async () => {
    app = await TestApp.start({ limits: { ...ROOMY, loginsPerAddressPerMinute: 3 } })
    for (const person of ['a', 'b', 'c']) await app.login(person)
    const limited = await app.call('POST', '/v1/sessions', { body: { app: WECHAT, code: 'd|k' } })
    expect(limited.body.code).toBe('ERR_RATE_LIMITED')
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
    app.clock.advance(60_000)
    await app.login('d')
  })
})

describe('what costs an address no login', () => {
  const limits = { ...ROOMY, loginsPerAddressPerMinute: 2 }
  const login = (body: object) => app.call('POST', '/v1/sessions', { body })

  test('B3 an app that does not exist, however often', async () => {
    app = await TestApp.start({ limits })
    for (let i = 0; i < 10; i++)
      expect((await login({ app: 'nosuch', code: 'x' })).body.code).toBe('ERR_NOT_FOUND')
    await app.login('bob')
  })

  test('B3 an outage of the platform; a code that it refuses costs one', async () => {
    app = await TestApp.start({ limits })
    app.wechat.down = true
    for (let i = 0; i < 10; i++)
      expect((await login({ app: WECHAT, code: 'x|y' })).body.code).toBe('ERR_PLATFORM_UNAVAILABLE')
    app.wechat.down = false
    expect((await login({ app: WECHAT, code: 'refused' })).body.code).toBe('ERR_LOGIN_REJECTED')
    await app.login('bob')
    expect((await login({ app: WECHAT, code: `carol|${key('carol')}` })).status).toBe(429)
  })

  test('B3 of many at once no more reach the platform than of many in a row', async () => {
    app = await TestApp.start({ limits })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => login({ app: WECHAT, code: 'refused' })),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(2)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(18)
  })
})

describe('requests from one address', () => {
  const limits = { ...ROOMY, requestsPerAddressPerSecond: 5 }
  const get = (forwarded?: string) =>
    app.call('GET', '/v1/cards', { headers: forwarded ? { 'x-forwarded-for': forwarded } : {} })

  test('B3 are limited each second; being asked for health is not', async () => {
    app = await TestApp.start({ limits })
    for (let i = 0; i < 5; i++) expect((await get()).status).toBe(401)
    expect(await get()).toMatchObject({ status: 429, headers: { 'retry-after': '1' } })
    expect((await app.call('GET', '/nowhere')).status).toBe(429)
    expect((await app.call('GET', '/readyz')).status).toBe(200)
    app.clock.advance(1000)
    expect((await get()).status).toBe(401)
  })

  test('B3 a made-up X-Forwarded-For changes nothing', async () => {
    app = await TestApp.start({ limits })
    for (let i = 0; i < 5; i++) await get(`10.0.0.${i}`)
    expect((await get('10.0.0.99')).status).toBe(429)
  })

  test('B3 nor does any other header that names an address, nor a proxy that is not this one', async () => {
    app = await TestApp.start({ limits, trustedProxies: ['10.9.9.9', '192.168.0.0/16'] })
    const spoofs = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'client-ip', 'true-client-ip']
    for (const [i, name] of spoofs.entries()) {
      await app.call('GET', '/v1/cards', { headers: { [name]: `10.9.9.9, 10.0.0.${i}` } })
    }
    const answer = await get('10.9.9.9, 10.0.0.99')
    expect(answer.status).toBe(429)
    expect(answer.headers['retry-after']).toBe('1')
  })

  test('B3 a trusted hop is one with its port, too, and in brackets', async () => {
    app = await TestApp.start({ limits, trustedProxies: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'] })
    for (const hop of ['10.0.0.6:443', '[fd00::6]:443', '[fd00::6]', '::ffff:10.0.0.6']) {
      for (let i = 0; i < 8; i++) {
        const answer = await get(`203.0.113.${i}:5000${i}, ${hop}`)
        expect([hop, answer.status]).toEqual([hop, 401])
        app.clock.advance(100)
      }
      app.clock.advance(1000)
    }
    for (let i = 0; i < 5; i++) await get(`6.6.6.${i}, 203.0.113.7:5000${i}, 10.0.0.6:443`)
    expect((await get('203.0.113.7:60000, 10.0.0.6:443')).status).toBe(429)
  })

  test('B3 logins are counted by the same address', async () => {
    app = await TestApp.start({ limits: { ...ROOMY, loginsPerAddressPerMinute: 3 } })
    const login = (i: number) =>
      app.call('POST', '/v1/sessions', {
        body: { app: WECHAT, code: `p${i}|${key('p')}` },
        headers: { 'x-forwarded-for': `10.0.0.${i}` },
      })
    for (let i = 0; i < 3; i++) expect((await login(i)).status).toBe(201)
    const limited = await login(4)
    expect(limited.body.code).toBe('ERR_RATE_LIMITED')
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(limited.headers['retry-after'])).toBeLessThanOrEqual(60)
  })

  test('B3 a trusted proxy is believed, and only its own entry', async () => {
    app = await TestApp.start({ limits, trustedProxies: ['127.0.0.1'] })
    for (let i = 0; i < 8; i++) expect((await get(`10.0.0.${i}`)).status).toBe(401)
    for (let i = 0; i < 4; i++) await get(`6.6.6.${i}, 10.0.0.1`)
    expect((await get('7.7.7.7, 10.0.0.1')).status).toBe(429)
  })
})
