import fc from 'fast-check'
import { createBffClient } from '../src/bff-client.js'
import { detectPlatform } from '../src/detect.js'
import { openAndProve } from '../src/open-card.js'
import { LOGIN_CHANGES_NOTHING_MS } from '../src/proof-memory.js'
import { OPENING } from './kit/answers.js'
import { BASE, fakeBff, problem, type BffReply as Reply } from '../src/testing/fake-bff.js'
import { fakeWx, type Answer } from './kit/fake-wx.js'
import { memoryStorage } from '../src/testing/memory-storage.js'

const OPENINGS = 'POST /v1/shares/S1/openings'
const LOGIN = 'POST /v1/sessions'
const GRANTED: Reply = { status: 201, body: OPENING }

const setUp = (kind: 'wechat' | 'wecom' = 'wechat') => {
  const fake = fakeWx(kind)
  const bff = fakeBff()
  const platform = detectPlatform(fake.wx)
  let now = 0
  const client = createBffClient({
    baseUrl: BASE,
    app: 'demo',
    request: bff.request,
    storage: memoryStorage(),
    login: () => platform.login(),
    now: () => now,
  })
  bff.on(OPENINGS, GRANTED)
  const open = () => openAndProve({ platform, client, shareId: 'S1' })
  const apis = () => fake.calls.map(({ api }) => api)
  const proofs = () =>
    bff.calls
      .filter(({ url }) => url.includes('/shares/'))
      .map(({ body }) => JSON.parse(body ?? ''))
  const later = (ms: number) => void (now += ms)
  return { fake, bff, client, platform, open, apis, proofs, later }
}

const refusal = (kind: string) => ({ outcome: 'refused', refusal: { kind } })

/** Each proof is another one, as it is on the platforms. */
const numbered = (valid = true): Answer => {
  let n = 0
  return () => ({ ok: { valid, encryptedData: `D${++n}`, iv: `I${n}` } })
}

describe.each(['wechat', 'wecom'] as const)('opening on %s', (kind) => {
  const prove = kind === 'wechat' ? 'authPrivateMessage' : 'qy.getShareInfo'

  it('costs two requests when not logged in and one when logged in', async () => {
    const { bff, open } = setUp(kind)
    await expect(open()).resolves.toEqual({ outcome: 'opened', opening: OPENING })
    expect(bff.lines()).toEqual([LOGIN, OPENINGS])
    await open()
    expect(bff.lines().slice(2)).toEqual([OPENINGS])
  })

  it('logs in before it proves', async () => {
    const { apis, open } = setUp(kind)
    await open()
    const login = kind === 'wechat' ? 'login' : 'qy.login'
    expect(apis().indexOf(login)).toBeLessThan(apis().indexOf(prove))
  })

  it('after a rotated key: one silent login, a new proof, and granted', async () => {
    const { fake, bff, client, open, proofs } = setUp(kind)
    await client.ensureSession()
    fake.answers[prove] = numbered()
    bff.on(OPENINGS, problem(403, 'ERR_PROOF_REJECTED'), GRANTED)
    await expect(open()).resolves.toMatchObject({ outcome: 'opened' })
    expect(bff.lines().slice(1)).toEqual([OPENINGS, LOGIN, OPENINGS])
    expect(proofs()).toEqual([
      { encryptedData: 'D1', iv: 'I1' },
      { encryptedData: 'D2', iv: 'I2' },
    ])
  })

  it('refuses after the second rejection', async () => {
    const { bff, open, proofs } = setUp(kind)
    bff.on(OPENINGS, problem(403, 'ERR_PROOF_REJECTED'))
    await expect(open()).resolves.toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'not-recipient', requestId: 'req-1' },
    })
    expect(proofs()).toHaveLength(2)
  })

  it('with an ended session: logs in and sends a new proof', async () => {
    const { fake, bff, client, open, proofs } = setUp(kind)
    await client.ensureSession()
    fake.answers[prove] = numbered()
    bff.on(OPENINGS, problem(401, 'ERR_SESSION'), GRANTED)
    await expect(open()).resolves.toMatchObject({ outcome: 'opened' })
    expect(proofs().map(({ iv }) => iv)).toEqual(['I1', 'I2'])
  })

  it('with a platform session that is over: logs in first, and spends no proof on it', async () => {
    const { fake, bff, client, open } = setUp(kind)
    await client.ensureSession()
    fake.answers[kind === 'wechat' ? 'checkSession' : 'qy.checkSession'] = { fail: {} }
    await expect(open()).resolves.toMatchObject({ outcome: 'opened' })
    expect(bff.lines()).toEqual([LOGIN, LOGIN, OPENINGS])
  })

  it('when the platform wants a login: logs in and proves again', async () => {
    const { fake, client, open } = setUp(kind)
    await client.ensureSession()
    let asked = 0
    fake.answers[prove] = () =>
      ++asked === 1
        ? { fail: { errMsg: `${prove}:fail`, errCode: 42013 } }
        : { ok: { valid: true, encryptedData: 'D', iv: 'I' } }
    await expect(open()).resolves.toMatchObject({ outcome: 'opened' })
  })

  it.each([
    ['ERR_CARD_REVOKED', 410, 'revoked'],
    ['ERR_CARD_EXPIRED', 410, 'expired'],
    ['ERR_VERIFY_WINDOW_CLOSED', 410, 'window-closed'],
    ['ERR_VIEW_LIMIT', 403, 'view-limit'],
    ['ERR_RATE_LIMITED', 429, 'rate-limited'],
    ['ERR_PLATFORM_UNAVAILABLE', 503, 'unreachable'],
    ['ERR_INTERNAL', 500, 'unreachable'],
    ['ERR_NOT_FOUND', 404, 'unreachable'],
  ] as const)('reports %s as it is, without a second try', async (code, status, kindOf) => {
    const { bff, open, proofs } = setUp(kind)
    bff.on(OPENINGS, problem(status, code, { 'retry-after': '9' }))
    await expect(open()).resolves.toEqual({
      outcome: 'refused',
      refusal: { kind: kindOf, retryAfter: 9, requestId: 'req-1' },
    })
    expect(proofs()).toHaveLength(1)
  })

  it('a BFF that does not answer is no refusal of the person', async () => {
    const { bff, open } = setUp(kind)
    bff.on(OPENINGS, 'down')
    await expect(open()).resolves.toMatchObject(refusal('unreachable'))
    const fresh = setUp(kind)
    fresh.bff.on(LOGIN, 'down')
    await expect(fresh.open()).resolves.toMatchObject(refusal('unreachable'))
    expect(fresh.proofs()).toEqual([])
  })
})

describe.each(['wechat', 'wecom'] as const)("the card's own owner, on %s", (kind) => {
  const OWN: Reply = { status: 200, body: { owner: { cardId: 'C1' } } }
  const owner = { outcome: 'owner', cardId: 'C1' }

  it('learns that it is their own card, whatever the proof holds', async () => {
    const { bff, open, proofs } = setUp(kind)
    bff.on(OPENINGS, OWN)
    await expect(open()).resolves.toEqual(owner)
    expect(proofs()).toHaveLength(1)
  })

  it('learns it too where the platform denies them a card that they sent', async () => {
    const { fake, bff, open, proofs } = setUp(kind)
    if (kind === 'wechat') fake.answers['authPrivateMessage'] = { ok: { valid: false } }
    else fake.answers['qy.getShareInfo'] = { fail: { errCode: 60233 } }
    bff.on(OPENINGS, OWN)
    await expect(open()).resolves.toEqual(owner)
    expect(proofs()).toEqual([{ encryptedData: '', iv: '' }])
  })
})

describe('without a ticket', () => {
  it('sends no request', async () => {
    const { fake, bff, open } = setUp()
    delete fake.enter.shareTicket
    await expect(open()).resolves.toMatchObject(refusal('no-ticket'))
    expect(bff.calls).toEqual([])
    expect(fake.calls).toEqual([])
  })

  it('logs in and asks again when WeCom wants a login first', async () => {
    const { fake, open } = setUp('wecom')
    let asked = 0
    fake.answers['qy.getContext'] = () =>
      ++asked === 1
        ? { fail: { errMsg: 'getContext:fail not login' } }
        : { ok: { shareTicket: 'T' } }
    await expect(open()).resolves.toMatchObject({ outcome: 'opened' })
  })
})

describe('a card whose path was changed to another share', () => {
  it('costs the person two rejected proofs at first, and one for each later try', async () => {
    const { bff, client, open, later } = setUp()
    await client.ensureSession()
    bff.on(OPENINGS, problem(403, 'ERR_PROOF_REJECTED'))
    const costs = async () => {
      const before = bff.lines().filter((line) => line === OPENINGS).length
      await expect(open()).resolves.toMatchObject(refusal('not-recipient'))
      return bff.lines().filter((line) => line === OPENINGS).length - before
    }
    expect([await costs(), await costs(), await costs()]).toEqual([2, 1, 1])
    later(LOGIN_CHANGES_NOTHING_MS)
    expect(await costs()).toBe(2)
  })

  it('keeps no other share from being mended by a login', async () => {
    const { fake, bff, client, open, platform, proofs } = setUp()
    await client.ensureSession()
    bff.on(OPENINGS, problem(403, 'ERR_PROOF_REJECTED'))
    await open()
    fake.answers['authPrivateMessage'] = numbered()
    bff.on('POST /v1/shares/S2/openings', problem(403, 'ERR_PROOF_REJECTED'), GRANTED)
    const other = await openAndProve({ platform, client, shareId: 'S2' })
    expect(other).toMatchObject({ outcome: 'opened' })
    expect(
      proofs()
        .map(({ iv }) => iv)
        .slice(-2),
    ).toEqual(['I1', 'I2'])
  })
})

describe('someone who is no recipient', () => {
  it.each(['wechat', 'wecom'] as const)(
    'is not logged in again on %s: the platform itself said no',
    async (kind) => {
      const { fake, bff, client, open, proofs } = setUp(kind)
      await client.ensureSession()
      if (kind === 'wechat') fake.answers['authPrivateMessage'] = { ok: { valid: false } }
      else fake.answers['qy.getShareInfo'] = { fail: { errMsg: 'getShareInfo:fail no permission' } }
      bff.on(OPENINGS, problem(403, 'ERR_PROOF_REJECTED'))
      await open()
      await open()
      expect(bff.lines().filter((line) => line === LOGIN)).toHaveLength(1)
      expect(proofs()).toEqual([
        { encryptedData: '', iv: '' },
        { encryptedData: '', iv: '' },
      ])
    },
  )

  it.each([
    ['wechat', '请求超时。'],
    ['wechat', '似乎已断开与互联网的连接。'],
    ['wechat', 'Unable to resolve host "servicewechat.com"'],
    ['wecom', '网络连接已中断。'],
    ['wecom', 'request connect error'],
  ] as const)(
    'is not who has no network: on %s “%s” is unreachable, and nothing is sent',
    async (kind, said) => {
      const { fake, bff, client, open, proofs } = setUp(kind)
      await client.ensureSession()
      const api = kind === 'wechat' ? 'authPrivateMessage' : 'qy.getShareInfo'
      fake.answers[api] = { fail: { errMsg: `${api}:fail ${said}` } }
      await expect(open()).resolves.toMatchObject(refusal('unreachable'))
      await new Promise((resolve) => setImmediate(resolve))
      expect(proofs()).toEqual([])
      expect(bff.lines()).toEqual([LOGIN])
    },
  )

  it('is refused, and the sender can count it: with an empty proof, never with the data of a no', async () => {
    const { fake, open, proofs } = setUp()
    fake.answers['authPrivateMessage'] = { ok: { valid: false, encryptedData: 'DATA', iv: 'IV' } }
    await expect(open()).resolves.toMatchObject(refusal('not-recipient'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(proofs()).toEqual([{ encryptedData: '', iv: '' }])
  })

  it('stays refused, whatever the answer to the empty proof seems to grant', async () => {
    const { fake, open } = setUp()
    fake.answers['authPrivateMessage'] = { ok: { valid: false } }
    await expect(open()).resolves.toMatchObject(refusal('not-recipient'))
  })

  it('is refused also when the report to the BFF fails', async () => {
    const { fake, bff, open } = setUp('wecom')
    fake.answers['qy.getShareInfo'] = { fail: { errCode: 60233 } }
    bff.on(OPENINGS, 'down')
    await expect(open()).resolves.toMatchObject(refusal('not-recipient'))
  })
})

it('a client that cannot prove says so and sends no request', async () => {
  const fake = fakeWx()
  fake.system.SDKVersion = '2.12.0'
  const bff = fakeBff()
  const platform = detectPlatform(fake.wx)
  const client = createBffClient({
    baseUrl: BASE,
    app: 'demo',
    request: bff.request,
    storage: memoryStorage(),
    login: () => platform.login(),
    now: () => 0,
  })
  const result = await openAndProve({ platform, client, shareId: 'S1' })
  expect(result).toMatchObject(refusal('unsupported'))
  expect(bff.calls).toEqual([])
})

describe('whatever fails', () => {
  const answer: fc.Arbitrary<Answer> = fc.oneof(
    fc.constant<Answer>({ ok: {} }),
    fc.constant<Answer>({ ok: { valid: true, encryptedData: 'D', iv: 'I' } }),
    fc.constant<Answer>({ ok: { valid: false, encryptedData: 'NO', iv: 'NO' } }),
    fc.record({ errMsg: fc.string(), errno: fc.integer() }).map<Answer>((fail) => ({ fail })),
    fc.constant<Answer>({ throws: new Error('boom') }),
  )
  const reply: fc.Arbitrary<Reply> = fc.constantFrom<Reply[]>(
    GRANTED,
    'down',
    problem(401, 'ERR_SESSION'),
    problem(403, 'ERR_PROOF_REJECTED'),
    problem(410, 'ERR_CARD_REVOKED'),
    { status: 502, body: '<html>' },
  )

  it('opens only what the BFF granted, sends a proof again only for a lost answer, and never rejects', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 1, maxLength: 3 }),
        answer,
        fc.array(reply, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (proves, check, replies, loggedIn) => {
          const { fake, bff, client, open, proofs } = setUp()
          if (loggedIn) await client.ensureSession()
          let n = 0
          fake.answers['authPrivateMessage'] = () => {
            const given = proves[Math.min(n++, proves.length - 1)] as Answer
            const ok = typeof given === 'object' && 'ok' in given ? given.ok : null
            return ok && 'iv' in ok && ok.iv === 'I' ? { ok: { ...ok, iv: `I${n}` } } : given
          }
          fake.answers['checkSession'] = check
          bff.on(OPENINGS, ...replies)
          const result = await open()
          await new Promise((resolve) => setImmediate(resolve))
          const sent = proofs().map(({ iv }) => iv as string)
          expect(new Set(sent).size).toBeLessThanOrEqual(2)
          const lost = bff.given(OPENINGS).map((one) => one === 'down' || one.status === 502)
          for (const [i, iv] of sent.entries()) {
            // The empty proof after a denial is no proof.
            if (i > 0 && iv !== '' && iv === sent[i - 1]) expect(lost[i - 1]).toBe(true)
          }
          expect(sent.length).toBeLessThanOrEqual(4)
          expect(sent).not.toContain('NO')
          if (result.outcome === 'opened') expect(result.opening).toEqual(OPENING)
          expect(bff.lines().filter((line) => line === LOGIN).length).toBeLessThanOrEqual(2)
        },
      ),
    )
  })
})
