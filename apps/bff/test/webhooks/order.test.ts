import { countCases, scale, SeededRandom } from '@sealcard/testing'
import { AuditLog } from '../../src/audit/audit-log.js'
import { HOUR, MINUTE } from '../../src/core/time.js'
import { WebhookDeliveries } from '../../src/webhooks/storage/deliveries.js'
import { TestApp } from '../kit/test-app.js'
import { appsWith, numbered, numberOf, told, WebhookReceiver } from '../kit/webhook-receiver.js'

const RUNS = scale(12, 300, 4)
const EVENTS = 24
/** What a receiver may do to a request. */
const FATES = [200, 200, 204, 400, 429, 500, 'broken', 'after'] as const

test(`whatever a receiver answers, it hears of each card in order and misses nothing, ${RUNS} times`, async () => {
  countCases(RUNS * EVENTS)
  const receiver = await WebhookReceiver.start()
  const app = await TestApp.start(appsWith([receiver.config()]))
  const owner = await app.login('alice')
  const cards = [await app.shared(owner), await app.shared(owner), await app.shared(owner)]
  const audit = app.nest.get(AuditLog, { strict: false })
  const deliveries = app.nest.get(WebhookDeliveries, { strict: false })
  const random = new SeededRandom('webhooks in order')
  const pick = (n: number) => random.bytes(4).readUInt32BE(0) % n
  let failing = true
  /** Numbers of events as they arrived first, by card. */
  const heard = new Map<string, number[]>()
  receiver.answer = (response, received) => {
    const fate = failing ? FATES[pick(FATES.length)]! : 200
    if (fate === 'broken') return void response.destroy()
    if (fate === 'after' || fate < 300) {
      const cardId = String(received.message.data.cardId)
      const numbers = heard.get(cardId) ?? []
      // `after`: it took the message, and the answer got lost. The message comes again, and nothing before that.
      if (numbers.at(-1) !== numberOf(received)) numbers.push(numberOf(received))
      heard.set(cardId, numbers)
    }
    if (fate === 'after') return void response.destroy()
    response.writeHead(fate).end()
  }
  for (let run = 0; run < RUNS; run++) {
    heard.clear()
    failing = true
    const written = new Map<string, number[]>()
    for (let n = 0; n < EVENTS; n++) {
      const { cardId } = cards[pick(cards.length)]!
      written.set(cardId, [...(written.get(cardId) ?? []), n])
      await audit.append(numbered(cardId, n))
      if (pick(3) === 0) await told(app)
      if (pick(4) === 0) app.clock.advance(pick(MINUTE))
    }
    failing = false
    for (let n = 0; n < 30 && (await deliveries.queues()).size > 0; n++) {
      app.clock.advance(HOUR)
      await told(app)
    }
    expect(heard).toEqual(written)
    expect((await deliveries.queues()).size).toBe(0)
  }
  expect(receiver.refused).toEqual([])
  await app.stop()
  await receiver.stop()
})
