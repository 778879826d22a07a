import { Webhook } from 'standardwebhooks'
import { Jobs } from '../../src/core/jobs/jobs.js'
import { DAY, HOUR, wireTime } from '../../src/core/time.js'
import { AuditLog } from '../../src/audit/audit-log.js'
import { PersonService } from '../../src/lifecycle/person.service.js'
import { CardContent } from '../../src/members/cards/card-content.js'
import { CardEntity } from '../../src/members/cards/card.entity.js'
import { WebhookDeliveryEntity } from '../../src/webhooks/storage/delivery.entity.js'
import { WebhookWorker } from '../../src/webhooks/delivery/worker.js'
import { WECHAT, WECHAT_B } from '../kit/config.js'
import { key, wechatProof } from '../kit/proofs.js'
import { TestApp } from '../kit/test-app.js'
import { appsWith, told, WebhookReceiver } from '../kit/webhook-receiver.js'

let receiver: WebhookReceiver
let app: TestApp
let owner: string

beforeAll(async () => {
  receiver = await WebhookReceiver.start()
  app = await TestApp.start(appsWith([receiver.config()]))
  owner = await app.login('alice')
})
beforeEach(() => {
  receiver.requests.length = 0
  receiver.taken.length = 0
  receiver.answer = 204
})
afterEach(() => expect(receiver.refused).toEqual([]))
afterAll(async () => {
  await app.stop()
  await receiver.stop()
})

const idOf = async (token: string) => (await app.call('GET', '/v1/me', { token })).body.id as string
const people = async (reader: string, name = 'bob') => ({
  owner: { id: await idOf(owner), platformId: 'alice' },
  viewer: { id: await idOf(reader), platformId: name },
})
const open = async (shareId: string, declared: string, name = 'bob', nonce = 'n') => {
  const token = await app.login(name)
  const { status, body } = await app.open(token, shareId, wechatProof(key(name), declared, nonce))
  return { token, status, body }
}
const waiting = () => app.storage.manager.find(WebhookDeliveryEntity)

test('an opening, its acknowledgement and the revocation are told in order, with ids and without words', async () => {
  const { cardId, shareId, declared } = await app.shared(owner, {
    title: 'A title of words',
    policy: { requireAcknowledgement: true },
  })
  const content = app.nest.get(CardContent, { strict: false })
  const words = { title: 'A title of words', body: 'The secret', reference: 'order-1001' }
  const { sealedReference } = content.seal(cardId, words)
  await app.storage.manager.update(CardEntity, { id: cardId }, { sealedReference })
  const { token, body } = await open(shareId, declared)
  const acknowledged = `/v1/openings/${body.id}/acknowledgement`
  expect((await app.call('POST', acknowledged, { token, body: {} })).status).toBe(204)
  await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: owner })
  await told(app)
  const both = await people(token)
  const timestamp = wireTime(app.clock.now())
  const about = { app: WECHAT, cardId, reference: 'order-1001', owner: both.owner }
  const { viewer } = both
  expect(receiver.taken.map(({ message }) => message)).toEqual([
    {
      type: 'card.opened',
      timestamp,
      data: { ...about, openingId: body.id, shareId, viewer },
    },
    { type: 'card.acknowledged', timestamp, data: { ...about, openingId: body.id, viewer } },
    { type: 'card.revoked', timestamp, data: about },
  ])
  expect(JSON.stringify(receiver.taken)).not.toMatch(/words|secret/)
  expect(await waiting()).toEqual([])
})

test('the library verifies a message; with a byte changed, another secret or an old time it does not', async () => {
  const { shareId, declared } = await app.shared(owner)
  await open(shareId, declared)
  let seen: { text: string; headers: Record<string, string> } | undefined
  receiver.answer = (response, { text }) => {
    seen = { text, headers: response.req.headers as Record<string, string> }
    response.writeHead(200).end()
  }
  await told(app)
  if (!seen) throw new Error('nothing was sent')
  const { text, headers } = seen
  const secret = receiver.config().secret.reveal()
  jest.useFakeTimers({ now: app.clock.now() })
  try {
    expect(new Webhook(secret).verify(text, headers)).toEqual(JSON.parse(text))
    expect(() => new Webhook(secret).verify(text.replace('opened', 'closed'), headers)).toThrow()
    const other = `whsec_${Buffer.alloc(32, 'other').toString('base64')}`
    expect(() => new Webhook(other).verify(text, headers)).toThrow()
    jest.setSystemTime(app.clock.now() + HOUR)
    expect(() => new Webhook(secret).verify(text, headers)).toThrow(/old/)
  } finally {
    jest.useRealTimers()
  }
})

test('a proven recipient who is refused is told with the code; an attempt without a proof is not', async () => {
  const { cardId, shareId, declared } = await app.shared(owner)
  await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: owner })
  const { token, status } = await open(shareId, declared)
  expect(status).toBe(410)
  expect((await app.open(token, shareId, wechatProof(key('bob'), 'another'))).status).toBe(403)
  expect((await app.open(token, shareId, { encryptedData: '', iv: '' })).status).toBe(403)
  await told(app)
  expect(receiver.types).toEqual(['card.revoked', 'card.refused'])
  const { viewer } = await people(token)
  const { data } = receiver.taken[1]!.message
  expect(data).toMatchObject({ cardId, shareId, code: 'ERR_CARD_REVOKED', viewer })
  expect(data.openingId).toMatch(/^\w{22}$/)
})

test('a proof that is sent again is the same opening, and is told once', async () => {
  const { shareId, declared } = await app.shared(owner)
  const first = await open(shareId, declared)
  const again = await open(shareId, declared)
  expect(again.body.id).toBe(first.body.id)
  await told(app)
  expect(receiver.types).toEqual(['card.opened'])
})

test('a request for access is told; one about a share that does not exist is stored alike and told to nobody', async () => {
  const { cardId, shareId } = await app.shared(owner)
  const token = await app.login('carol')
  const ask = (share: string) =>
    app.call('POST', `/v1/shares/${share}/requests`, { token, body: { note: 'words' } })
  receiver.answer = 503
  expect((await ask(shareId)).status).toBe(202)
  expect((await ask('nothing')).status).toBe(202)
  const rows = await waiting()
  expect(rows.map(({ type, cardId: card }) => [type, card])).toEqual(
    expect.arrayContaining([
      ['access.requested', cardId],
      ['access.requested', null],
    ]),
  )
  // A row of theirs that waits would say that there is such a share.
  const copy = JSON.parse((await app.call('GET', '/v1/me/export', { token })).text)
  expect(copy.tables.webhook_deliveries.rows).toEqual([])
  expect(JSON.stringify(copy)).not.toContain(cardId)
  receiver.answer = 204
  app.clock.advance(HOUR)
  await told(app)
  const { viewer } = await people(token, 'carol')
  expect(receiver.taken.map(({ message }) => message.data)).toEqual([
    expect.objectContaining({ cardId, shareId, viewer }),
  ])
  expect(receiver.taken[0]!.text).not.toContain('words')
  expect(await waiting()).toEqual([])
})

test('an expiry is told within a minute, once; a card that lives on and expires again is told again', async () => {
  const jobs = app.nest.get(Jobs)
  const soon = (ms: number) => ({ expiresAt: wireTime(app.clock.now() + ms) })
  const { cardId } = await app.shared(owner, { policy: soon(HOUR) })
  await jobs.poll('card-expiries')
  app.clock.advance(HOUR)
  await jobs.poll('card-expiries')
  await jobs.poll('card-expiries')
  await told(app)
  expect(receiver.taken.map(({ message }) => [message.type, message.data.cardId])).toEqual([
    ['card.expired', cardId],
  ])
  const change = { token: owner, body: { policy: soon(HOUR) } }
  expect((await app.call('PATCH', `/v1/cards/${cardId}`, change)).status).toBe(200)
  app.clock.advance(HOUR)
  await jobs.poll('card-expiries')
  await told(app)
  expect(receiver.types).toEqual(['card.expired', 'card.expired'])
})

test('an expiry of a revoked card, and one of four days ago, is told to nobody', async () => {
  const jobs = app.nest.get(Jobs)
  const policy = { expiresAt: wireTime(app.clock.now() + HOUR) }
  const { cardId } = await app.shared(owner, { policy })
  await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: owner })
  await app.shared(owner, { policy })
  await told(app)
  receiver.taken.length = 0
  app.clock.advance(4 * DAY)
  await jobs.poll('card-expiries')
  await told(app)
  expect(receiver.types).toEqual([])
  owner = await app.login('alice')
})

test('an erasure is told by the id that earlier messages had; what waits about the person loses them', async () => {
  const { cardId, shareId, declared } = await app.shared(owner)
  receiver.answer = 503
  const { token, body } = await open(shareId, declared, 'dora')
  const id = await idOf(token)
  await told(app)
  expect((await app.call('DELETE', '/v1/me', { token })).status).toBe(204)
  const rows = await waiting()
  expect(JSON.stringify(rows)).not.toContain('dora')
  expect(rows.map(({ type, viewerId }) => [type, viewerId])).toEqual(
    expect.arrayContaining([
      ['card.opened', null],
      ['person.erased', id],
    ]),
  )
  receiver.answer = 204
  app.clock.advance(HOUR)
  await told(app)
  const taken = receiver.taken.map(({ message }) => message)
  expect(taken.find(({ type }) => type === 'person.erased')?.data).toEqual({
    app: WECHAT,
    viewer: { id },
  })
  const opened = taken.find(({ type }) => type === 'card.opened')?.data
  expect(opened).toMatchObject({ cardId, openingId: body.id })
  expect(opened).not.toHaveProperty('viewer')
})

test('erasing an owner revokes their cards, and is told so; nothing says whose they were', async () => {
  const eva = await app.login('eva')
  const { cardId } = await app.shared(eva)
  const who = { id: await idOf(eva) }
  const service = app.nest.get(PersonService, { strict: false })
  await service.erase(who, { actor: 'test' })
  await told(app)
  expect(receiver.types.sort()).toEqual(['card.revoked', 'person.erased'])
  const revoked = receiver.taken.find(({ message }) => message.type === 'card.revoked')
  expect(revoked?.message.data).toEqual({ app: WECHAT, cardId })
})

test('an app without webhooks is told nothing, and a revocation in it neither', async () => {
  const other = await app.login('alice', WECHAT_B)
  const { cardId, shareId, declared } = await app.shared(other)
  const bob = await app.login('bob', WECHAT_B)
  const opened = await app.open(bob, shareId, wechatProof(key('bob'), declared))
  expect(opened.status).toBe(201)
  await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: other })
  await told(app)
  expect(receiver.requests).toEqual([])
  expect(await waiting()).toEqual([])
})

test('what is rolled back is not told', async () => {
  const { cardId } = await app.shared(owner)
  const audit = app.nest.get(AuditLog, { strict: false })
  const undone = audit.transact(({ record }) => {
    record({ kind: 'card.revoke', actor: 'test', subject: cardId, decision: 'done' })
    throw new RangeError('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  app.nest.get(WebhookWorker, { strict: false }).wake()
  await told(app)
  expect(receiver.requests).toEqual([])
})
