import type { WebhookConfig } from '../../../src/core/config/config.js'
import { DoctorFixture, findingsOf } from '../../kit/doctor-fixture.js'
import { WebhookReceiver } from '../../kit/webhook-receiver.js'

let doctor: DoctorFixture
let receiver: WebhookReceiver
beforeAll(async () => {
  doctor = await DoctorFixture.open()
  receiver = await WebhookReceiver.start({ path: '/hook?token=hidden' })
})
afterAll(async () => {
  await doctor.close()
  await receiver.stop()
})

const told = async (...webhooks: WebhookConfig[]) => {
  const installation = doctor.healthy()
  installation.config.apps[0]!.webhooks = webhooks
  return (await findingsOf(installation)).filter(({ check }) => check === 'webhooks')
}
const about = () => `acme-wechat ${receiver.url.replace('?token=hidden', '')}`

test('a webhook that takes a signed test message is well', async () => {
  receiver.answer = 204
  expect(await told(receiver.config())).toEqual([
    {
      check: 'webhooks',
      about: about(),
      status: 'ok',
      code: 'delivered',
      what: 'a test message was answered 204',
    },
  ])
  expect(receiver.types).toEqual(['webhook.test'])
  expect(receiver.refused).toEqual([])
})

test('one that refuses, or has a private address, is wrong: why, and what to do', async () => {
  receiver.answer = 401
  const [refusing, inside] = await told(
    receiver.config(),
    receiver.config({ allowPrivate: false, url: `${receiver.url}&other` }),
  )
  expect(refusing).toMatchObject({
    status: 'wrong',
    code: 'not-delivered-status',
    what: 'a test message did not arrive: it answered 401',
    todo: expect.stringContaining('verify the signature'),
  })
  expect(inside).toMatchObject({
    status: 'wrong',
    code: 'not-delivered-private',
    todo: expect.stringContaining('"allowPrivate": true'),
  })
  expect(JSON.stringify([refusing, inside])).not.toContain('hidden')
})
