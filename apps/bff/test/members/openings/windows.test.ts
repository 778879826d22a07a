import { DAY, MINUTE, SECOND } from '../../../src/core/time.js'
import { GroupReader } from '../../../src/members/openings/group-reader.js'
import { IN_MEMORY, ROOMY, WECHAT, WECOM } from '../../kit/config.js'
import { Members } from '../../kit/members.js'
import { key, wechatProof, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

let nonce = 0
describe.each([WECHAT, WECOM])('B8 the windows at their edges, in %s', (appId) => {
  let app: TestApp
  let members: Members
  beforeEach(async () => {
    app = await TestApp.start({ ...IN_MEMORY, limits: { ...ROOMY, rejectedProofsPerSession: 10 } })
    members = new Members(app)
  })
  afterEach(() => app.stop())

  const open = async (shareId: string, declared: string) => {
    const bob = await members.login('bob', appId)
    const proof =
      appId === WECOM
        ? wecomProof(key('bob'), declared, 'bob', `n${nonce++}`)
        : wechatProof(key('bob'), declared, `n${nonce++}`)
    const { code = 'granted' } = await members.open(bob, shareId, proof)
    return code
  }
  const shared = async (policy: object = {}) => {
    const alice = await app.login('alice', appId)
    return { ...(await app.shared(alice, { policy })), at: app.clock.now() }
  }
  /** The answer at `end`, one second and one millisecond around it, and five minutes off either way. */
  const around = async (end: number, ask: () => Promise<string>) => {
    const answers: Record<string, string> = {}
    for (const offset of [-5 * MINUTE, -SECOND, -1, 0, 1, SECOND, 5 * MINUTE]) {
      app.clock.set(end + offset)
      answers[offset] = await ask()
    }
    return answers
  }
  const cut = (code: string) => ({
    [-5 * MINUTE]: 'granted',
    [-SECOND]: 'granted',
    [-1]: 'granted',
    0: code,
    1: code,
    [SECOND]: code,
    [5 * MINUTE]: code,
  })

  test('B8 what ends while an opening waits for its turn has ended', async () => {
    const expiresAt = app.clock.now() + MINUTE
    const { shareId, declared } = await shared({ expiresAt: new Date(expiresAt).toISOString() })
    const reader = app.nest.get(GroupReader, { strict: false })
    const hold = reader.hold.bind(reader)
    jest.spyOn(reader, 'hold').mockImplementation(async (...of) => {
      await hold(...of)
      app.clock.set(expiresAt)
    })
    expect(await open(shareId, declared)).toBe('ERR_CARD_EXPIRED')
  })

  test('B8 120 days to verify, from the creation', async () => {
    const { shareId, declared, at } = await shared()
    expect(await around(at + 120 * DAY, () => open(shareId, declared))).toEqual(
      cut('ERR_VERIFY_WINDOW_CLOSED'),
    )
  })

  test("B8 the card's expiry, before the window and after it", async () => {
    const soon = app.clock.now() + 2 * DAY
    const { shareId, declared } = await shared({ expiresAt: new Date(soon).toISOString() })
    expect(await around(soon, () => open(shareId, declared))).toEqual(cut('ERR_CARD_EXPIRED'))
  })

  test("B8 the activity's 24 hours and the 7 days to share do not end what was shared", async () => {
    const { shareId, declared, at } = await shared()
    for (const days of [1, 7]) {
      const answers = await around(at + days * DAY, () => open(shareId, declared))
      expect(new Set(Object.values(answers))).toEqual(new Set(['granted']))
    }
  })

  test('B8 within its last day of 7 a share is not handed out again', async () => {
    const { cardId, shareId, at } = await shared()
    const again = async () => {
      const token = await app.login('alice', appId)
      const { body } = await app.call('POST', `/v1/cards/${cardId}/shares`, { token })
      return body.id === shareId ? 'the same' : 'another'
    }
    app.clock.set(at + 6 * DAY)
    expect(await again()).toBe('the same')
    app.clock.set(at + 6 * DAY + 1)
    expect(await again()).toBe('another')
  })

  test('B8 where a day is most of the window, half of the window is left of a share that is handed out again', async () => {
    const windows = { shareDays: 1, verifyDays: 120 }
    const other = await TestApp.start({ ...IN_MEMORY, windows })
    const platform = appId === WECOM ? other.wecom : other.wechat
    const token = await other.login('alice', appId)
    const { cardId, shareId } = await other.shared(token)
    const again = async () =>
      (await other.call('POST', `/v1/cards/${cardId}/shares`, { token })).body.id as string
    for (let i = 0; i < 8; i++) expect(await again()).toBe(shareId)
    const atOnce = await Promise.all(Array.from({ length: 40 }, again))
    expect(new Set(atOnce)).toEqual(new Set([shareId]))
    other.clock.advance(DAY / 2)
    expect(await again()).toBe(shareId)
    expect(platform.declared).toBe(1)
    other.clock.advance(1)
    const late = await Promise.all(Array.from({ length: 40 }, again))
    expect(late).not.toContain(shareId)
    expect(new Set(late).size).toBe(1)
    expect(platform.declared).toBe(2)
    await other.stop()
  })

  test('B8 a session that was begun while a clock was ahead is over once the clock is right', async () => {
    const now = app.clock.now()
    const ask = async (ahead: number) => {
      app.clock.set(now + ahead)
      const token = await app.login('bob', appId)
      app.clock.set(now)
      return (await app.call('GET', '/v1/cards', { token })).status
    }
    // Two processes' clocks may differ by a minute.
    expect(await ask(MINUTE)).toBe(200)
    for (const ahead of [MINUTE + 1, DAY, 30 * DAY]) expect(await ask(ahead)).toBe(401)
  })

  test('B8 a session lasts three days, whatever is done with it', async () => {
    const token = await app.login('bob', appId)
    const start = app.clock.now()
    const ask = async () => {
      const { status, body } = await app.call('GET', '/v1/cards', { token })
      return status === 200 ? 'granted' : body.code
    }
    expect(await around(start + 3 * DAY, ask)).toEqual(cut('ERR_SESSION'))
  })

  test('B8 a clock that jumps back opens nothing that was closed for good', async () => {
    const revoked = await shared()
    const alice = await app.login('alice', appId)
    await app.call('POST', `/v1/cards/${revoked.cardId}/revoke`, { token: alice })
    const used = await shared()
    const bob = await members.login('bob', appId)
    const proof =
      appId === WECOM
        ? wecomProof(key('bob'), used.declared, 'bob', 'used')
        : wechatProof(key('bob'), used.declared, 'used')
    expect((await members.open(bob, used.shareId, proof)).opening).toBeDefined()
    const ended = await app.login('bob', appId)
    await app.call('DELETE', '/v1/sessions/current', { token: ended })
    for (const back of [SECOND, MINUTE, 5 * MINUTE, DAY]) {
      app.clock.set(used.at - back)
      expect(await open(revoked.shareId, revoked.declared)).toBe('ERR_CARD_REVOKED')
      expect((await app.call('GET', '/v1/cards', { token: ended })).body.code).toBe('ERR_SESSION')
      const again = await members.login('bob', appId)
      const { code = 'granted' } = await members.open(again, used.shareId, proof)
      expect({ back, code }).toEqual({
        back,
        // Within the minute in which an answer may have got lost, it is still the same opening.
        code: back <= MINUTE ? 'granted' : 'ERR_PROOF_REJECTED',
      })
    }
  })

  test('B8 a clock that jumps back locks no one out, and lets no locked-out person in', async () => {
    const { shareId, declared } = await shared()
    const mallory = await members.login('mallory', appId)
    const junk = { encryptedData: 'AAAA', iv: 'AAAA' }
    for (let i = 0; i < 9; i++) await members.open(mallory, shareId, junk)
    app.clock.advance(-MINUTE)
    expect((await members.open(mallory, shareId, junk)).code).toBe('ERR_PROOF_REJECTED')
    expect((await members.open(mallory, shareId, junk)).code).toBe('ERR_SESSION')
    expect(await open(shareId, declared)).toBe('granted')
  })
})
