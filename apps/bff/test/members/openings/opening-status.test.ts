import type { OpeningStatus } from '@sealcard/protocol'
import { HOUR } from '../../../src/core/time.js'
import { WECHAT, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

describe.each([WECHAT, WECOM])('whether an opening of %s may still be read', (appId) => {
  let app: TestApp

  beforeEach(async () => {
    app = await TestApp.start()
  })
  afterEach(() => app.stop())

  const proofOf = (person: string, declared: string, nonce = 'iv') =>
    appId === WECHAT
      ? wechatProof(key(person), declared, nonce)
      : wecomProof(key(person), declared, person, nonce)

  const opened = async (more: object = {}) => {
    const alice = await app.login('alice', appId)
    const bob = await app.login('bob', appId)
    const { cardId, shareId, declared } = await app.shared(alice, more)
    const { body } = await app.open(bob, shareId, proofOf('bob', declared))
    const look = (token = bob) => app.call('GET', `/v1/openings/${body.id}`, { token })
    return { alice, bob, cardId, shareId, declared, opening: body, look }
  }

  test('the opener learns that it is active, without a word of the card', async () => {
    const { opening, look } = await opened()
    const answer = await look()
    expect(answer.status).toBe(200)
    const active: OpeningStatus = { id: opening.id, openedAt: opening.openedAt, status: 'active' }
    expect(answer.body).toEqual(active)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('revoked, from the moment that the owner revoked it', async () => {
    const { alice, cardId, look } = await opened()
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    expect((await look()).body.status).toBe('revoked')
  })

  test('expired, from the millisecond that the card ends', async () => {
    const expiresAt = new Date(app.clock.now() + HOUR).toISOString()
    const { look } = await opened({ policy: { expiresAt } })
    app.clock.advance(HOUR - 1)
    expect((await look()).body.status).toBe('active')
    app.clock.advance(1)
    expect((await look()).body.status).toBe('expired')
  })

  test('expired, when the time to verify recipients is over', async () => {
    const { look } = await opened()
    app.clock.advance(120 * 24 * HOUR)
    const again = await app.login('bob', appId)
    expect((await look(again)).body.status).toBe('expired')
  })

  test('looking counts nothing and records nothing', async () => {
    const { alice, cardId, opening, look } = await opened({ policy: { maxOpensPerViewer: 1 } })
    for (let i = 0; i < 3; i++) await look()
    const { body } = await app.call('GET', `/v1/cards/${cardId}`, { token: alice })
    expect(body.openings).toMatchObject({ viewers: 1, total: 1, refused: 0 })
    expect(body.openings.lastAt).toBe(opening.openedAt)
  })

  test('every other caller gets a 404, the owner and another app included', async () => {
    const { alice, look } = await opened()
    expectProblem(await look(alice), 'ERR_NOT_FOUND')
    expectProblem(await look(await app.login('carol', appId)), 'ERR_NOT_FOUND')
    const elsewhere = await app.login('bob', appId === WECHAT ? WECOM : WECHAT)
    expectProblem(await look(elsewhere), 'ERR_NOT_FOUND')
  })

  test('a refused attempt is not an opening, and an unknown id is not found', async () => {
    const { alice, bob, cardId, shareId, declared } = await opened()
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    expectProblem(await app.open(bob, shareId, proofOf('bob', declared, 'new')), 'ERR_CARD_REVOKED')
    const rows: { id: string }[] = await app.storage.query(
      `SELECT id FROM openings WHERE outcome <> 'granted'`,
    )
    expect(rows).toHaveLength(1)
    for (const id of [...rows.map((row) => row.id), 'x', '%20', 'A'.repeat(22), 'A'.repeat(500)]) {
      expectProblem(await app.call('GET', `/v1/openings/${id}`, { token: bob }), 'ERR_NOT_FOUND')
    }
  })
})
