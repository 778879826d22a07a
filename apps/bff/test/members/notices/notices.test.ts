import { MyNotices } from '@sealcard/protocol'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { Secret } from '../../../src/core/config/secret.js'
import { HOUR } from '../../../src/core/time.js'
import { MOST_WAITING } from '../../../src/members/notices/subscriptions.js'
import { SubscriptionEntity } from '../../../src/members/notices/subscription.entity.js'
import { WECHAT, WECHAT_B, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { appsWithTemplates, TEMPLATES } from '../../kit/templates.js'
import { TestApp } from '../../kit/test-app.js'

const bot = {
  id: 'desk',
  app: WECOM,
  token: new Secret('T'),
  encodingAesKey: new Secret('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'),
  receiveId: '',
  notices: { firstOpening: true, refusedAttempts: false, expiringTomorrow: true },
}

let app: TestApp
beforeEach(async () => {
  const { opened, expiring } = TEMPLATES
  app = await TestApp.start({ apps: appsWithTemplates({ opened, expiring }), bots: [bot] })
})
afterEach(() => app.stop())

const subscribe = (token: string, cardId: string, body: object = { event: 'opened' }) =>
  app.call('POST', `/v1/cards/${cardId}/subscriptions`, { token, body })
const rows = () => app.storage.manager.find(SubscriptionEntity, { order: { event: 'ASC' } })

describe('POST /v1/cards/:cardId/subscriptions', () => {
  test('counts one message for one acceptance, of each event and card', async () => {
    const alice = await app.login('alice')
    const [one, two] = [await app.shared(alice), await app.shared(alice)]
    const answer = await subscribe(alice, one.cardId)
    expect([answer.status, answer.text]).toEqual([204, ''])
    await subscribe(alice, one.cardId)
    await subscribe(alice, two.cardId)
    await subscribe(alice, one.cardId, { event: 'expiring', language: 'en' })
    const counted = (await rows()).map(({ cardId, event, remaining, language }) => [
      cardId === one.cardId ? 'one' : 'two',
      event,
      remaining,
      language,
    ])
    expect(counted.sort()).toEqual([
      ['one', 'expiring', 1, 'en'],
      ['one', 'opened', 2, 'zh'],
      ['two', 'opened', 1, 'zh'],
    ])
    const entries = await app.storage.manager.findBy(AuditEntryEntity, { kind: 'card.subscribe' })
    expect(entries.map(({ reason }) => reason).sort()).toEqual(
      ['opened', 'opened', 'opened', 'expiring'].sort(),
    )
  })

  test('keeps no more acceptances than are ever used, also when they come at once', async () => {
    const alice = await app.login('alice')
    const { cardId } = await app.shared(alice)
    const all = Array.from({ length: MOST_WAITING + 5 }, () => subscribe(alice, cardId))
    for (const { status } of await Promise.all(all)) expect(status).toBe(204)
    expect(await rows()).toMatchObject([{ remaining: MOST_WAITING }])
  })

  test('is not there for an event without a template, an app without any, and others’ cards', async () => {
    const [alice, bob] = [await app.login('alice'), await app.login('bob')]
    const [beta, wecom] = [await app.login('alice', WECHAT_B), await app.login('alice', WECOM)]
    const { cardId } = await app.shared(alice)
    const answers = [
      await subscribe(alice, cardId, { event: 'requested' }),
      await subscribe(beta, (await app.shared(beta)).cardId),
      await subscribe(wecom, (await app.shared(wecom)).cardId),
      await subscribe(bob, cardId),
      await subscribe(alice, 'AAAAAAAAAAAAAAAAAAAAAA'),
    ]
    for (const answer of answers) expectProblem(answer, 'ERR_NOT_FOUND')
    expect(await rows()).toEqual([])
  })

  test.each([[{}], [{ event: 'revoked' }], [{ event: 'opened', language: 'fr' }]])(
    'refuses %j',
    async (body) => {
      const alice = await app.login('alice')
      const { cardId } = await app.shared(alice)
      expectProblem(await subscribe(alice, cardId, body), 'ERR_INPUT')
    },
  )

  test('the owner of a card that ends soon hears of it when half of the rest is over', async () => {
    const alice = await app.login('alice')
    const expiresAt = app.clock.now() + 4 * HOUR
    const policy = { expiresAt: new Date(expiresAt).toISOString() }
    const { cardId } = await app.shared(alice, { policy })
    await subscribe(alice, cardId, { event: 'expiring' })
    expect(await rows()).toMatchObject([{ dueAt: expiresAt - 2 * HOUR }])
  })

  test('ends with the person', async () => {
    const alice = await app.login('alice')
    await subscribe(alice, (await app.shared(alice)).cardId)
    await app.call('DELETE', '/v1/me', { token: alice })
    expect(await rows()).toEqual([])
  })
})

describe('/v1/me/notices', () => {
  const read = (token: string) => app.call('GET', '/v1/me/notices', { token })
  const choose = (token: string, kinds: object) =>
    app.call('PUT', '/v1/me/notices', { token, body: { kinds } })

  test('tells a WeChat person which templates there are', async () => {
    const { status, body } = await read(await app.login('alice', WECHAT))
    expect(status).toBe(200)
    expect(MyNotices.strict().safeParse(body).error).toBeUndefined()
    const { opened, expiring } = TEMPLATES
    expect(body).toEqual({ kinds: {}, templates: { opened: opened.id, expiring: expiring.id } })
  })

  test('tells a WeCom person what the app tells, and keeps what they switch off', async () => {
    const alice = await app.login('alice', WECOM)
    expect((await read(alice)).body).toEqual({
      kinds: { opened: true, expiring: true },
      templates: {},
    })
    const off = await choose(alice, { opened: false })
    expect([off.status, off.body.kinds]).toEqual([200, { opened: false, expiring: true }])
    await choose(alice, { expiring: false })
    await choose(alice, { opened: true })
    expect((await read(alice)).body.kinds).toEqual({ opened: true, expiring: false })
    expect((await read(await app.login('bob', WECOM))).body.kinds.expiring).toBe(true)
  })

  test('refuses a kind that does not exist', async () => {
    const alice = await app.login('alice', WECOM)
    const answer = await choose(alice, { everything: false })
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe('kinds.everything')
  })

  test('an app that tells nothing has an empty answer', async () => {
    const { body } = await read(await app.login('alice', WECHAT_B))
    expect(body).toEqual({ kinds: {}, templates: {} })
  })
})
