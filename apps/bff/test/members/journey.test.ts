import { WECHAT, WECOM } from '../kit/config.js'
import { key, wechatProof, wecomProof } from '../kit/proofs.js'
import { TestApp } from '../kit/test-app.js'

describe('a card goes from its owner to a recipient', () => {
  let app: TestApp

  beforeAll(async () => {
    app = await TestApp.start()
  })
  afterAll(() => app.stop())

  test.each([
    [WECHAT, (declared: string) => wechatProof(key('bob'), declared)],
    [WECOM, (declared: string) => wecomProof(key('bob'), declared, 'bob')],
  ])('in %s', async (appId, proofOf) => {
    const alice = await app.login('alice', appId)
    const bob = await app.login('bob', appId)
    const { cardId, shareId, declared } = await app.shared(alice, { policy: { watermark: true } })

    const opened = await app.open(bob, shareId, proofOf(declared))
    expect(opened).toMatchObject({
      status: 201,
      body: {
        card: { id: cardId, title: 'Title', body: 'The secret', policy: { watermark: true } },
      },
    })
    expect(opened.body.watermark).toMatch(/^[0-9A-HJKMNP-TV-Z]{6} 2026-01-01 08:00$/)
    expect(opened.headers['cache-control']).toBe('no-store')

    const acknowledge = `/v1/openings/${opened.body.id}/acknowledgement`
    expect((await app.call('POST', acknowledge, { token: bob })).status).toBe(204)
    expect((await app.call('POST', acknowledge, { token: bob, body: {} })).status).toBe(204)
    expect((await app.call('POST', acknowledge, { token: alice })).status).toBe(404)

    const card = await app.call('GET', `/v1/cards/${cardId}`, { token: alice })
    expect(card.body).toMatchObject({
      body: 'The secret',
      status: 'active',
      openings: { viewers: 1, total: 1, refused: 0, firstAt: opened.body.openedAt },
    })
    const roster = await app.call('GET', `/v1/cards/${cardId}/openings`, { token: alice })
    expect(roster.body).toEqual({
      items: [
        {
          viewer: { id: expect.any(String), code: opened.body.watermark.split(' ')[0] },
          firstAt: opened.body.openedAt,
          lastAt: opened.body.openedAt,
          count: 1,
          acknowledgedAt: opened.body.openedAt,
          share: { id: shareId },
        },
      ],
      nextCursor: null,
    })
    const received = await app.call('GET', '/v1/cards?box=received', { token: bob })
    expect(received.body.items).toEqual([
      expect.objectContaining({ id: cardId, title: 'Title', openedAt: opened.body.openedAt }),
    ])
    expect(received.text).not.toContain('The secret')
    const sent = await app.call('GET', '/v1/cards', { token: alice })
    expect(sent.body.items[0]).toMatchObject({ id: cardId, openings: { viewers: 1 } })
  })

  test('a revoked card is revoked for all readers, at once and after a second revocation', async () => {
    const alice = await app.login('alice')
    const bob = await app.login('bob')
    const { cardId, shareId, declared } = await app.shared(alice)
    const first = await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    expect(first).toMatchObject({ status: 200, body: { status: 'revoked' } })
    app.clock.advance(5000)
    const again = await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice, body: {} })
    expect(again.body).toEqual(first.body)
    const refused = await app.open(bob, shareId, wechatProof(key('bob'), declared))
    expect(refused).toMatchObject({ status: 410, body: { code: 'ERR_CARD_REVOKED' } })
    const share = await app.call('POST', `/v1/cards/${cardId}/shares`, { token: alice })
    expect(share).toMatchObject({ status: 410, body: { code: 'ERR_CARD_REVOKED' } })
  })
})
