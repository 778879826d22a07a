import { AdminWebhooks, WebhookTest } from '@sealcard/protocol'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { wireTime } from '../../../src/core/time.js'
import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import { WECHAT } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import type { TestApp } from '../../kit/test-app.js'
import { appsWith, told, WebhookReceiver } from '../../kit/webhook-receiver.js'

let receiver: WebhookReceiver
let quiet: WebhookReceiver
let app: TestApp
let owner: string

beforeAll(async () => {
  receiver = await WebhookReceiver.start({ path: '/hook?token=hidden' })
  quiet = await WebhookReceiver.start()
  app = await startAdmin(appsWith([receiver.config(), quiet.config({ events: ['person.erased'] })]))
  owner = await app.login('alice')
})
afterAll(async () => {
  await app.stop()
  await receiver.stop()
  await quiet.stop()
})

const list = async () => {
  const answer = await asAdmin(app, 'GET', 'webhooks')
  expect(answer.status).toBe(200)
  return AdminWebhooks.parse(answer.body).items
}
const tried = (id: string) => asAdmin(app, 'POST', `webhooks/${id}/test`)

test('administrators see each webhook without its secret and what its query holds', async () => {
  const items = await list()
  expect(items).toHaveLength(2)
  const [first, second] = items
  expect(first).toMatchObject({
    app: WECHAT,
    url: receiver.url.replace('?token=hidden', ''),
    allowPrivate: true,
    queued: 0,
    lastSuccessAt: null,
    lastFailure: null,
    nextTryAt: null,
    disabledAt: null,
    givenUp: 0,
  })
  expect(first!.events).toHaveLength(7)
  expect(second!.events).toEqual(['person.erased'])
  expect(JSON.stringify(items)).not.toMatch(/hidden|whsec/)
})

test('they see what waits, why it failed and when it is tried next; a test that arrives ends the wait', async () => {
  const { cardId } = await app.shared(owner)
  receiver.answer = 503
  await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: owner })
  await told(app)
  const [failing, other] = await list()
  expect(failing).toMatchObject({
    queued: 1,
    lastFailure: { at: wireTime(app.clock.now()), code: 'status', cause: 'it answered 503' },
  })
  expect(Date.parse(failing!.nextTryAt!)).toBeGreaterThan(app.clock.now())
  expect(other).toMatchObject({ queued: 0, lastFailure: null })

  const failed = WebhookTest.parse((await tried(failing!.id)).body)
  expect(failed).toMatchObject({ delivered: false, status: 503, code: 'status' })
  receiver.answer = (response, received) => {
    receiver.taken.push(received)
    response.writeHead(200).end('a body that nobody is told')
  }
  const answer = await tried(failing!.id)
  expect(answer.status).toBe(200)
  expect(WebhookTest.parse(answer.body)).toEqual({
    at: wireTime(app.clock.now()),
    delivered: true,
    status: 200,
    ms: 0,
  })
  expect(answer.text).not.toContain('a body')
  expect(receiver.taken.at(-1)?.message).toMatchObject({
    type: 'webhook.test',
    data: { app: WECHAT },
  })
  app.clock.advance(60_000)
  await told(app)
  expect((await list())[0]).toMatchObject({ queued: 0, nextTryAt: null })
  const entries = await app.storage.manager.findBy(AuditEntryEntity, { kind: 'webhook.test' })
  expect(entries.map(({ decision, subject }) => [decision, subject])).toEqual([
    ['failed', failing!.id],
    ['done', failing!.id],
  ])
})

test('a test enables a webhook that answered 410', async () => {
  const { cardId } = await app.shared(owner)
  receiver.answer = 410
  await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: owner })
  await told(app)
  const [disabled] = await list()
  expect(disabled).toMatchObject({ queued: 1, disabledAt: wireTime(app.clock.now()) })
  expect(disabled!.nextTryAt).toBeNull()
  receiver.answer = 204
  expect((await tried(disabled!.id)).body.delivered).toBe(true)
  await told(app)
  expect((await list())[0]).toMatchObject({ queued: 0, disabledAt: null })
})

test('a webhook that does not exist cannot be tested', async () => {
  expectProblem(await tried('nothing'), 'ERR_NOT_FOUND')
})
