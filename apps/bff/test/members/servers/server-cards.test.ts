import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { HOUR } from '../../../src/core/time.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import { DEFAULTS, WECHAT_B, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { ADMIN_TOKEN, ServerWorld } from '../../kit/server-world.js'

let world: ServerWorld
let beta: ServerWorld
beforeAll(async () => {
  world = await ServerWorld.start()
  beta = await world.of(WECHAT_B)
})
afterAll(() => world.app.stop())

const DATA = { total: 12.5, lines: [{ name: '茶', n: 2 }, null, true], note: '“\u2028' }
const good = { owner: 'alice', title: 'Order 1', reference: 'order/1', data: DATA }
const make = (change: object = {}, headers?: Record<string, string>, of = world) =>
  of.call('POST', '/cards', { ...good, ...change }, headers)
const row = (id: string) => world.app.storage.manager.findOneByOrFail(CardEntity, { id })

describe('a card that stands for something of the adopter', () => {
  test('is made with a reference and data, without a body', async () => {
    const { status, body } = await make()
    expect(status).toBe(201)
    expect(body).toMatchObject({ ...good, body: '', policy: {}, status: 'active' })
    expect((await world.call('GET', `/cards/${body.id}`)).body).toMatchObject({
      ...good,
      body: '',
      openings: { total: 0 },
    })
  })

  test('may have a body besides, or only a body', async () => {
    expect((await make({ body: 'Words' })).body).toMatchObject({ body: 'Words', data: DATA })
    const plain = await make({ body: 'Words', reference: undefined, data: undefined })
    expect(plain.status).toBe(201)
    expect(plain.body).not.toHaveProperty('reference')
    expect(plain.body).not.toHaveProperty('data')
  })

  test('reads the same for its owner, and no administrator reads it', async () => {
    const { id } = (await make({ reference: 'secretReference', data: 'secretData' })).body
    const token = await world.login('alice')
    const own = await world.app.call('GET', `/v1/cards/${id}`, { token })
    expect(own.body).toMatchObject({ reference: 'secretReference', data: 'secretData' })
    expect(own.body).not.toHaveProperty('owner')
    const seen = await world.app.call('GET', `/v1/admin/cards/${id}`, { token: ADMIN_TOKEN })
    expect(seen.status).toBe(200)
    expect(seen.text).not.toMatch(/secretReference|secretData/)
  })

  test('is sealed at rest', async () => {
    const { id } = (await make({ reference: 'plainReference', data: 'plainData' })).body
    expect(JSON.stringify(await row(id))).not.toMatch(/plainReference|plainData/)
  })

  test.each<[string, unknown]>([
    ['null', null],
    ['a number', 0],
    ['false', false],
    ['an empty text', ''],
    ['an array', [1, [2, { a: null }]]],
    ['16,384 bytes', 'x'.repeat(16_382)],
  ])('has data that is %s', async (_, data) => {
    const { id, ...card } = (await make({ data })).body
    expect(card.data).toEqual(data)
    expect((await world.call('GET', `/cards/${id}`)).body.data).toEqual(data)
  })

  const wrong: [string, object][] = [
    ['owner', { owner: undefined }],
    ['owner', { owner: '' }],
    ['owner', { owner: 'two words' }],
    ['title', { title: '' }],
    ['title', { title: undefined }],
    ['body', { body: 'x'.repeat(20_001) }],
    ['reference', { reference: '' }],
    ['reference', { reference: 'x'.repeat(513) }],
    ['reference', { reference: 5 }],
    ['data', { data: 'x'.repeat(16_383) }],
    ['data', { data: '茶'.repeat(5_461) }],
    ['data', { reference: undefined, body: 'Words' }],
    ['policy.maxViewers', { policy: { maxViewers: 0 } }],
    ['receipt', { receipt: true }],
  ]
  test.each(wrong)('is refused by %s: %#', async (field, change) => {
    const answer = await make(change)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues).toMatchObject([{ path: field }])
  })

  test('needs a body or a reference', async () => {
    const answer = await make({ reference: undefined, data: undefined })
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues.map(({ path }: { path: string }) => path)).toEqual([
      'body',
      'reference',
    ])
  })

  test('obeys the company’s rules and the limits of its owner', async () => {
    const strict = await ServerWorld.start({ limits: { ...DEFAULTS, cardsPerPersonPerMinute: 2 } })
    const statuses = []
    for (let n = 0; n < 3; n++) statuses.push((await make({}, undefined, strict)).status)
    expect(statuses).toEqual([201, 201, 429])
    expect((await make({ owner: 'bob' }, undefined, strict)).status).toBe(201)
    await strict.app.stop()
  })
})

describe('its owner', () => {
  test('becomes known by it, and finds it at their first login', async () => {
    const { id } = (await make({ owner: 'newcomer' })).body
    const token = await world.login('newcomer')
    const { items } = (await world.app.call('GET', '/v1/cards', { token })).body
    expect(items).toMatchObject([{ id }])
  })

  test('is one person of WeCom in any case', async () => {
    const wecom = await world.of(WECOM)
    const first = (await make({ owner: 'WangWu' }, undefined, wecom)).body
    expect((await make({ owner: 'wangwu' }, undefined, wecom)).body.owner).toBe(first.owner)
  })

  test('gets no card while an administrator blocks them', async () => {
    const token = await world.login('leaver')
    const { id } = (await world.app.call('GET', '/v1/me', { token })).body
    const by = { token: ADMIN_TOKEN, body: { reason: 'left' } }
    await world.app.call('POST', `/v1/admin/viewers/${id}/block`, by)
    expectProblem(await make({ owner: 'leaver' }), 'ERR_FORBIDDEN')
  })

  test('who erases themselves takes the card along: nothing of it is found or left', async () => {
    const { id } = (await make({ owner: 'gone' })).body
    const token = await world.login('gone')
    await world.app.call('DELETE', '/v1/me', { token })
    expect(await row(id)).toMatchObject({
      sealedTitle: null,
      sealedBody: null,
      sealedReference: null,
      sealedData: null,
    })
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { title: 'x' }],
      ['DELETE', '', undefined],
      ['POST', '/revoke', {}],
      ['POST', '/shares', {}],
      ['GET', '/openings', undefined],
    ] as const)
      expectProblem(await world.call(method, `/cards/${id}${path}`, body), 'ERR_NOT_FOUND')
  })
})

describe('an Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'order-1' }

  test('makes one card, whoever it is for', async () => {
    const first = await make({}, headers)
    expect((await make({}, headers)).body).toEqual(first.body)
    for (const change of [
      { owner: 'bob' },
      { title: 'Order 2' },
      { body: 'Words' },
      { reference: 'order/2' },
      { data: { ...DATA, total: 13 } },
      { data: undefined },
      { policy: { maxViewers: 1 } },
    ])
      expectProblem(await make(change, headers), 'ERR_IDEMPOTENCY')
  })

  test('of requests at once makes one card', async () => {
    const once = { 'idempotency-key': 'order-2' }
    const answers = await Promise.all(Array.from({ length: 8 }, () => make({}, once)))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  })

  test('is another one in another app, and than the owner’s own', async () => {
    const first = await make({}, headers)
    expect((await make({}, headers, beta)).body.id).not.toBe(first.body.id)
    const token = await world.login('alice')
    const body = { title: 'Order 1', body: '' }
    const own = await world.app.call('POST', '/v1/cards', { token, body, headers })
    expect([own.status, own.body.id === first.body.id]).toEqual([201, false])
  })
})

describe('a card of the app', () => {
  test('changes: words, reference and data until it was opened, the policy at any time', async () => {
    const shared = await world.shared(good)
    const change = (asked: object) => world.call('PATCH', `/cards/${shared.cardId}`, asked)
    const after = { title: 'Order 2', body: 'Words', reference: 'order/2', data: null }
    expect((await change(after)).body).toMatchObject({ ...after, owner: 'alice' })
    expect((await change({})).body).toMatchObject(after)
    const bob = await world.login('bob')
    expect((await world.open(bob, shared, 'bob')).body.card).toMatchObject({
      reference: 'order/2',
      data: null,
    })
    for (const asked of [{ title: 'x' }, { body: 'x' }, { reference: 'x' }, { data: 1 }])
      expectProblem(await change(asked), 'ERR_CONFLICT')
    expect((await change(after)).status).toBe(200)
    expect((await change({ policy: { watermark: true } })).body.policy).toEqual({ watermark: true })
  })

  test('gets data only with a reference', async () => {
    const { id } = (await make({ body: 'Words', reference: undefined, data: undefined })).body
    const answer = await world.call('PATCH', `/cards/${id}`, { data: 1 })
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues).toMatchObject([{ path: 'data' }])
    const both = await world.call('PATCH', `/cards/${id}`, { reference: 'r', data: 1 })
    expect(both.body).toMatchObject({ reference: 'r', data: 1, body: 'Words' })
  })

  test('keeps reference and data when its owner changes the words', async () => {
    const { id } = (await make()).body
    const token = await world.login('alice')
    const body = { title: 'Other' }
    await world.app.call('PATCH', `/v1/cards/${id}`, { token, body })
    expect((await world.call('GET', `/cards/${id}`)).body).toMatchObject({
      ...good,
      title: 'Other',
    })
    const asked = { token, body: { reference: 'x' } }
    expectProblem(await world.app.call('PATCH', `/v1/cards/${id}`, asked), 'ERR_INPUT')
  })

  test('is revoked for a reason, once; then it opens for nobody', async () => {
    const shared = await world.shared()
    const revoke = () =>
      world.call('POST', `/cards/${shared.cardId}/revoke`, { reason: 'refunded' })
    const first = await revoke()
    expect(first).toMatchObject({ status: 200, body: { status: 'revoked', owner: 'alice' } })
    expect((await revoke()).body).toEqual(first.body)
    expectProblem(await world.open(await world.login('bob'), shared, 'bob'), 'ERR_CARD_REVOKED')
    const entries = await world.app.storage.manager.findBy(AuditEntryEntity, {
      subject: shared.cardId,
      kind: 'card.revoke',
    })
    expect(entries).toMatchObject([{ reason: expect.stringMatching(/^refunded token:\w{22}$/) }])
  })

  test('is deleted: words and data are erased now, the reference with the row', async () => {
    const { id } = (await make()).body
    const gone = await world.call('DELETE', `/cards/${id}`)
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect(await row(id)).toMatchObject({ sealedTitle: null, sealedBody: null, sealedData: null })
    const left = (await world.call('GET', `/cards/${id}`)).body
    expect(left).toMatchObject({ status: 'revoked', title: '', body: '', reference: 'order/1' })
    expect(left).not.toHaveProperty('data')
  })

  test('loses its data with its words, within a day of its end', async () => {
    const { id } = (await make()).body
    await world.call('POST', `/cards/${id}/revoke`, {})
    world.app.clock.advance(12 * HOUR)
    await world.app.nest.get(RetentionService, { strict: false }).run()
    expect(await row(id)).toMatchObject({ sealedBody: null, sealedData: null })
  })

  test('is shared in the place of its owner: the same label gets the same share', async () => {
    const { id } = (await make()).body
    const share = (body?: object) => world.call('POST', `/cards/${id}/shares`, body)
    const first = await share({ label: 'Buyer' })
    expect(first).toMatchObject({ status: 201, body: { title: 'Order 1', label: 'Buyer' } })
    expect(first.body.declare).toMatchObject({ platform: 'wechat' })
    expect((await share({ label: 'Buyer' })).body.id).toBe(first.body.id)
    expect((await share()).body.id).not.toBe(first.body.id)
    const token = await world.login('alice')
    const own = await world.app.call('POST', `/v1/cards/${id}/shares`, {
      token,
      body: { label: 'Buyer' },
    })
    expect(own.body).toEqual((await share({ label: 'Buyer' })).body)
  })

  test('has a roster with openids, which the owner’s own has not', async () => {
    const shared = await world.shared()
    await world.open(await world.login('bob'), shared, 'bob')
    const roster = await world.call('GET', `/cards/${shared.cardId}/openings`)
    expect(roster.body).toMatchObject({
      items: [{ viewer: { platformId: 'bob' }, count: 1, share: { id: shared.shareId } }],
      nextCursor: null,
    })
    const token = await world.login('alice')
    const own = await world.app.call('GET', `/v1/cards/${shared.cardId}/openings`, { token })
    expect(own.body.items).toHaveLength(1)
    expect(own.text).not.toContain('platformId')
  })

  test('is not there for the server of another app', async () => {
    const shared = await world.shared()
    const opened = await world.open(await world.login('bob'), shared, 'bob')
    const paths: [string, string, object?][] = [
      ['GET', `/cards/${shared.cardId}`],
      ['PATCH', `/cards/${shared.cardId}`, { title: 'x' }],
      ['DELETE', `/cards/${shared.cardId}`],
      ['POST', `/cards/${shared.cardId}/revoke`, {}],
      ['POST', `/cards/${shared.cardId}/shares`, {}],
      ['GET', `/cards/${shared.cardId}/openings`],
      ['GET', `/openings/${opened.body.id}`],
    ]
    for (const [method, path, body] of paths) {
      const foreign = await beta.call(method, path, body)
      const absent = await beta.call(
        method,
        path.replace(/\/[\w-]{22}/, '/AAAAAAAAAAAAAAAAAAAAAA'),
        body,
      )
      expectProblem(foreign, 'ERR_NOT_FOUND')
      expect({ ...foreign.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' })
    }
    expect((await world.call('GET', `/cards/${shared.cardId}`)).body.status).toBe('active')
  })

  test('the audit names the token for each act', async () => {
    const shared = await world.shared()
    await world.call('PATCH', `/cards/${shared.cardId}`, { title: 'x' })
    await world.call('DELETE', `/cards/${shared.cardId}`)
    const entries = await world.app.storage.manager.find(AuditEntryEntity, {
      order: { seq: 'DESC' },
      take: 5,
    })
    expect(entries.map(({ kind }) => kind).sort()).toEqual([
      'card.change',
      'card.create',
      'card.delete',
      'card.revoke',
      'share.create',
    ])
    for (const { kind, reason } of entries)
      expect({ kind, reason }).toEqual({ kind, reason: expect.stringMatching(/token:\w{22}$/) })
  })
})

describe('an opening', () => {
  test('is told to the server: whose it is, of what, and through which share', async () => {
    const shared = await world.shared()
    const token = await world.login('bob')
    const { body } = await world.open(token, shared, 'bob')
    const told = await world.call('GET', `/openings/${body.id}`)
    const me = (await world.app.call('GET', '/v1/me', { token })).body
    expect(told.body).toEqual({
      id: body.id,
      at: body.openedAt,
      outcome: 'granted',
      cardId: shared.cardId,
      reference: 'order/1',
      shareId: shared.shareId,
      viewer: { id: me.id, code: me.code, platformId: 'bob' },
    })
  })

  test('that was refused is not found', async () => {
    const shared = await world.shared()
    await world.call('POST', `/cards/${shared.cardId}/revoke`, {})
    await world.open(await world.login('bob'), shared, 'bob')
    const { items } = (
      await world.app.call('GET', `/v1/admin/openings?card=${shared.cardId}`, {
        token: ADMIN_TOKEN,
      })
    ).body
    expect(items).toHaveLength(1)
    expectProblem(await world.call('GET', `/openings/${items[0].id}`), 'ERR_NOT_FOUND')
  })

  test('of a person who was erased has no openid any more', async () => {
    const shared = await world.shared()
    const token = await world.login('eraser')
    const { body } = await world.open(token, shared, 'eraser')
    await world.app.call('DELETE', '/v1/me', { token })
    const told = await world.call('GET', `/openings/${body.id}`)
    expect(told.status).toBe(200)
    expect(told.body.viewer).not.toHaveProperty('platformId')
    expect(told.text).not.toContain('eraser')
  })
})
