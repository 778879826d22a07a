import { ManualClock } from '@sealcard/testing'
import { Webhook as Library } from 'standardwebhooks'
import type { PreviousWebhookSecret } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import { type Clock, SystemClock } from '../../src/core/ports/clock.js'
import { SystemTimers } from '../../src/core/ports/timers.js'
import { WebhookSender } from '../../src/webhooks/sending/sender.js'
import { SYSTEM_RESOLVER } from '../../src/webhooks/sending/ways.js'
import { Webhooks } from '../../src/webhooks/webhook.js'
import { appsWith, WebhookReceiver } from '../kit/webhook-receiver.js'

const secretOf = (text: string) => `whsec_${Buffer.from(text).toString('base64')}`
const present = secretOf('the secret that it has now, a new one')
const before = secretOf('the secret that it had before this one')
const other = secretOf('a secret that it never had at any time')

let receiver: WebhookReceiver
afterEach(() => receiver.stop())

/** What arrives of one message. @param knows the receiver's secret */
const sent = async (
  previous: PreviousWebhookSecret | undefined,
  { knows = present, clock = new SystemClock() }: { knows?: string; clock?: Clock } = {},
) => {
  receiver = await WebhookReceiver.start({ secret: knows })
  const sender = new WebhookSender(clock, new SystemTimers(), SYSTEM_RESOLVER)
  const entry = receiver.config({ secret: new Secret(present), previous })
  const answer = await sender.send(new Webhooks(appsWith([entry])).all[0]!, 'message-1', {
    type: 'webhook.test',
    timestamp: new Date(0).toISOString(),
    data: { app: 'a' },
  })
  await sender.onApplicationShutdown()
  return { answer, request: receiver.requests[0]! }
}

test('while a secret changes, the library verifies a message by the new one and by the old one', async () => {
  const { request } = await sent({ secret: new Secret(before) })
  const verified = (secret: string) => new Library(secret).verify(request.text, request.headers)
  expect(verified(present)).toEqual(request.message)
  expect(verified(before)).toEqual(request.message)
  expect(() => verified(other)).toThrow('No matching signature')
  expect(() => new Library(before).verify(`${request.text} `, request.headers)).toThrow(
    'No matching signature',
  )
})

test('a receiver that has only the old secret takes messages until it leaves the configuration', async () => {
  const kept = await sent({ secret: new Secret(before) }, { knows: before })
  expect(kept.answer).toMatchObject({ status: 204 })
  await receiver.stop()
  const removed = await sent(undefined, { knows: before })
  expect(removed.answer).toMatchObject({ status: 400, failure: { code: 'status' } })
})

test.each([
  ['the last moment before its end', 1, 2],
  ['its end', 0, 1],
])('at %s, an old secret signs or signs not', async (_when, left, signatures) => {
  const clock = new ManualClock()
  const until = clock.now() + left
  const { request } = await sent({ secret: new Secret(before), until }, { clock })
  expect(request.headers['webhook-signature']!.split(' ')).toHaveLength(signatures)
})
