import { AuditLog } from '../../../src/audit/audit-log.js'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { DAY } from '../../../src/core/time.js'
import { CompanyPolicyService } from '../../../src/members/card-rules/company-policy.service.js'
import { CardChanges } from '../../../src/members/cards/card-changes.js'
import { ViewerRepository } from '../../../src/members/sessions/viewer.repository.js'
import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import { WECHAT, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
let alice: string
beforeAll(async () => {
  app = await startAdmin()
  alice = await app.login('alice')
})
afterAll(() => app.stop())

/** Sets the policy, whatever it is now. */
const set = async (policy: object, reason = 'a test') => {
  const { version } = (await asAdmin(app, 'GET', 'policy')).body
  const answer = await asAdmin(app, 'PUT', 'policy', { version, reason, ...policy })
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 })
  return answer.body
}
const make = (policy: object = {}, token = alice) =>
  app.call('POST', '/v1/cards', { token, body: { title: 'T', body: 'B', policy } })
const inDays = (days: number, ms = 0) => new Date(app.clock.now() + days * DAY + ms).toISOString()
const shown = async (token = alice) => (await app.call('GET', '/v1/policy', { token })).body

describe('what the company allows, on a new card', () => {
  test('nothing is limited until an administrator sets it', async () => {
    const { body } = await asAdmin(app, 'GET', 'policy')
    expect(body).toMatchObject({
      default: {},
      apps: {},
      makers: [],
      changedAt: null,
      changedBy: null,
    })
    expect((await make()).body.policy).toEqual({})
    expect(await shown()).toEqual({ mayMakeCards: true, watermark: false })
  })

  test('the longest life: set where nothing is said, refused where more is asked', async () => {
    await set({ default: { maxLifeDays: 7 } })
    expect((await make()).body.policy).toEqual({ expiresAt: inDays(7) })
    expect((await make({ expiresAt: inDays(2) })).body.policy).toEqual({ expiresAt: inDays(2) })
    expect((await make({ expiresAt: inDays(7) })).body.policy).toEqual({ expiresAt: inDays(7) })
    // A client whose clock is a little ahead.
    expect((await make({ expiresAt: inDays(7, 60_000) })).body.policy.expiresAt).toBe(inDays(7))
    const refused = await make({ expiresAt: inDays(8) })
    expectProblem(refused, 'ERR_INPUT')
    expect(refused.body.issues).toEqual([
      { path: 'policy.expiresAt', message: "the company's policy allows at most 7 days" },
    ])
    expect(await shown()).toEqual({ mayMakeCards: true, watermark: false, maxLifeDays: 7 })
  })

  test('it holds: the card is over after that', async () => {
    await set({ default: { maxLifeDays: 1 } })
    const { shareId, declared } = await app.shared(alice)
    app.clock.advance(DAY)
    const bob = await app.login('bob')
    expectProblem(
      await app.open(bob, shareId, wechatProof(key('bob'), declared)),
      'ERR_CARD_EXPIRED',
    )
  })

  test.each([['maxViewers'], ['maxOpensPerViewer']])('%s', async (field) => {
    await set({ default: { [field]: 5 } })
    expect((await make()).body.policy).toEqual({ [field]: 5 })
    expect((await make({ [field]: 3 })).body.policy).toEqual({ [field]: 3 })
    const refused = await make({ [field]: 6 })
    expectProblem(refused, 'ERR_INPUT')
    expect(refused.body.issues[0].path).toBe(`policy.${field}`)
    expect((await shown())[field]).toBe(5)
  })

  test('the watermark is set and not refused, and is on what is opened', async () => {
    await set({ default: { watermark: true } })
    expect((await make({ watermark: false })).body.policy).toEqual({ watermark: true })
    const { shareId, declared } = await app.shared(alice)
    const bob = await app.login('bob')
    const opened = await app.open(bob, shareId, wechatProof(key('bob'), declared, 'w'))
    expect(opened.body.watermark).toEqual(expect.any(String))
    expect((await shown()).watermark).toBe(true)
  })

  test('copying is refused where the company forbids it, and else the sender’s to allow', async () => {
    await set({ default: {} })
    expect((await make({ allowCopy: true })).body.policy).toEqual({ allowCopy: true })
    await set({ default: { noCopy: true } })
    expect((await make()).body.policy).toEqual({})
    const refused = await make({ allowCopy: true })
    expectProblem(refused, 'ERR_INPUT')
    expect(refused.body.issues).toEqual([
      { path: 'policy.allowCopy', message: "the company's policy allows no copying" },
    ])
    expect((await make({ allowCopy: false })).status).toBe(201)
    expect((await shown()).noCopy).toBe(true)
  })

  test('a reader gets what the sender chose about copying', async () => {
    await set({ default: {} })
    const { shareId, declared } = await app.shared(alice, { policy: { allowCopy: true } })
    const dora = await app.login('dora')
    const opened = await app.open(dora, shareId, wechatProof(key('dora'), declared))
    expect(opened.body.card.policy).toEqual({ allowCopy: true })
  })

  test('cards may be made by everyone, by those listed, or by no one', async () => {
    const bob = await app.login('bob')
    const id = (await app.nest.get(ViewerRepository).find(WECHAT, 'bob'))?.id ?? ''
    await set({ default: { mayMake: 'listed' }, makers: [id, id] })
    expect((await make({}, bob)).status).toBe(201)
    expectProblem(await make(), 'ERR_FORBIDDEN')
    expect([(await shown()).mayMakeCards, (await shown(bob)).mayMakeCards]).toEqual([false, true])
    expect(JSON.stringify(await shown())).not.toContain(id)
    await set({ default: { mayMake: 'nobody' }, makers: [id] })
    expectProblem(await make({}, bob), 'ERR_FORBIDDEN')
    await set({ default: { mayMake: 'everyone' } })
    expect((await make()).status).toBe(201)
  })

  test('an app’s own rules replace the others, as a whole', async () => {
    await set({
      default: { maxLifeDays: 7, watermark: true },
      apps: { [WECOM]: { maxViewers: 2 } },
    })
    const wendy = await app.login('wendy', WECOM)
    expect((await make({}, wendy)).body.policy).toEqual({ maxViewers: 2 })
    expect((await make()).body.policy).toEqual({ expiresAt: inDays(7), watermark: true })
    expect(await shown(wendy)).toEqual({ mayMakeCards: true, watermark: false, maxViewers: 2 })
  })

  test('cards made before keep what they had, and a repeated request its answer', async () => {
    await set({ default: {} })
    const call = {
      token: alice,
      body: { title: 'T', body: 'B' },
      headers: { 'idempotency-key': 'before' },
    }
    const before = await app.call('POST', '/v1/cards', call)
    await set({ default: { mayMake: 'nobody', maxLifeDays: 1 } })
    expect((await app.call('POST', '/v1/cards', call)).text).toBe(before.text)
    const read = await app.call('GET', `/v1/cards/${before.body.id}`, { token: alice })
    expect(read.body.policy).toEqual({})
  })
})

describe('changing the policy', () => {
  test('of two administrators with one version one wins, and the other gets a conflict', async () => {
    const { version } = (await asAdmin(app, 'GET', 'policy')).body
    const put = (maxLifeDays: number) =>
      asAdmin(app, 'PUT', 'policy', { version, default: { maxLifeDays } })
    const answers = await Promise.all([put(3), put(4), put(5), put(6)])
    const won = answers.filter(({ status }) => status === 200)
    expect(won).toHaveLength(1)
    for (const answer of answers) if (answer !== won[0]) expectProblem(answer, 'ERR_CONFLICT')
    const now = (await asAdmin(app, 'GET', 'policy')).body
    expect(now).toEqual(won[0]?.body)
    expect(now).toMatchObject({ version: version + 1, changedBy: 'token:env' })
  })

  test('counts for every card whose answer comes after it', async () => {
    await set({ default: {} })
    const cards = Array.from({ length: 10 }, () => make())
    const changed = set({ default: { mayMake: 'nobody' } }).then(() => make())
    expectProblem(await changed, 'ERR_FORBIDDEN')
    await Promise.all(cards)
    await set({ default: {} })
  })

  test('is recorded: who, from where, which version, why', async () => {
    const { version } = await set({ default: { watermark: true } }, 'the board wants it')
    const [entry] = await app.storage.manager.find(AuditEntryEntity, {
      where: { kind: 'policy.set' },
      order: { seq: 'DESC' },
      take: 1,
    })
    expect(entry).toMatchObject({ actor: 'token:env', subject: 'company', decision: 'done' })
    expect(entry?.reason).toMatch(
      new RegExp(
        `^address=127\\.0\\.0\\.1 version=${version} rules=[0-9a-f]{16} the board wants it$`,
      ),
    )
  })

  test.each<[object, string]>([
    [{ default: {} }, 'version'],
    [{ version: 0 }, 'default'],
    [{ version: '0', default: {} }, 'version'],
    [{ version: 0, default: { maxLifeDays: 0 } }, 'default.maxLifeDays'],
    [{ version: 0, default: { maxLifeDays: 1.5 } }, 'default.maxLifeDays'],
    [{ version: 0, default: { mayMake: 'me' } }, 'default.mayMake'],
    [{ version: 0, default: { role: 'admin' } }, 'default.role'],
    [{ version: 0, default: {}, apps: { unknown: {} } }, 'apps.unknown'],
    [{ version: 0, default: {}, apps: { [WECHAT]: { x: 1 } } }, `apps.${WECHAT}.x`],
    [{ version: 0, default: {}, makers: ['nobody'] }, 'makers.0'],
    [{ version: 0, default: {}, makers: 'everyone' }, 'makers'],
    [{ version: 0, default: {}, changedBy: 'me' }, 'changedBy'],
  ])('refuses %j and names the field', async (body, path) => {
    const before = (await asAdmin(app, 'GET', 'policy')).text
    const answer = await asAdmin(app, 'PUT', 'policy', body)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe(path)
    expect((await asAdmin(app, 'GET', 'policy')).text).toBe(before)
  })

  test('a second process finds the row that the first one made', async () => {
    const beside = await app.beside()
    try {
      await beside.nest.get(CompanyPolicyService, { strict: false }).onModuleInit()
      expect((await asAdmin(beside, 'GET', 'policy')).text).toBe(
        (await asAdmin(app, 'GET', 'policy')).text,
      )
    } finally {
      await beside.nest.close()
    }
  })
})

describe('a bot’s extension of a card', () => {
  test('goes no further than the longest life', async () => {
    await set({ default: {} })
    const { body } = await make({ expiresAt: inDays(2) })
    await set({ default: { maxLifeDays: 5 } })
    const changes = app.nest.get(CardChanges, { strict: false })
    const viewerId = (await app.nest.get(ViewerRepository).find(WECHAT, 'alice'))?.id ?? ''
    const extend = (days: number) =>
      app.nest
        .get(AuditLog)
        .transact((tx) => changes.extend(tx, { viewerId, channel: 'bot:desk' }, body.id, days))
    expect(await extend(4)).toEqual({
      outcome: 'too_long',
      latest: Date.parse(body.createdAt) + 5 * DAY,
    })
    expect(await extend(3)).toEqual({ outcome: 'done', expiresAt: Date.parse(inDays(5)) })
    await set({ default: {} })
  })
})
