import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { eventually, ManualClock, ManualTimers } from '@sealcard/testing'
import { Jobs } from '../../src/core/jobs/jobs.js'
import { DAY, HOUR, MINUTE } from '../../src/core/time.js'
import { WebhookSender } from '../../src/webhooks/sending/sender.js'
import { WebhookDeliveries } from '../../src/webhooks/storage/deliveries.js'
import { WebhookDeliveryEntity } from '../../src/webhooks/storage/delivery.entity.js'
import { WebhookStateEntity } from '../../src/webhooks/storage/state.entity.js'
import { Webhooks } from '../../src/webhooks/webhook.js'
import { AuditLog } from '../../src/audit/audit-log.js'
import { TestApp } from '../kit/test-app.js'
import { appsWith, numbered, numberOf, told, WebhookReceiver } from '../kit/webhook-receiver.js'

let receiver: WebhookReceiver
let other: WebhookReceiver
let app: TestApp
let owner: string

beforeEach(async () => {
  receiver = await WebhookReceiver.start()
  other = await WebhookReceiver.start()
  app = await TestApp.start(appsWith([receiver.config(), other.config()]))
  owner = await app.login('alice')
})
afterEach(async () => {
  await app.stop()
  await receiver.stop()
  await other.stop()
})

const card = async () => (await app.shared(owner)).cardId
/** An event about the card, at each call. */
const happen = (cardId: string) =>
  app.nest
    .get(AuditLog, { strict: false })
    .append({ kind: 'card.revoke', actor: 'test', subject: cardId, decision: 'done' })
const waiting = () => app.nest.get(WebhookDeliveries, { strict: false }).queues()
const state = (url: string) => {
  const { id } = app.nest.get(Webhooks, { strict: false }).all.find((one) => one.url.href === url)!
  return app.storage.manager.findOneByOrFail(WebhookStateEntity, { id })
}
const cardsOf = (from: WebhookReceiver) => from.taken.map(({ message }) => message.data.cardId)

test('tries come again after growing pauses with the same id, and the queue is empty after the first success', async () => {
  const cardId = await card()
  receiver.answer = 500
  await happen(cardId)
  await told(app)
  const pauses = []
  for (let at = 0, last = 0; receiver.requests.length < 6; at += 1000) {
    const before = receiver.requests.length
    app.clock.advance(1000)
    await told(app)
    if (receiver.requests.length === before) continue
    pauses.push(at + 1000 - last)
    last = at + 1000
  }
  expect(pauses.length).toBe(5)
  for (const [i, pause] of pauses.entries()) expect(pause).toBeGreaterThanOrEqual(2000 * 2 ** i)
  expect(new Set(receiver.requests.map(({ id }) => id)).size).toBe(1)
  expect(new Set(receiver.requests.map(({ text }) => text)).size).toBe(1)
  // The signature has the time of its try: a receiver refuses an old one.
  expect(new Set(receiver.requests.map(({ timestamp }) => timestamp)).size).toBe(6)
  receiver.answer = 200
  app.clock.advance(HOUR)
  await told(app)
  expect(cardsOf(receiver)).toEqual([cardId])
  expect((await waiting()).size).toBe(0)
})

test('a message that fails holds up later ones of its card, and none of another card', async () => {
  const [first, second] = [await card(), await card()]
  receiver.answer = (response, received) => {
    const refuses = received.message.data.cardId === first
    if (!refuses) receiver.taken.push(received)
    response.writeHead(refuses ? 422 : 200).end()
  }
  for (const one of [first, first, second, first, second]) await happen(one)
  await told(app)
  expect(cardsOf(receiver)).toEqual([second, second])
  expect(receiver.requests.filter(({ message }) => message.data.cardId === first)).toHaveLength(1)
  // New ones wait behind it, too.
  await happen(first)
  await told(app)
  expect(receiver.requests.filter(({ message }) => message.data.cardId === first)).toHaveLength(1)
  const ids = (
    await app.storage.manager.find(WebhookDeliveryEntity, {
      where: { webhookId: (await state(receiver.url)).id },
      order: { seq: 'ASC' },
    })
  ).map(({ id }) => id)
  receiver.answer = 200
  app.clock.advance(HOUR)
  await told(app)
  expect(receiver.taken.slice(2).map(({ id }) => id)).toEqual(ids)
  expect(ids).toHaveLength(4)
})

test('a receiver that hangs delays neither another one nor an answer to a member', async () => {
  const cardId = await card()
  let hanging = 0
  receiver.answer = () => void (hanging += 1)
  await happen(cardId)
  await eventually(async () => hanging === 1)
  await eventually(async () => other.taken.length === 1)
  const second = await card()
  await happen(second)
  await eventually(async () => other.taken.length === 2)
  expect(hanging).toBeGreaterThanOrEqual(1)
  expect(receiver.taken).toEqual([])
})

test('after three days a message is given up, the next one of its card follows, and administrators see it', async () => {
  const cardId = await card()
  receiver.answer = 400
  await happen(cardId)
  await told(app)
  app.clock.advance(3 * DAY - HOUR)
  await happen(cardId)
  await told(app)
  expect((await state(receiver.url)).givenUp).toBe(0)
  app.clock.advance(2 * HOUR)
  await told(app)
  expect(await state(receiver.url)).toMatchObject({
    givenUp: 1,
    lastGivenUpAt: app.clock.now(),
    lastFailure: 'status',
    lastFailureCause: 'it answered 400',
  })
  receiver.answer = 200
  app.clock.advance(2 * HOUR)
  await told(app)
  expect(receiver.taken).toHaveLength(1)
  expect((await waiting()).size).toBe(0)
})

test('410 disables a webhook; what waits is given up in its time', async () => {
  const cardId = await card()
  receiver.answer = 410
  await happen(cardId)
  await told(app)
  expect((await state(receiver.url)).disabledAt).toBe(app.clock.now())
  receiver.answer = 200
  await happen(cardId)
  app.clock.advance(2 * DAY)
  await told(app)
  expect(receiver.requests).toHaveLength(1)
  app.clock.advance(DAY)
  await told(app)
  expect(await state(receiver.url)).toMatchObject({ givenUp: 2 })
  expect((await waiting()).size).toBe(0)
})

test('a redirect is no success, and nobody follows it', async () => {
  for (const [before, status] of [301, 302, 303, 307, 308].entries()) {
    receiver.answer = (response) => void response.writeHead(status, { location: other.url }).end()
    await happen(await card())
    await told(app)
    expect(await state(receiver.url)).toMatchObject({
      lastFailure: 'redirect',
      lastFailureCause: `it answered ${status}: redirects are not followed`,
    })
    expect(other.requests).toHaveLength(before + 1)
  }
})

test('a receiver that asks for time gets it', async () => {
  const cardId = await card()
  receiver.answer = (response) => void response.writeHead(429, { 'retry-after': '600' }).end()
  await happen(cardId)
  await told(app)
  app.clock.advance(9 * MINUTE)
  await told(app)
  expect(receiver.requests).toHaveLength(1)
  app.clock.advance(3 * MINUTE)
  await told(app)
  expect(receiver.requests).toHaveLength(2)
})

test('an answer without an end is a success by its status, and is read no further than 16 kB', async () => {
  const cardId = await card()
  let wrote = 0
  receiver.answer = (response, received) => {
    receiver.taken.push(received)
    response.writeHead(200)
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) wrote += 65_536
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  }
  await happen(cardId)
  await told(app)
  expect(receiver.taken).toHaveLength(1)
  expect((await waiting()).size).toBe(0)
  // What the sockets of both sides hold, and not an answer without end.
  expect(wrote).toBeLessThan(64 * 1024 * 1024)
})

test('two processes tell each message once, in order, whichever of them wrote it', async () => {
  const beside = await app.beside()
  const cards = [await card(), await card(), await card()]
  const written: string[] = []
  for (let n = 0; n < 30; n++) {
    const at = n % 2 ? app : beside
    const cardId = cards[n % cards.length]!
    written.push(cardId)
    await at.nest.get(AuditLog, { strict: false }).append(numbered(cardId, n))
  }
  await eventually(async () => {
    await Promise.all([app, beside].map((one) => one.nest.get(Jobs).poll('webhooks')))
    return (await waiting()).size === 0
  })
  for (const from of [receiver, other]) {
    expect(from.taken).toHaveLength(30)
    expect(new Set(from.taken.map(({ id }) => id)).size).toBe(30)
    expect(from.requests).toHaveLength(30)
    for (const [i, cardId] of cards.entries()) {
      const heard = from.taken.filter(({ message }) => message.data.cardId === cardId)
      expect(heard.map(numberOf)).toEqual(written.flatMap((_, n) => (n % 3 === i ? [n] : [])))
    }
  }
  await beside.nest.close()
})

test('a process that stops gives its webhooks back; another goes on at once', async () => {
  const beside = await app.beside()
  receiver.answer = 500
  await happen(await card())
  await told(app)
  await app.nest.close()
  receiver.answer = 200
  beside.clock.advance(HOUR)
  await told(beside)
  expect(receiver.taken).toHaveLength(1)
  app = beside
})

test('a server that takes the connection and never answers has ten seconds', async () => {
  const silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const sockets = new Set<{ destroy: () => void }>()
  silent.on('connection', (socket) => sockets.add(socket))
  const timers = new ManualTimers()
  const sender = new WebhookSender(new ManualClock(), timers, { lookup: () => {} })
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`
  const [webhook] = new Webhooks(appsWith([receiver.config({ url })])).all
  const sent = sender.send(webhook!, 'x', {
    type: 'webhook.test',
    timestamp: new Date(0).toISOString(),
    data: { app: 'a' },
  })
  await eventually(async () => sockets.size === 1)
  for (const late of timers.pending) late()
  expect(await sent).toMatchObject({ status: null, failure: { code: 'timeout' } })
  await sender.onApplicationShutdown()
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => silent.close(resolve))
})
