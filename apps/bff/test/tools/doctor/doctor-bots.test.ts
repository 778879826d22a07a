import { CAUSES, type Cause } from '../../../src/bots/registry/cause.js'
import { BotCallbackEntity } from '../../../src/bots/storage/bot-callback.entity.js'
import { BotRefusalEntity } from '../../../src/bots/storage/bot-refusal.repository.js'
import { HOUR } from '../../../src/core/time.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { DoctorFixture, examine, findingsOf } from '../../kit/doctor-fixture.js'

let doctor: DoctorFixture
beforeAll(async () => {
  doctor = await DoctorFixture.open()
})
afterAll(() => doctor.close())

const refusal = (cause: Cause, change: Partial<BotRefusalEntity> = {}) => ({
  botId: 'desk',
  cause,
  since: doctor.now - 5 * HOUR,
  times: 7,
  lastAt: doctor.now - HOUR,
  seconds: 0,
  ...change,
})

/** @param heardAt when a true callback came last */
const installation = async (refusals: object[], heardAt?: number) => {
  const one = doctor.healthy()
  const storage = await createDataSource(one.config.database).initialize()
  for (const each of refusals) await storage.manager.insert(BotRefusalEntity, each)
  const callback = { id: 'x', botId: 'desk', messageKey: null, sealedReply: null, person: null }
  if (heardAt !== undefined)
    await storage.manager.insert(BotCallbackEntity, { ...callback, at: heardAt })
  await storage.destroy()
  return one
}
const told = async (...args: Parameters<typeof installation>) =>
  (await findingsOf(await installation(...args))).filter(({ check }) => check === 'bot callbacks')

test.each<[Cause, RegExp]>([
  ['query', /gateway/],
  ['time', /NTP/],
  ['address', /trustedProxies/],
  ['body', /XML/],
  ['signature', /Copy Token anew/],
  ['key', /Copy EncodingAESKey anew/],
  ['receiveid', /`receiveId`/],
  ['aibotid', /`aibotid`/],
  ['corpid', /`corpid`/],
])('refusals because of %s: how many, since when, and what to do', async (cause, todo) => {
  expect(CAUSES).toContain(cause)
  const iso = (ms: number) => new Date(ms).toISOString()
  const when = `7 callbacks refused since ${iso(doctor.now - 5 * HOUR)}, the last at ${iso(doctor.now - HOUR)}: `
  expect(await told([refusal(cause)], doctor.now - 2 * HOUR)).toEqual([
    {
      check: 'bot callbacks',
      about: 'desk',
      status: 'warning',
      code: `refused-${cause}`,
      what: expect.stringContaining(when),
      todo: expect.stringMatching(todo),
    },
  ])
})

test('says by how much the clocks differ, and in which direction', async () => {
  const what = async (seconds: number) => (await told([refusal('time', { seconds })]))[0]?.what
  expect(await what(601)).toMatch(/\(601 s old\)$/)
  expect(await what(-3600)).toMatch(/\(3600 s ahead\)$/)
})

test('a stranger’s false ones are no fault where true ones came since; what needs the Token is', async () => {
  const all = [refusal('signature'), refusal('time'), refusal('key'), refusal('corpid')]
  const statuses = (await told(all, doctor.now - HOUR + 1)).map(({ code, status }) => [
    code,
    status,
  ])
  expect(Object.fromEntries(statuses)).toEqual({
    'refused-signature': 'ok',
    'refused-time': 'ok',
    'refused-key': 'warning',
    'refused-corpid': 'warning',
  })
})

test('refusals older than a day, or of a bot that is not configured, are not shown', async () => {
  const old = { lastAt: doctor.now - 24 * HOUR }
  const found = await told([refusal('key', old), refusal('key', { botId: 'gone' })])
  expect(found).toEqual([expect.objectContaining({ code: 'none', status: 'ok', about: 'desk' })])
})

test('says it in words, and warnings do not make it fail', async () => {
  const { code, out } = await examine(await installation([refusal('receiveid')]))
  expect(out).toMatch(
    /^\[WARNING\] bot callbacks, desk: 7 callbacks refused .*names another receiver/m,
  )
  expect(code).toBe(0)
})
