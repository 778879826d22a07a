import type { Policy } from '@sealcard/protocol'
import { CardPage } from '@sealcard/protocol'
import { HOUR, wireTime } from '../../../src/core/time.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
let alice: string
let bob: string
beforeAll(async () => {
  app = await TestApp.start()
})
beforeEach(async () => {
  app.clock.advance(HOUR)
  alice = await app.login('alice')
  bob = await app.login('bob')
})
afterAll(() => app.stop())

const later = (ms: number) => wireTime(app.clock.now() + ms)

/** A card that bob opened once. */
const opened = async (policy: Policy = {}) => {
  const { cardId, shareId, declared } = await app.shared(alice, { policy })
  const opening = await app.open(bob, shareId, wechatProof(key('bob'), declared))
  expect(opening.status).toBe(201)
  return { cardId, opening: opening.body }
}

const lineOf = async (cardId: string) => {
  const { body } = await app.call('GET', '/v1/cards?box=received', { token: bob })
  return CardPage.parse(body).items.find(({ id }) => id === cardId)
}

describe('a line of the cards that a person received', () => {
  test('says who sent it, and until when it can be read, as its opening did', async () => {
    const { cardId, opening } = await opened()
    const line = await lineOf(cardId)
    expect(line).toMatchObject({ sender: opening.sender, expiresAt: opening.expiresAt })
    expect(line).not.toHaveProperty('opensLeft')
    expect(line).not.toHaveProperty('acknowledgedAt')
    expect(line).not.toHaveProperty('openings')
    const expiresAt = later(HOUR)
    const short = await opened({ expiresAt })
    expect(await lineOf(short.cardId)).toMatchObject({ expiresAt })
  })

  test('says how many openings its reader has left, down to none', async () => {
    const { cardId } = await opened({ maxOpensPerViewer: 3 })
    expect(await lineOf(cardId)).toMatchObject({ opensLeft: 2 })
    await app.call('PATCH', `/v1/cards/${cardId}`, {
      token: alice,
      body: { policy: { maxOpensPerViewer: 1 } },
    })
    expect(await lineOf(cardId)).toMatchObject({ opensLeft: 0 })
  })

  test('says when its reader acknowledged it', async () => {
    const { cardId, opening } = await opened({ requireAcknowledgement: true })
    const at = later(0)
    const done = await app.call('POST', `/v1/openings/${opening.id}/acknowledgement`, {
      token: bob,
    })
    expect(done.status).toBeLessThan(300)
    expect(await lineOf(cardId)).toMatchObject({ acknowledgedAt: at })
  })

  test('keeps its place, and its sender, when the card is revoked', async () => {
    const { cardId, opening } = await opened()
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    expect(await lineOf(cardId)).toMatchObject({ status: 'revoked', sender: opening.sender })
  })
})

test('a line of the cards that a person sent says when the card ends, if it does', async () => {
  const expiresAt = later(HOUR)
  const { cardId } = await opened({ expiresAt })
  const endless = await opened()
  const { body } = await app.call('GET', '/v1/cards', { token: alice })
  const items = CardPage.parse(body).items
  expect(items.find(({ id }) => id === cardId)).toMatchObject({ expiresAt })
  expect(items.find(({ id }) => id === endless.cardId)).not.toHaveProperty('expiresAt')
})
