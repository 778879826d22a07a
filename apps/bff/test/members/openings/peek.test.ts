import { MINUTE } from '../../../src/core/time.js'
import { DEFAULTS, WECHAT, WECOM } from '../../kit/config.js'
import { key, wechatProof, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

/** Everything that an opening writes; `viewers` only says when a person was last here. */
const TABLES = ['cards', 'card_viewers', 'openings', 'proofs', 'audit_entries', 'sessions']
const CARD = { title: 'A title', body: 'The words that nobody peeks at' }

describe.each([WECHAT, WECOM])('asking what a card would show, in %s', (appId) => {
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
  const peek = (token: string, shareId: string, proof: object) =>
    app.call('POST', `/v1/shares/${shareId}/openings`, { token, body: { ...proof, peek: true } })

  test('tells a proven recipient without words, writes nothing, and leaves the proof for the opening', async () => {
    const policy = { maxOpensPerViewer: 1, watermark: true, guardCapture: true }
    const { shareId, declared } = await app.shared(alice, { ...CARD, policy })
    const bob = await app.login('bob', appId)
    const proof = proofOf('bob', declared)
    const before = await rows()
    for (let times = 0; times < 3; times++) {
      const { status, body } = await peek(bob, shareId, proof)
      expect(status).toBe(200)
      expect(body).toEqual({
        peek: {
          title: CARD.title,
          sender: expect.objectContaining({ code: expect.any(String) }),
          expiresAt: expect.any(String),
          opensLeft: 1,
          requireAcknowledgement: false,
          watermark: true,
          guardCapture: true,
        },
      })
      expect(JSON.stringify(body)).not.toContain(CARD.body)
    }
    expect(await rows()).toBe(before)
    const opened = await app.open(bob, shareId, proof)
    expect(opened).toMatchObject({ status: 201, body: { opensLeft: 0, card: { body: CARD.body } } })
    expect((await peek(bob, shareId, proof)).body).toMatchObject({ peek: { opensLeft: 0 } })
    expect(await peek(bob, shareId, proofOf('bob', declared, 'new'))).toMatchObject({
      status: 403,
      body: { code: 'ERR_VIEW_LIMIT', limit: 'opens' },
    })
  })

  test('is refused to everybody else as an opening is, and counted alike', async () => {
    const { cardId, shareId, declared } = await app.shared(alice, CARD)
    const bob = await app.login('bob', appId)
    const carol = await app.login('carol', appId)
    const strange = proofOf('carol', declared, 'x')
    const answers = [
      await peek(bob, shareId, strange),
      await app.open(bob, shareId, strange),
      await peek(bob, 'AAAAAAAAAAAAAAAAAAAAAA', proofOf('bob', declared)),
      await peek(bob, shareId, { encryptedData: '', iv: '' }),
    ]
    const said = answers.map(({ status, body }) => ({ status, ...body, requestId: '' }))
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(said[0]).toMatchObject({ status: 403, code: 'ERR_PROOF_REJECTED' })
    const { body } = await app.call('GET', `/v1/cards/${cardId}`, { token: alice })
    expect(body.openings).toMatchObject({ viewers: 0, total: 0, refused: 3 })
    const junk = { encryptedData: 'AAAA', iv: 'AAAA' }
    for (let i = 0; i < 10; i++) await peek(carol, shareId, junk)
    expect((await peek(carol, shareId, junk)).status).toBe(401)
  })

  /** Openings of a person a minute; the clock is at the beginning of a minute. */
  const restart = async (openingsPerPersonPerMinute: number) => {
    await app.stop()
    const limits = { ...DEFAULTS, loginsPerPersonPerMinute: 100, openingsPerPersonPerMinute }
    app = await TestApp.start({ limits })
    app.clock.advance(MINUTE - (app.clock.now() % MINUTE))
    alice = await app.login('alice', appId)
    const { shareId, declared } = await app.shared(alice, CARD)
    const bob = await app.login('bob', appId)
    return { shareId, declared, bob, proof: (nonce: string) => proofOf('bob', declared, nonce) }
  }
  const LIMITED = { status: 429, body: { code: 'ERR_RATE_LIMITED' } }

  test('counts for no limit of openings, and waits while the person’s openings are used up', async () => {
    const { shareId, bob, proof } = await restart(2)
    expect((await peek(bob, shareId, proof('before'))).status).toBe(200)
    expect((await app.open(bob, shareId, proof('1'))).status).toBe(201)
    expect((await app.open(bob, shareId, proof('2'))).status).toBe(201)
    expect(await peek(bob, shareId, proof('then'))).toMatchObject(LIMITED)
    expect(await app.open(bob, shareId, proof('3'))).toMatchObject(LIMITED)
    app.clock.advance(MINUTE)
    expect((await peek(bob, shareId, proof('later'))).status).toBe(200)
  })

  test('waits after as many peeks of the person as they may open cards in a minute', async () => {
    const { shareId, declared, bob, proof } = await restart(3)
    for (let times = 0; times < 3; times++)
      expect((await peek(bob, shareId, proof(`peek ${times}`))).status).toBe(200)
    const fourth = await peek(bob, shareId, proof('fourth'))
    expect(fourth).toMatchObject(LIMITED)
    expect(fourth.headers['retry-after']).toBe('60')
    // Whatever it is about: the answer says nothing of the share, or of the proof.
    expect(await peek(bob, 'AAAAAAAAAAAAAAAAAAAAAA', proof('fifth'))).toMatchObject(LIMITED)
    expect((await app.open(bob, shareId, proof('1'))).status).toBe(201)
    const carol = await app.login('carol', appId)
    expect((await peek(carol, shareId, proofOf('carol', declared))).status).toBe(200)
    app.clock.advance(MINUTE)
    expect((await peek(bob, shareId, proof('later'))).status).toBe(200)
  })

  test('of their own card is answered to its owner with the card', async () => {
    const { cardId, shareId, declared } = await app.shared(alice, CARD)
    expect(await peek(alice, shareId, proofOf('alice', declared))).toMatchObject({
      status: 200,
      body: { owner: { cardId } },
    })
  })

  test('says which limit is reached: the places of the card, or the person’s own openings', async () => {
    const policy = { maxViewers: 1, maxOpensPerViewer: 1 }
    const { shareId, declared } = await app.shared(alice, { ...CARD, policy })
    const bob = await app.login('bob', appId)
    const carol = await app.login('carol', appId)
    await app.open(bob, shareId, proofOf('bob', declared))
    expect((await app.open(bob, shareId, proofOf('bob', declared, '2'))).body).toMatchObject({
      code: 'ERR_VIEW_LIMIT',
      limit: 'opens',
    })
    expect((await app.open(carol, shareId, proofOf('carol', declared))).body).toMatchObject({
      code: 'ERR_VIEW_LIMIT',
      limit: 'viewers',
    })
  })

  test('is over with the earlier of the card’s expiry and the verify window', async () => {
    const expiresAt = new Date(app.clock.now() + 60_000).toISOString()
    const short = await app.shared(alice, { ...CARD, policy: { expiresAt } })
    const long = await app.shared(alice, CARD)
    const bob = await app.login('bob', appId)
    const until = async ({ shareId, declared }: typeof short) =>
      (await peek(bob, shareId, proofOf('bob', declared))).body.peek.expiresAt as string
    expect(Date.parse(await until(short))).toBe(Date.parse(expiresAt))
    const { body } = await app.call('POST', `/v1/cards/${long.cardId}/shares`, { token: alice })
    expect(await until(long)).toBe(body.verifyUntil)
  })

  test('is asked for by the path of a share whose openings are few', async () => {
    for (const [policy, asks] of [
      [{ maxOpensPerViewer: 3 }, true],
      [{ maxOpensPerViewer: 4 }, false],
      [{}, false],
    ] as const) {
      const { cardId, shareId } = await app.shared(alice, { ...CARD, policy })
      const { body } = await app.call('POST', `/v1/cards/${cardId}/shares`, { token: alice })
      expect(body.path).toBe(`/pages/open/index?s=${shareId}${asks ? '&c=1' : ''}`)
    }
  })
})
