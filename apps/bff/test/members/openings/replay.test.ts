import { ProofEntity } from '../../../src/members/openings/opening.entity.js'
import { formerProofName } from '../../../src/members/openings/proof-name.js'
import { WECHAT, WECHAT_B, WECOM } from '../../kit/config.js'
import { key, wechatProof, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

describe('B6 a proof is used once', () => {
  let app: TestApp
  let alice: string
  let bob: string
  beforeEach(async () => {
    app = await TestApp.start()
    alice = await app.login('alice')
    bob = await app.login('bob')
  })
  afterEach(() => app.stop())

  test('B6 the same session gets the same opening back within 60 s, and no view is counted twice', async () => {
    const { cardId, shareId, declared } = await app.shared(alice, {
      policy: { maxOpensPerViewer: 1 },
    })
    const proof = wechatProof(key('bob'), declared)
    const first = await app.open(bob, shareId, proof)
    app.clock.advance(60_000)
    const again = await app.open(bob, shareId, proof)
    expect(again.status).toBe(201)
    expect(again.body).toEqual(first.body)
    const { body } = await app.call('GET', `/v1/cards/${cardId}`, { token: alice })
    expect(body.openings).toMatchObject({ viewers: 1, total: 1 })
    app.clock.advance(1)
    expect((await app.open(bob, shareId, proof)).body.code).toBe('ERR_PROOF_REJECTED')
  })

  test('B6 B11 revocation holds against a proof that is sent again', async () => {
    const { cardId, shareId, declared } = await app.shared(alice)
    const proof = wechatProof(key('bob'), declared)
    expect((await app.open(bob, shareId, proof)).status).toBe(201)
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    expect((await app.open(bob, shareId, proof)).body.code).toBe('ERR_CARD_REVOKED')
  })

  test('B6 the same viewer gets it back in any live session of theirs; an ended one gets nothing', async () => {
    const { shareId, declared } = await app.shared(alice)
    const proof = wechatProof(key('bob'), declared)
    const first = await app.open(bob, shareId, proof)
    expect(first.status).toBe(201)
    const bobAgain = await app.login('bob')
    expect(await app.open(bobAgain, shareId, proof)).toMatchObject({
      status: 201,
      text: first.text,
    })
    await app.call('DELETE', '/v1/sessions/current', { token: bobAgain })
    expect((await app.open(bobAgain, shareId, proof)).body.code).toBe('ERR_SESSION')
    const bobLater = await app.login('bob')
    app.clock.advance(60_001)
    expect((await app.open(bobLater, shareId, proof)).body.code).toBe('ERR_PROOF_REJECTED')
  })

  test('B6 another viewer is refused, the same key or not, and so is the same person in another app', async () => {
    const { shareId, declared } = await app.shared(alice)
    const proof = wechatProof(key('bob'), declared)
    expect((await app.open(bob, shareId, proof)).status).toBe(201)
    const carol = await app.login('carol', undefined, 'bob')
    const betaBob = await app.login('bob', WECHAT_B)
    for (const token of [carol, betaBob]) {
      expect((await app.open(token, shareId, proof)).body.code).toBe('ERR_PROOF_REJECTED')
    }
  })

  test('B6 a clock that is set back does not let a used proof live on', async () => {
    const { shareId, declared } = await app.shared(alice)
    const proof = wechatProof(key('bob'), declared)
    expect((await app.open(bob, shareId, proof)).status).toBe(201)
    app.clock.advance(-60_000)
    expect((await app.open(bob, shareId, proof)).status).toBe(201)
    app.clock.advance(-1)
    bob = await app.login('bob')
    expect((await app.open(bob, shareId, proof)).body.code).toBe('ERR_PROOF_REJECTED')
  })

  test('B6 other spellings of the same base64 are no other proof', async () => {
    const { shareId, declared } = await app.shared(alice)
    const proof = wechatProof(key('bob'), declared)
    expect((await app.open(bob, shareId, proof)).status).toBe(201)
    app.clock.advance(60_001)
    const { encryptedData, iv } = proof
    for (const spelling of [
      { encryptedData, iv: iv.replace(/=+$/, '') },
      { encryptedData: encryptedData.replace(/=+$/, ''), iv },
      { encryptedData: `${encryptedData}\n`, iv },
      { encryptedData: encryptedData.replaceAll('+', '-').replaceAll('/', '_'), iv },
      { encryptedData: `${encryptedData.slice(0, 8)} ${encryptedData.slice(8)}`, iv },
    ]) {
      expect((await app.open(bob, shareId, spelling)).body.code).toBe('ERR_PROOF_REJECTED')
    }
  })

  test('B6 100 at once make one opening', async () => {
    const { cardId, shareId, declared } = await app.shared(alice)
    const proof = wechatProof(key('bob'), declared)
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => app.open(bob, shareId, proof)),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    const { body } = await app.call('GET', `/v1/cards/${cardId}`, { token: alice })
    expect(body.openings.total).toBe(1)
  })

  test('B6 from two processes, and across a restart', async () => {
    const beside = await app.beside()
    const { shareId, declared } = await app.shared(alice)
    const proof = wechatProof(key('bob'), declared)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => (i % 2 ? app : beside).open(bob, shareId, proof)),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
    await beside.nest.close()
    app.clock.advance(60_001)
    app = await app.restart()
    expect((await app.open(bob, shareId, proof)).body.code).toBe('ERR_PROOF_REJECTED')
  })
})

describe('B7 the session key rotates', () => {
  let app: TestApp
  beforeEach(async () => {
    app = await TestApp.start()
  })
  afterEach(() => app.stop())

  test('B7 the previous key opens proofs for five minutes, the one before it never', async () => {
    const alice = await app.login('alice')
    const { shareId, declared } = await app.shared(alice)
    let bob = await app.login('bob', undefined, 'k1')
    const open = async (name: string, nonce: string) =>
      (await app.open(bob, shareId, wechatProof(key(name), declared, nonce))).status
    expect(await open('k1', 'a')).toBe(201)
    bob = await app.login('bob', undefined, 'k2')
    app.clock.advance(5 * 60_000 - 1)
    expect(await open('k1', 'b')).toBe(201)
    expect(await open('k2', 'c')).toBe(201)
    app.clock.advance(1)
    expect(await open('k1', 'd')).toBe(403)
    expect(await open('k2', 'e')).toBe(201)
    bob = await app.login('bob', undefined, 'k3')
    bob = await app.login('bob', undefined, 'k4')
    expect([await open('k2', 'f'), await open('k3', 'g'), await open('k4', 'h')]).toEqual([
      403, 201, 201,
    ])
  })

  test('B7 a login that brings the same key does not make the previous one live longer', async () => {
    const alice = await app.login('alice')
    const { shareId, declared } = await app.shared(alice)
    await app.login('bob', undefined, 'k1')
    await app.login('bob', undefined, 'k2')
    app.clock.advance(4 * 60_000)
    const bob = await app.login('bob', undefined, 'k2')
    app.clock.advance(60_000)
    expect((await app.open(bob, shareId, wechatProof(key('k1'), declared))).status).toBe(403)
  })

  test('B7 another device keeps its session when the key rotates', async () => {
    const alice = await app.login('alice')
    const { shareId, declared } = await app.shared(alice)
    const phone = await app.login('bob', undefined, 'k1')
    await app.login('bob', undefined, 'k2')
    expect((await app.open(phone, shareId, wechatProof(key('k2'), declared))).status).toBe(201)
  })
})

describe.each([WECHAT, WECOM])('B6 a proof that an earlier version recorded, in %s', (appId) => {
  test('B6 stays used, and is sent again to whose it was', async () => {
    const app = await TestApp.start()
    const alice = await app.login('alice', appId)
    const [bob, carol] = [await app.login('bob', appId), await app.login('carol', appId, 'bob')]
    const { shareId, declared } = await app.shared(alice)
    const proof =
      appId === WECOM ? wecomProof(key('bob'), declared, 'bob') : wechatProof(key('bob'), declared)
    const first = await app.open(bob, shareId, proof)
    expect(first.status).toBe(201)
    const digest = formerProofName(appId, proof.encryptedData)
    await app.storage.manager.updateAll(ProofEntity, { digest })
    expect(await app.open(bob, shareId, proof)).toMatchObject({ status: 201, text: first.text })
    expect((await app.open(carol, shareId, proof)).body.code).toBe('ERR_PROOF_REJECTED')
    app.clock.advance(60_001)
    expect((await app.open(bob, shareId, proof)).body.code).toBe('ERR_PROOF_REJECTED')
    expect(await app.storage.manager.count(ProofEntity)).toBe(1)
    await app.stop()
  })
})
