import type { Policy } from '@sealcard/protocol'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { DAY, HOUR, wireTime } from '../../../src/core/time.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { CardRepository } from '../../../src/members/cards/card.repository.js'
import { GroupWriter } from '../../../src/members/openings/group-writer.js'
import { ADMIN, startAdmin } from '../../kit/admin/support.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import type { Answer, TestApp } from '../../kit/test-app.js'

let app: TestApp
let alice: string
let bob: string
beforeAll(async () => {
  app = await startAdmin()
})
beforeEach(async () => {
  alice = await app.login('alice')
  bob = await app.login('bob')
})
afterEach(() => {
  jest.restoreAllMocks()
  app.clock.advance(HOUR)
})
afterAll(() => app.stop())

const change = (id: string, body: unknown, on = app, method = 'PATCH'): Promise<Answer> =>
  on.call(method, `/v1/cards/${id}`, { token: alice, body })
const read = (id: string) => app.call('GET', `/v1/cards/${id}`, { token: alice })
const shared = (policy: Policy = {}) => app.shared(alice, { policy })
type Shared = Awaited<ReturnType<typeof shared>>

let proofs = 0
const open = ({ shareId, declared }: Shared, on = app) =>
  on.open(bob, shareId, wechatProof(key('bob'), declared, `n${(proofs += 1)}`))
const later = (ms: number) => wireTime(app.clock.now() + ms)
const entries = (subject: string) =>
  app.storage.manager.find(AuditEntryEntity, { where: { subject }, order: { seq: 'ASC' } })

describe.each(['PATCH', 'PUT'])('%s of a card', (method) => {
  test('changes its words until somebody opens it', async () => {
    const card = await shared()
    const answer = await change(card.cardId, { title: 'Better', body: 'Mended' }, app, method)
    expect(answer).toMatchObject({ status: 200, body: { title: 'Better', body: 'Mended' } })
    expect(answer.headers['cache-control']).toBe('no-store')
    expect((await read(card.cardId)).body).toEqual(answer.body)
    expect((await open(card)).body.card).toMatchObject({ title: 'Better', body: 'Mended' })
  })

  test('leaves what is not named as it is', async () => {
    const { cardId } = await shared({ maxViewers: 3 })
    await change(cardId, { title: 'Better' }, app, method)
    await change(cardId, {}, app, method)
    expect((await read(cardId)).body).toMatchObject({
      title: 'Better',
      body: 'The secret',
      policy: { maxViewers: 3 },
    })
  })
})

describe('words of a card that was opened', () => {
  test('stay', async () => {
    const card = await shared()
    await open(card)
    for (const body of [{ title: 'New' }, { body: 'New' }, { title: 'New', policy: {} }])
      expectProblem(await change(card.cardId, body), 'ERR_CONFLICT')
    expect((await read(card.cardId)).body).toMatchObject({ title: 'Title', body: 'The secret' })
  })

  test('may be sent again as they are, with another policy', async () => {
    const card = await shared()
    await open(card)
    const body = { title: 'Title', body: 'The secret', policy: { maxOpensPerViewer: 1 } }
    expect(await change(card.cardId, body)).toMatchObject({ status: 200 })
    expectProblem(await open(card), 'ERR_VIEW_LIMIT')
  })

  test('are not kept by an opening that was refused, or by a peek', async () => {
    const card = await shared()
    await app.open(bob, card.shareId, { encryptedData: 'AAAA', iv: 'AAAA' })
    const proof = wechatProof(key('bob'), card.declared, 'peeked')
    expect((await app.open(bob, card.shareId, { ...proof, peek: true })).status).toBe(200)
    expect((await change(card.cardId, { body: 'Mended' })).status).toBe(200)
  })
})

describe('a policy', () => {
  test('holds for openings from then on, before and after the first', async () => {
    const card = await shared()
    await change(card.cardId, { policy: { maxOpensPerViewer: 2 } })
    expect((await open(card)).body.opensLeft).toBe(1)
    await change(card.cardId, { policy: { maxOpensPerViewer: 1 } })
    expectProblem(await open(card), 'ERR_VIEW_LIMIT')
    await change(card.cardId, { policy: { maxOpensPerViewer: 3, watermark: true } })
    expect((await open(card)).body.watermark).toEqual(expect.any(String))
  })

  test('keeps the fields that are not named, and null removes one', async () => {
    const { cardId } = await shared({ maxViewers: 3, watermark: true })
    await change(cardId, { policy: { guardCapture: true } })
    expect((await read(cardId)).body.policy).toEqual({
      maxViewers: 3,
      watermark: true,
      guardCapture: true,
    })
    await change(cardId, { policy: { maxViewers: null, expiresAt: null } })
    expect((await read(cardId)).body.policy).toEqual({ watermark: true, guardCapture: true })
  })

  test('with a later end revives an expired card while its words are kept', async () => {
    const card = await shared({ expiresAt: later(HOUR) })
    app.clock.advance(2 * HOUR)
    expectProblem(await open(card), 'ERR_CARD_EXPIRED')
    const expiresAt = later(DAY)
    const answer = await change(card.cardId, { policy: { expiresAt } })
    expect(answer).toMatchObject({ status: 200, body: { status: 'active', policy: { expiresAt } } })
    expect((await open(card)).body.expiresAt).toBe(expiresAt)
    // Retention goes by the new end.
    app.clock.advance(20 * HOUR)
    await app.nest.get(RetentionService, { strict: false }).run()
    bob = await app.login('bob')
    expect((await open(card)).status).toBe(201)
  })

  test('revives nothing once the words are erased', async () => {
    const card = await shared({ expiresAt: later(HOUR) })
    app.clock.advance(14 * HOUR)
    await app.nest.get(RetentionService, { strict: false }).run()
    for (const body of [{ policy: { expiresAt: later(DAY) } }, { title: 'New', body: 'New' }])
      expectProblem(await change(card.cardId, body), 'ERR_CARD_EXPIRED')
  })

  test('of an expired card limits a person as before their erasure', async () => {
    const card = await shared({ expiresAt: later(HOUR), maxOpensPerViewer: 1 })
    const eve = await app.login('eve')
    const openBy = (token: string) =>
      app.open(token, card.shareId, wechatProof(key('eve'), card.declared, `e${(proofs += 1)}`))
    expect((await openBy(eve)).status).toBe(201)
    app.clock.advance(2 * HOUR)
    expect((await app.call('DELETE', '/v1/me', { token: eve })).status).toBe(204)
    await change(card.cardId, { policy: { expiresAt: later(DAY) } })
    expectProblem(await openBy(await app.login('eve')), 'ERR_VIEW_LIMIT')
  })
})

describe('what may not be changed', () => {
  test('another person’s card is like one that is not there', async () => {
    const { cardId } = await shared()
    const answers = await Promise.all(
      [cardId, 'A'.repeat(22), '-', "'%20OR%201=1"].flatMap((id) =>
        ['PATCH', 'PUT', 'DELETE'].map((method) =>
          app.call(method, `/v1/cards/${id}`, {
            token: bob,
            ...(method !== 'DELETE' && { body: { title: 'Mine' } }),
          }),
        ),
      ),
    )
    for (const answer of answers) {
      expectProblem(answer, 'ERR_NOT_FOUND')
      expect({ ...answer.body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' })
    }
    expect((await read(cardId)).body).toMatchObject({ title: 'Title', status: 'active' })
  })

  test('a revoked card', async () => {
    const card = await shared()
    await app.call('POST', `/v1/cards/${card.cardId}/revoke`, { token: alice })
    for (const body of [{ title: 'New' }, { policy: { expiresAt: later(DAY) } }])
      expectProblem(await change(card.cardId, body), 'ERR_CARD_REVOKED')
  })

  test.each([
    [{ title: '' }, 'title'],
    [{ title: 'x'.repeat(65) }, 'title'],
    [{ title: null }, 'title'],
    [{ body: 'x'.repeat(20_001) }, 'body'],
    [{ policy: { maxViewers: 0 } }, 'policy.maxViewers'],
    [{ policy: { expiresAt: 'tomorrow' } }, 'policy.expiresAt'],
    [{ policy: { forever: true } }, 'policy.forever'],
    [{ policy: null }, 'policy'],
    [{ status: 'active' }, 'status'],
    [[], 'body'],
  ])('%j is refused and names the field', async (body, path) => {
    const { cardId } = await shared()
    const answer = await change(cardId, body)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe(path)
  })
})

describe('the company’s rules', () => {
  let version = 0
  const rule = async (rules: object) => {
    const body = { version, default: rules, apps: {}, makers: [] }
    const answer = await app.call('PUT', '/v1/admin/policy', { token: ADMIN, body })
    expect(answer.status).toBe(200)
    version = answer.body.version
  }
  afterEach(() => rule({}))

  test('hold for what is changed, counted from when the card was made', async () => {
    const { cardId } = await shared({ expiresAt: later(HOUR) })
    app.clock.advance(HOUR / 2)
    await rule({ maxLifeDays: 2, maxViewers: 5, watermark: true })
    const beyond = [
      [{ expiresAt: later(2 * DAY) }, 'policy.expiresAt'],
      [{ maxViewers: 6 }, 'policy.maxViewers'],
    ] as const
    for (const [policy, path] of beyond) {
      const answer = await change(cardId, { policy })
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe(path)
    }
    const asked = { expiresAt: later(DAY), maxViewers: null, watermark: false }
    expect((await change(cardId, { policy: asked })).body.policy).toEqual({
      expiresAt: asked.expiresAt,
      maxViewers: 5,
      watermark: true,
    })
  })

  test('leave what an older card has and nobody changes', async () => {
    const { cardId } = await shared({ maxViewers: 9 })
    await rule({ maxLifeDays: 1, maxViewers: 5 })
    const answer = await change(cardId, { title: 'Better', policy: { guardCapture: true } })
    expect(answer.body.policy).toEqual({ maxViewers: 9, guardCapture: true })
  })

  test('end copying with the next change, and let nobody allow it again', async () => {
    const { cardId } = await shared({ allowCopy: true, maxViewers: 9 })
    await rule({ noCopy: true })
    const refused = await change(cardId, { policy: { allowCopy: true } })
    expectProblem(refused, 'ERR_INPUT')
    expect(refused.body.issues[0].path).toBe('policy.allowCopy')
    expect((await change(cardId, { policy: { watermark: true } })).body.policy).toEqual({
      maxViewers: 9,
      watermark: true,
    })
  })

  test('let nobody write who may make no cards, but end what they made', async () => {
    const { cardId } = await shared()
    await rule({ mayMake: 'listed' })
    expectProblem(await change(cardId, { body: 'New' }), 'ERR_FORBIDDEN')
    expect((await change(cardId, { policy: { expiresAt: later(HOUR) } })).status).toBe(200)
  })
})

describe('the audit of changes', () => {
  test('says who changed what of which card, and no word', async () => {
    const { cardId } = await shared()
    await change(cardId, { title: 'SecretTitle', policy: { maxViewers: 2 } })
    await change(cardId, { policy: { maxViewers: 3 } })
    await change(cardId, { title: 'SecretTitle' })
    const told = await entries(cardId)
    expect(told.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['card.create', ''],
      ['card.change', 'words policy'],
      ['card.change', 'policy'],
    ])
    expect(JSON.stringify(told)).not.toContain('SecretTitle')
  })

  test('is no place to flood: sixty changes a minute of a person', async () => {
    const { cardId } = await shared()
    for (let n = 1; n <= 60; n++)
      expect((await change(cardId, { policy: { maxViewers: n } })).status).toBe(200)
    const answer = await change(cardId, { policy: { maxViewers: 100 } })
    expectProblem(answer, 'ERR_RATE_LIMITED')
    expect(answer.headers['retry-after']).toBe('60')
    // What is so already is no change.
    expect((await change(cardId, { policy: { maxViewers: 60 } })).status).toBe(200)
    app.clock.advance(60_000)
    expect((await change(cardId, { policy: { maxViewers: 100 } })).status).toBe(200)
  })
})

describe('a change of words and a first opening, in two processes', () => {
  let beside: TestApp
  beforeAll(async () => {
    beside = await app.beside()
  })
  afterAll(() => beside.nest.close())

  test('the change waits for an opening under way, and is refused', async () => {
    const card = await shared()
    const writer = beside.nest.get(GroupWriter, { strict: false })
    const write = writer.write.bind(writer)
    const held = jest.spyOn(app.nest.get(CardRepository, { strict: false }), 'hold')
    let changing: Promise<Answer> | undefined
    jest.spyOn(writer, 'write').mockImplementation(async (...args) => {
      // The opening has read the card. The change asks for the card now, if the database lets it begin.
      changing ??= change(card.cardId, { body: 'Mended' })
      if (app.storage.options.type === 'postgres')
        while (held.mock.calls.length === 0) await new Promise(setImmediate)
      return write(...args)
    })
    const opened = await open(card, beside)
    expect(opened.body.card).toMatchObject({ body: 'The secret' })
    expectProblem((await changing)!, 'ERR_CONFLICT')
    expect((await read(card.cardId)).body.body).toBe('The secret')
  })

  test('an opening waits for a change under way, and reads the new words', async () => {
    const card = await shared()
    const cards = app.nest.get(CardRepository, { strict: false })
    const update = cards.update.bind(cards)
    let opening: Promise<Answer> | undefined
    jest.spyOn(cards, 'update').mockImplementation((...args) => {
      opening = open(card, beside)
      return update(...args)
    })
    expect((await change(card.cardId, { body: 'Mended' })).status).toBe(200)
    expect((await opening)?.body.card).toMatchObject({ body: 'Mended' })
  })

  test('in whatever order: one wins, and the reader reads what the card says', async () => {
    for (let round = 0; round < 12; round++) {
      const card = await shared()
      const both = [() => change(card.cardId, { body: 'Mended' }), () => open(card, beside)]
      if (round % 2) both.reverse()
      const answers = await Promise.all(both.map((one) => one()))
      const [changed, opened] = round % 2 ? answers.reverse() : answers
      const { body } = opened!.body.card
      expect([changed?.status, body]).toEqual(
        changed?.status === 200 ? [200, 'Mended'] : [409, 'The secret'],
      )
      expect((await read(card.cardId)).body.body).toBe(body)
    }
  })
})
