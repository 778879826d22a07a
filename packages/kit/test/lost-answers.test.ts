import { createBffClient } from '../src/bff-client.js'
import { WxFailure } from '../src/call-wx.js'
import { detectPlatform } from '../src/detect.js'
import { openAndProve } from '../src/open-card.js'
import { SEND_AGAIN_WITHIN_MS } from '../src/proof-memory.js'
import type { HttpRequest, HttpResponse } from '../src/wx-request.js'
import { OPENING, SESSION } from './kit/answers.js'
import { BASE } from '../src/testing/fake-bff.js'
import { fakeWx, type Answer } from './kit/fake-wx.js'
import { memoryStorage } from '../src/testing/memory-storage.js'

const MINUTE = 60_000

/** What becomes of an answer on its way to the phone. */
type Way = 'through' | 'interrupted' | 'timeout' | 'never sent' | HttpResponse

const lostTo: Record<'interrupted' | 'timeout' | 'never sent', WxFailure> = {
  interrupted: new WxFailure({ errMsg: 'request:fail interrupted', errno: 600003 }),
  timeout: new WxFailure({ errMsg: 'request:fail timeout', errno: 5 }),
  'never sent': new WxFailure({ errMsg: 'request:fail', errno: 600001 }),
}

/** A card that each person may open once, and a bad network. The BFF remembers a used proof for a minute. */
const setUp = (kind: 'wechat' | 'wecom') => {
  const fake = fakeWx(kind)
  let now = Date.parse('2026-01-01T00:00:00Z')
  let opened = 0
  let refused = 0
  let logins = 0
  const used = new Map<string, number>()
  const ways: Way[] = []
  const sent: string[] = []

  const judge = (body: string): HttpResponse => {
    const { iv } = JSON.parse(body) as { iv: string }
    const at = used.get(iv)
    const code =
      at === undefined
        ? opened >= 1
          ? 'ERR_VIEW_LIMIT'
          : null
        : now - at > MINUTE
          ? 'ERR_PROOF_REJECTED'
          : null
    if (code) {
      refused += 1
      return { status: 403, headers: {}, body: { code, status: 403, requestId: 'r' } }
    }
    if (at === undefined) {
      opened += 1
      used.set(iv, now)
    }
    return { status: 201, headers: {}, body: OPENING }
  }

  const request = async ({ url, body }: HttpRequest): Promise<HttpResponse> => {
    if (url.endsWith('/v1/sessions')) {
      logins += 1
      return { status: 201, headers: {}, body: { ...SESSION, token: `T${logins}` } }
    }
    sent.push((JSON.parse(body ?? '') as { iv: string }).iv)
    const way = ways.shift() ?? 'through'
    if (way === 'never sent') throw lostTo[way]
    const answer = judge(body ?? '')
    if (way === 'through') return answer
    if (typeof way === 'object') return way
    throw lostTo[way]
  }

  let proofs = 0
  const prove: Answer = () => ({
    ok: { valid: true, encryptedData: `D${++proofs}`, iv: `I${proofs}` },
  })
  fake.answers[kind === 'wechat' ? 'authPrivateMessage' : 'qy.getShareInfo'] = prove
  const platform = detectPlatform(fake.wx)
  const makeClient = () =>
    createBffClient({
      baseUrl: BASE,
      app: 'demo',
      request,
      storage: memoryStorage(),
      login: () => platform.login(),
      now: () => now,
    })
  const client = makeClient()
  return {
    fake,
    client,
    platform,
    makeClient,
    ways,
    sent,
    open: (shareId = 'S1', by = client) => openAndProve({ platform, client: by, shareId }),
    enterBy: (ticket: string) => {
      fake.enter.shareTicket = ticket
      fake.answers['qy.getContext'] = { ok: { entry: 'normal', shareTicket: ticket } }
    },
    later: (ms: number) => void (now += ms),
    counts: () => ({ opened, refused, logins }),
  }
}

const OPENED = { outcome: 'opened', opening: OPENING }
const UNREACHABLE = { outcome: 'refused', refusal: { kind: 'unreachable' } }
const HTML = '<!doctype html><title>502</title>'

describe.each(['wechat', 'wecom'] as const)('an answer that got lost, on %s', (kind) => {
  it.each<Way>([
    'interrupted',
    'timeout',
    { status: 200, headers: {}, body: HTML },
    { status: 504, headers: {}, body: HTML },
  ])('is asked for again at once, with the same proof (%j)', async (way) => {
    const { open, ways, sent, counts } = setUp(kind)
    ways.push(way)
    await expect(open()).resolves.toEqual(OPENED)
    expect(sent).toEqual(['I1', 'I1'])
    expect(counts()).toEqual({ opened: 1, refused: 0, logins: 1 })
  })

  it('is asked for again, with the same proof, when the person tries again', async () => {
    const { open, ways, sent, counts, later } = setUp(kind)
    ways.push('interrupted', 'timeout', 'interrupted', 'interrupted')
    await expect(open()).resolves.toMatchObject(UNREACHABLE)
    later(20_000)
    await expect(open()).resolves.toMatchObject(UNREACHABLE)
    later(20_000)
    await expect(open()).resolves.toEqual(OPENED)
    expect(new Set(sent)).toEqual(new Set(['I1']))
    expect(counts()).toEqual({ opened: 1, refused: 0, logins: 1 })
  })

  it('opens also where the first request never arrived', async () => {
    const { open, ways, sent, counts } = setUp(kind)
    ways.push('never sent', 'never sent')
    await expect(open()).resolves.toMatchObject(UNREACHABLE)
    await expect(open()).resolves.toEqual(OPENED)
    expect(new Set(sent).size).toBe(1)
    expect(counts()).toMatchObject({ opened: 1, refused: 0 })
  })

  it('is given up for a new proof before the BFF forgets the old one', async () => {
    const { open, ways, sent, later } = setUp(kind)
    ways.push('never sent', 'never sent')
    await open()
    later(SEND_AGAIN_WITHIN_MS)
    await expect(open()).resolves.toEqual(OPENED)
    expect(sent).toEqual(['I1', 'I1', 'I2'])
    // A request takes 12 s at most, see wxRequest.
    expect(SEND_AGAIN_WITHIN_MS + 12_000).toBeLessThan(MINUTE)
  })

  it('is given up when the clock was set back', async () => {
    const { open, ways, sent, later } = setUp(kind)
    ways.push('never sent', 'never sent')
    await open()
    later(-1)
    await open()
    expect(sent).toEqual(['I1', 'I1', 'I2'])
  })

  it('is not asked for again after an answer: the next try has a new proof', async () => {
    const { open, ways, sent } = setUp(kind)
    const busy = { code: 'ERR_STORAGE_UNAVAILABLE', status: 503, requestId: 'r' }
    ways.push({ status: 503, headers: {}, body: busy })
    await expect(open()).resolves.toMatchObject(UNREACHABLE)
    await open()
    expect(sent).toEqual(['I1', 'I2'])
  })

  it.each([
    [429, 'ERR_RATE_LIMITED'],
    [503, 'ERR_STORAGE_UNAVAILABLE'],
  ])(
    'is still asked for after a %d, which says nothing of the first request',
    async (status, code) => {
      const { open, ways, sent, counts } = setUp(kind)
      const busy = { status, headers: {}, body: { code, status, requestId: 'r' } }
      ways.push('interrupted', busy, busy)
      expect((await open()).outcome).toBe('refused')
      expect((await open()).outcome).toBe('refused')
      await expect(open()).resolves.toEqual(OPENED)
      expect(sent).toEqual(['I1', 'I1', 'I1', 'I1'])
      expect(counts()).toEqual({ opened: 1, refused: 0, logins: 1 })
    },
  )

  it('is not asked for again after a login: a key may not fit the old proof', async () => {
    const { open, ways, sent, client } = setUp(kind)
    ways.push('never sent', 'never sent')
    await open()
    await client.renewSession()
    await open()
    expect(sent).toEqual(['I1', 'I1', 'I2'])
  })

  it('is not asked for again when the login failed, which may have rotated the key, too', async () => {
    const { fake, open, ways, sent, client } = setUp(kind)
    ways.push('never sent', 'never sent')
    await open()
    const login = kind === 'wechat' ? 'login' : 'qy.login'
    fake.answers[login] = { fail: { errMsg: 'login:fail' } }
    await expect(client.renewSession()).rejects.toThrow()
    await open()
    expect(sent).toEqual(['I1', 'I1', 'I2'])
  })

  it('belongs to its share and its ticket', async () => {
    const { open, ways, sent, enterBy } = setUp(kind)
    ways.push('never sent', 'never sent')
    await open()
    ways.push('never sent', 'never sent')
    await open('S2')
    enterBy('OTHER')
    await open()
    expect(sent).toEqual(['I1', 'I1', 'I2', 'I2', 'I3'])
  })

  it('is not remembered by another start of the mini-program', async () => {
    const { open, ways, sent, makeClient } = setUp(kind)
    ways.push('never sent', 'never sent')
    await open()
    await open('S1', makeClient())
    expect(sent).toEqual(['I1', 'I1', 'I2'])
  })

  it('is not asked for again once it came: the next opening has a new proof', async () => {
    const { open, ways, sent } = setUp(kind)
    ways.push('interrupted')
    await open()
    await open()
    expect(sent).toEqual(['I1', 'I1', 'I2'])
  })
})
