import { AccessRequestPage } from '@sealcard/protocol'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { DAY, HOUR } from '../../../src/core/time.js'
import { AccessRequestEntity } from '../../../src/members/requests/access-request.entity.js'
import { WECHAT, WECHAT_B } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { statementsOf } from '../../kit/statements-of.js'
import { type Answer, TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeEach(async () => {
  app = await TestApp.start()
})
afterEach(() => app.stop())

const ask = (token: string, shareId: string, body: object = {}) =>
  app.call('POST', `/v1/shares/${shareId}/requests`, { token, body })
const list = (token: string, cardId: string, query = '') =>
  app.call('GET', `/v1/cards/${cardId}/requests${query}`, { token })
const dismiss = (token: string, id: string) =>
  app.call('POST', `/v1/requests/${id}/dismissal`, { token })
const meOf = async (token: string) => (await app.call('GET', '/v1/me', { token })).body

const shape = ({ status, headers, text }: Answer) => {
  const { 'x-request-id': _, date: __, ...rest } = headers
  return { status, headers: rest, text }
}

describe('whoever asks for access', () => {
  test('reaches the owner of the card, with a note and the name that others see', async () => {
    const [alice, bob] = [await app.login('alice'), await app.login('bob')]
    const { cardId, shareId } = await app.shared(alice)
    await app.call('PATCH', '/v1/me', { token: bob, body: { name: '鲍勃' } })
    const answer = await ask(bob, shareId, { note: '我是财务部的，请发给我' })
    expect([answer.status, answer.body]).toEqual([202, {}])
    const { status, body } = await list(alice, cardId)
    expect(status).toBe(200)
    expect(AccessRequestPage.strict().safeParse(body).error).toBeUndefined()
    const { id, code } = await meOf(bob)
    expect(body).toEqual({
      items: [
        {
          id: expect.any(String),
          viewer: { id, name: '鲍勃', nameFrom: 'self', code },
          note: '我是财务部的，请发给我',
          at: new Date(app.clock.now()).toISOString(),
        },
      ],
      nextCursor: null,
    })
  })

  test('may leave out the note, and the body', async () => {
    const [alice, bob] = [await app.login('alice'), await app.login('bob')]
    const { cardId, shareId } = await app.shared(alice)
    const bare = await app.call('POST', `/v1/shares/${shareId}/requests`, { token: bob })
    expect([bare.status, bare.body]).toEqual([202, {}])
    expect((await list(alice, cardId)).body.items).toMatchObject([{ note: '' }])
  })

  test.each([
    ['note', { note: 'x'.repeat(101) }],
    ['note', { note: 7 }],
    ['note', { note: 'a\u0000b' }],
    ['cardId', { cardId: 'x' }],
  ])('is told that %s is wrong in %j', async (path, body) => {
    const bob = await app.login('bob')
    const answer = await ask(bob, 'AAAAAAAAAAAAAAAAAAAAAA', body)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe(path)
  })

  test('counts characters of the note as people do', async () => {
    const bob = await app.login('bob')
    expect((await ask(bob, 'x', { note: '😀'.repeat(100) })).status).toBe(202)
  })

  test('takes the place of their own earlier request through the same share', async () => {
    const [alice, bob] = [await app.login('alice'), await app.login('bob')]
    const { cardId, shareId } = await app.shared(alice)
    await ask(bob, shareId, { note: 'one' })
    await ask(await app.login('carol'), shareId, { note: 'of another' })
    app.clock.advance(1000)
    await ask(bob, shareId, { note: 'two' })
    const notes = (await list(alice, cardId)).body.items.map(({ note }: { note: string }) => note)
    expect(notes).toEqual(['two', 'of another'])
  })
})

test('a request tells nothing: status, headers, body and statements are the same for whatever share', async () => {
  const [alice, bob] = [await app.login('alice'), await app.login('bob')]
  const other = await app.login('carol', WECHAT_B)
  const mine = await app.shared(alice)
  const revoked = await app.shared(alice)
  await app.call('POST', `/v1/cards/${revoked.cardId}/revoke`, { token: alice })
  const expired = await app.shared(alice, {
    policy: { expiresAt: new Date(app.clock.now() + 1000).toISOString() },
  })
  app.clock.advance(2000)
  const received = await app.shared(alice)
  await app.open(bob, received.shareId, wechatProof(key('bob'), received.declared))
  const foreign = await app.shared(other)
  const own = await app.shared(bob)
  const shares: [string, string][] = [
    ['of a card that they never received', mine.shareId],
    ['unknown', 'AAAAAAAAAAAAAAAAAAAAAA'],
    ['no id at all', '%00%27--'],
    ['a long id', 'x'.repeat(900)],
    ['of a revoked card', revoked.shareId],
    ['of an expired card', expired.shareId],
    ['of a card that they opened', received.shareId],
    ['of another app', foreign.shareId],
    ['of their own card', own.shareId],
  ]
  const seen: { name: string; answer: object; sql: string[] }[] = []
  for (const [name, shareId] of shares) {
    app.clock.advance(DAY)
    const token = await app.login('bob')
    let answer: Answer | undefined
    const sql = await statementsOf(app, async () => {
      answer = await ask(token, shareId, { note: 'please' })
    })
    seen.push({ name, answer: shape(answer as Answer), sql })
  }
  const [first] = seen
  expect(first?.answer).toMatchObject({ status: 202, text: '{}' })
  expect(first?.sql.some((sql) => sql.includes('LEFT JOIN shares'))).toBe(true)
  for (const one of seen) expect(one).toEqual({ ...first, name: one.name })
  const rows = await app.storage.manager.find(AccessRequestEntity, { order: { at: 'ASC' } })
  expect(rows.map(({ cardId }) => cardId)).toEqual([
    mine.cardId,
    null,
    null,
    null,
    revoked.cardId,
    expired.cardId,
    received.cardId,
    null,
    null,
  ])
  expect(new Set(rows.map(({ sealedNote }) => sealedNote?.length)).size).toBe(1)
})

describe('a person asks at most 3 times within 24 hours', () => {
  test('whatever they ask about, in all processes together', async () => {
    const [alice, bob] = [await app.login('alice'), await app.login('bob')]
    const { cardId, shareId } = await app.shared(alice)
    const beside = await app.beside()
    for (const share of ['unknown', shareId, 'AAAAAAAAAAAAAAAAAAAAAA'])
      expect((await ask(bob, share)).status).toBe(202)
    app.clock.advance(HOUR)
    for (const process of [app, beside])
      for (const share of [shareId, 'unknown']) {
        const url = `/v1/shares/${share}/requests`
        const refused = await process.call('POST', url, { token: bob, body: {} })
        expectProblem(refused, 'ERR_RATE_LIMITED')
        expect(Number(refused.headers['retry-after'])).toBe((DAY - HOUR) / 1000)
      }
    await beside.nest.close()
    expect((await ask(await app.login('carol'), shareId)).status).toBe(202)
    expect((await list(alice, cardId)).body.items).toHaveLength(2)
    app.clock.advance(DAY - HOUR)
    expect((await ask(await app.login('bob'), shareId)).status).toBe(202)
  })

  test('also when they ask all at once', async () => {
    const bob = await app.login('bob')
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => ask(bob, `share${i}`)))
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(3)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(9)
  })

  test('also when they erase themselves in between', async () => {
    const alice = await app.login('alice')
    const { shareId } = await app.shared(alice)
    for (let times = 0; times < 3; times++) {
      const bob = await app.login('bob')
      expect((await ask(bob, shareId)).status).toBe(202)
      expect((await app.call('DELETE', '/v1/me', { token: bob })).status).toBe(204)
    }
    expectProblem(await ask(await app.login('bob'), shareId), 'ERR_RATE_LIMITED')
  })
})

describe('the owner', () => {
  test('reads requests page by page, newest first, each once', async () => {
    const alice = await app.login('alice')
    const { cardId, shareId } = await app.shared(alice)
    for (let n = 0; n < 5; n++) {
      if (n % 2) app.clock.advance(1)
      await ask(await app.login(`person${n}`), shareId, { note: `${n}` })
    }
    const notes: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body }: Answer = await list(alice, cardId, `?limit=2${cursor && `&cursor=${cursor}`}`)
      notes.push(...body.items.map(({ note }: { note: string }) => note))
      cursor = body.nextCursor
    }
    expect([...notes].sort()).toEqual(['0', '1', '2', '3', '4'])
    expect(notes[0]?.match(/[34]/)).not.toBeNull()
    const other = await app.shared(alice)
    const { body } = await list(alice, cardId, '?limit=2')
    const wrong = await list(alice, other.cardId, `?cursor=${body.nextCursor}`)
    expectProblem(wrong, 'ERR_INPUT')
  })

  test('dismisses a request, once and again; it is gone from the list and stays gone', async () => {
    const [alice, bob] = [await app.login('alice'), await app.login('bob')]
    const { cardId, shareId } = await app.shared(alice)
    await ask(bob, shareId)
    const [{ id }] = (await list(alice, cardId)).body.items
    for (let times = 0; times < 2; times++) {
      const answer = await dismiss(alice, id)
      expect([answer.status, answer.text]).toEqual([204, ''])
      expect((await list(alice, cardId)).body.items).toEqual([])
    }
    const { manager } = app.storage
    const entries = await manager.findBy(AuditEntryEntity, { kind: 'access.dismiss', subject: id })
    expect(entries).toHaveLength(1)
    // Whoever asks again is heard again.
    await ask(bob, shareId)
    expect((await list(alice, cardId)).body.items).toHaveLength(1)
  })

  test('is the only one who dismisses it: for all others it is not there', async () => {
    const [alice, bob] = [await app.login('alice'), await app.login('bob')]
    const { cardId, shareId } = await app.shared(alice)
    await ask(bob, shareId)
    await ask(bob, 'unknown')
    const [{ id }] = (await list(alice, cardId)).body.items
    const ofNobody = await app.storage.manager.findOneByOrFail(AccessRequestEntity, {
      shareId: 'unknown',
    })
    for (const [token, request] of [
      [bob, id],
      [await app.login('alice', WECHAT_B), id],
      [alice, ofNobody.id],
      [alice, 'AAAAAAAAAAAAAAAAAAAAAA'],
      [alice, '%00'],
    ] as const)
      expectProblem(await dismiss(token, request), 'ERR_NOT_FOUND')
    expect((await list(alice, cardId)).body.items).toHaveLength(1)
  })
})

describe('what is kept', () => {
  test('the audit has each request under the share that was asked about, and no word of it', async () => {
    const bob = await app.login('bob')
    await ask(bob, 'unknown', { note: 'CANARY-NOTE' })
    const { manager } = app.storage
    const { id: actor } = await meOf(bob)
    expect(await manager.findBy(AuditEntryEntity, { kind: 'access.request' })).toMatchObject([
      { actor, subject: 'unknown', decision: 'done', reason: '' },
    ])
    const dump = await app.storage.query('SELECT * FROM access_requests')
    expect(JSON.stringify(dump)).not.toContain('CANARY-NOTE')
  })

  test("a person's copy has their words, and does not say whether the share exists", async () => {
    const [alice, bob] = [await app.login('alice'), await app.login('bob')]
    const { shareId } = await app.shared(alice)
    await ask(bob, shareId, { note: 'my words' })
    await ask(bob, 'unknown', { note: 'my words' })
    const { body } = await app.call('GET', '/v1/me/export', { token: bob })
    const rows = body.tables.access_requests.rows as Record<string, unknown>[]
    const [first, second] = rows.map(({ id: _, shareId: __, ...rest }) => rest)
    expect(first).toMatchObject({ sealedNote: 'my words', cardId: '(withheld)' })
    expect(second).toEqual(first)
  })

  test('the owner keeps no words of a person who is erased', async () => {
    const [alice, bob] = [await app.login('alice'), await app.login('bob')]
    const { cardId, shareId } = await app.shared(alice)
    await ask(bob, shareId, { note: 'my words' })
    await app.call('DELETE', '/v1/me', { token: bob })
    expect((await list(alice, cardId)).body.items).toEqual([])
    expect(await app.storage.manager.find(AccessRequestEntity)).toMatchObject([
      { cardId: null, sealedNote: null, shareId: '' },
    ])
  })

  test('what others wrote to an owner who is erased goes, and counts', async () => {
    const [alice, bob] = [await app.login('alice'), await app.login('bob')]
    const { shareId } = await app.shared(alice)
    for (let times = 0; times < 3; times++) await ask(bob, shareId, { note: 'words' })
    await app.call('DELETE', '/v1/me', { token: alice })
    const rows = await app.storage.manager.find(AccessRequestEntity)
    expect(rows.map(({ sealedNote, cardId }) => [sealedNote, cardId])).toEqual(
      Array(3).fill([null, null]),
    )
    expectProblem(await ask(bob, shareId), 'ERR_RATE_LIMITED')
  })

  test('a note that no key opens costs its words, not the list', async () => {
    const alice = await app.login('alice')
    const { cardId, shareId } = await app.shared(alice)
    await ask(await app.login('bob'), shareId, { note: 'lost' })
    await app.storage.manager.update(
      AccessRequestEntity,
      { cardId },
      { sealedNote: 'v1.gone.AAAA' },
    )
    expect((await list(alice, cardId)).body.items).toMatchObject([{ note: '' }])
  })

  test('people of another app with the same platform id do not meet', async () => {
    const alice = await app.login('alice', WECHAT)
    const { cardId, shareId } = await app.shared(alice)
    await ask(await app.login('bob', WECHAT_B), shareId)
    expect((await list(alice, cardId)).body.items).toEqual([])
  })
})
