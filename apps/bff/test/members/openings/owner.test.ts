import { DEFAULTS, WECHAT, WECHAT_B, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

const EMPTY = { encryptedData: '', iv: '' }
/** Everything that an opening writes; `viewers` only says when a person was last here. */
const TABLES = ['cards', 'card_viewers', 'openings', 'proofs', 'audit_entries', 'sessions']

describe.each([WECHAT, WECOM])("the owner's tap on their own card, in %s", (appId) => {
  let app: TestApp
  let alice: string
  beforeEach(async () => {
    app = await TestApp.start({ limits: { ...DEFAULTS, loginsPerPersonPerMinute: 100 } })
    alice = await app.login('alice', appId)
  })
  afterEach(() => app.stop())

  const proofOf = (person: string, declared: string, nonce = 'iv') =>
    appId === WECOM
      ? wecomProof(key(person), declared, person, nonce)
      : wechatProof(key(person), declared, nonce)
  const rows = async () => {
    const tables = TABLES.map((name) => app.storage.query(`SELECT * FROM ${name}`))
    return JSON.stringify(await Promise.all(tables))
  }
  const own = (cardId: string) => ({ status: 200, body: { owner: { cardId } } })

  test('is answered with the card, whatever the proof holds, and nothing is counted, used or recorded', async () => {
    const { cardId, shareId, declared } = await app.shared(alice)
    const other = await app.shared(alice)
    const before = await rows()
    for (const proof of [
      proofOf('alice', declared),
      proofOf('alice', declared),
      proofOf('bob', declared),
      proofOf('alice', other.declared),
      { encryptedData: '****', iv: 'x' },
      EMPTY,
    ]) {
      expect(await app.open(alice, shareId, proof)).toMatchObject(own(cardId))
    }
    expect(await rows()).toBe(before)
  })

  test('takes no place: with one viewer at most, that one still gets in', async () => {
    const { cardId, shareId, declared } = await app.shared(alice, { policy: { maxViewers: 1 } })
    expect((await app.open(alice, shareId, proofOf('alice', declared))).status).toBe(200)
    const bob = await app.login('bob', appId)
    expect((await app.open(bob, shareId, proofOf('bob', declared))).status).toBe(201)
    expect(await app.open(alice, shareId, EMPTY)).toMatchObject(own(cardId))
  })

  test('of a revoked card, of an expired one and after the verify window is answered alike', async () => {
    const expiresAt = new Date(app.clock.now() + 60_000).toISOString()
    const revoked = await app.shared(alice)
    const expired = await app.shared(alice, { policy: { expiresAt } })
    await app.call('POST', `/v1/cards/${revoked.cardId}/revoke`, { token: alice })
    app.clock.advance(121 * 86_400_000)
    alice = await app.login('alice', appId)
    for (const { cardId, shareId } of [revoked, expired]) {
      expect(await app.open(alice, shareId, EMPTY)).toMatchObject(own(cardId))
    }
  })

  test('costs them neither the session nor the hour, and is answered when others’ cards have cost it', async () => {
    const { cardId, shareId } = await app.shared(alice)
    for (let i = 0; i < 40; i++) {
      expect(await app.open(alice, shareId, EMPTY)).toMatchObject(own(cardId))
    }
    const junk = { encryptedData: 'AAAA', iv: 'AAAA' }
    for (let i = 0; i < 30; i++) {
      if (i % 9 === 0) alice = await app.login('alice', appId)
      await app.open(alice, 'AAAAAAAAAAAAAAAAAAAAAA', junk)
    }
    expect((await app.open(alice, 'AAAAAAAAAAAAAAAAAAAAAA', junk)).status).toBe(429)
    expect(await app.open(alice, shareId, EMPTY)).toMatchObject(own(cardId))
  })

  test('is for the owner only: every other person is refused as before, the same person in another app too', async () => {
    const { shareId } = await app.shared(alice)
    const others = [await app.login('bob', appId), await app.login('alice', WECHAT_B)]
    for (const token of others) {
      expectProblem(await app.open(token, shareId, EMPTY), 'ERR_PROOF_REJECTED')
    }
    await app.call('DELETE', '/v1/sessions/current', { token: alice })
    expectProblem(await app.open(alice, shareId, EMPTY), 'ERR_SESSION')
  })
})

test('/openapi.json describes both answers to an opening', async () => {
  const app = await TestApp.start()
  const { body } = await app.call('GET', '/openapi.json')
  const { responses } = body.paths['/v1/shares/{shareId}/openings'].post
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '201', '403', '410']))
  const form = JSON.stringify(responses['200'])
  const { components } = body
  expect(form + JSON.stringify(components.schemas)).toContain('"owner"')
  await app.stop()
})
