import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { ChainWriter } from '../../src/audit/chain-writer.js'
import type { Config } from '../../src/core/config/config.js'
import { IdempotencyEntity } from '../../src/members/cards/idempotent-cards.js'
import { OpeningEntity } from '../../src/members/openings/opening.entity.js'
import { DEFAULTS, ROOMY, WECOM } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import { key, wechatProof, wecomProof } from '../kit/proofs.js'
import { type Answer, TestApp } from '../kit/test-app.js'

let app: TestApp
afterEach(() => app.stop())
const begin = async (limits: Partial<Config['limits']>) => {
  app = await TestApp.start({ limits: { ...ROOMY, ...limits } })
}

const make = (token: string, name?: string, on = app): Promise<Answer> =>
  on.call('POST', '/v1/cards', {
    token,
    body: { title: 'T', body: 'B' },
    ...(name !== undefined && { headers: { 'idempotency-key': name } }),
  })
const share = (token: string, id: string, on = app) =>
  on.call('POST', `/v1/cards/${id}/shares`, { token })

const expectLimited = (answer: Answer, seconds: number) => {
  expectProblem(answer, 'ERR_RATE_LIMITED')
  expect(answer.headers['retry-after']).toBe(String(seconds))
}
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort()
/** The audited transaction that comes next rolls back. */
const rollBackNext = () =>
  jest
    .spyOn(app.nest.get(ChainWriter, { strict: false }), 'append')
    .mockRejectedValueOnce(new Error('rolled back'))
const told = (kind: string) => app.storage.manager.findBy(AuditEntryEntity, { kind })

describe('cards of one person', () => {
  test('thirty a minute and five hundred a day by default, as documented', async () => {
    app = await TestApp.start({ limits: { ...DEFAULTS, requestsPerAddressPerSecond: 100_000 } })
    let alice = await app.login('alice')
    for (let i = 0; i < 30; i++) expect((await make(alice)).status).toBe(201)
    app.clock.advance(20_000)
    expectLimited(await make(alice), 40)
    for (let minute = 0; minute < 18; minute++) {
      app.clock.advance(61_000)
      for (let i = 0; i < 26; i++) expect((await make(alice)).status).toBe(201)
    }
    app.clock.advance(61_000)
    for (let i = 0; i < 2; i++) expect((await make(alice)).status).toBe(201)
    const left = 86_400 - 20 - 19 * 61
    expectLimited(await make(alice), left)
    app.clock.advance(left * 1000)
    alice = await app.login('alice')
    expect((await make(alice)).status).toBe(201)
  })

  test('hold across a restart, and leave others alone', async () => {
    await begin({ cardsPerPersonPerMinute: 3 })
    const alice = await app.login('alice')
    for (let i = 0; i < 3; i++) await make(alice)
    app = await app.restart()
    expectLimited(await make(alice), 60)
    expect((await make(await app.login('bob'))).status).toBe(201)
    app.clock.advance(60_000)
    expect((await make(alice)).status).toBe(201)
  })

  test('too many are recorded once, also after a record that rolled back', async () => {
    await begin({ cardsPerPersonPerMinute: 1 })
    const alice = await app.login('alice')
    await make(alice)
    rollBackNext()
    expect((await make(alice)).status).toBe(500)
    for (let i = 0; i < 3; i++) expectLimited(await make(alice), 60)
    const entries = (await told('card.create')).map(({ decision, reason }) => [decision, reason])
    expect(entries).toEqual([
      ['done', ''],
      ['refused', 'rate_limited'],
    ])
  })

  test('made at once, by two processes, are as many', async () => {
    await begin({ cardsPerPersonPerMinute: 5 })
    const beside = await app.beside()
    const alice = await app.login('alice')
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => make(alice, undefined, i % 2 ? app : beside)),
    )
    expect(statuses(answers)).toEqual([...Array(5).fill(201), ...Array(25).fill(429)])
    await beside.nest.close()
  })

  test('repeats of one Idempotency-Key count once, also when the minute is spent', async () => {
    await begin({ cardsPerPersonPerMinute: 2 })
    const alice = await app.login('alice')
    const first = await Promise.all(Array.from({ length: 20 }, () => make(alice, 'one')))
    expect(new Set(first.map(({ body }) => body.id)).size).toBe(1)
    const last = await Promise.all(Array.from({ length: 20 }, () => make(alice, 'two')))
    expect(new Set(last.map(({ body }) => body.id)).size).toBe(1)
    expect(statuses([...first, ...last])).toEqual(Array(40).fill(201))
    expectLimited(await make(alice, 'three'), 60)
    expect((await make(alice, 'one')).body.id).toBe(first[0]?.body.id)
    // What was refused has used no key.
    expect(await app.storage.manager.count(IdempotencyEntity)).toBe(2)
  })

  test('refused, are recorded once a minute', async () => {
    await begin({ cardsPerPersonPerMinute: 1 })
    const alice = await app.login('alice')
    await make(alice)
    for (let i = 0; i < 9; i++) await make(alice, `k${i}`)
    const entries = await told('card.create')
    expect(entries.map(({ decision, reason }) => [decision, reason])).toEqual([
      ['done', ''],
      ['refused', 'rate_limited'],
    ])
  })

  test('of one millisecond are listed newest first, without a wait', async () => {
    await begin({})
    const alice = await app.login('alice')
    const ids: string[] = []
    for (let i = 0; i < 5; i++) ids.unshift((await make(alice)).body.id)
    const { items } = (await app.call('GET', '/v1/cards?box=sent', { token: alice })).body
    expect(items.map(({ id }: { id: string }) => id)).toEqual(ids)
  })
})

describe('shares of one person', () => {
  test('are limited each minute, and the platform is not asked for more', async () => {
    await begin({ sharesPerPersonPerMinute: 2 })
    const alice = await app.login('alice')
    const ids: string[] = []
    for (let i = 0; i < 3; i++) ids.push((await make(alice)).body.id)
    const declare = jest.spyOn(app.wechat, 'declare')
    const shares = []
    for (const id of ids.slice(0, 2)) shares.push((await share(alice, id)).body.id)
    app = await app.restart()
    expectLimited(await share(alice, ids[2] ?? ''), 60)
    expectLimited(await share(alice, ids[2] ?? ''), 60)
    expect(declare).toHaveBeenCalledTimes(2)
    // One that is there is not made.
    expect((await share(alice, ids[0] ?? '')).body.id).toBe(shares[0])
    app.clock.advance(60_000)
    expect((await share(alice, ids[2] ?? '')).status).toBe(201)
  })

  test('count for each label, and again for none that is there', async () => {
    await begin({ sharesPerPersonPerMinute: 2 })
    const alice = await app.login('alice')
    const { id } = (await make(alice)).body
    const labelled = (label: string) =>
      app.call('POST', `/v1/cards/${id}/shares`, { token: alice, body: { label } })
    for (const label of ['A', 'B', 'A', 'B']) expect((await labelled(label)).status).toBe(201)
    expectLimited(await labelled('C'), 60)
    app.clock.advance(60_000)
    expect((await labelled('C')).status).toBe(201)
  })

  test('asked for at once, are as many', async () => {
    await begin({ sharesPerPersonPerMinute: 3 })
    const beside = await app.beside()
    const alice = await app.login('alice')
    const ids: string[] = []
    for (let i = 0; i < 10; i++) ids.push((await make(alice)).body.id)
    const answers = await Promise.all(ids.map((id, i) => share(alice, id, i % 2 ? app : beside)))
    expect(statuses(answers)).toEqual([...Array(3).fill(201), ...Array(7).fill(429)])
    await beside.nest.close()
  })
})

describe('openings of one person', () => {
  const rows = () => app.storage.manager.count(OpeningEntity)

  test('are limited each minute, granted and refused ones together, across a restart', async () => {
    await begin({ openingsPerPersonPerMinute: 3 })
    const alice = await app.login('alice')
    const { cardId, shareId, declared } = await app.shared(alice)
    const bob = await app.login('bob')
    const open = (nonce: string) => app.open(bob, shareId, wechatProof(key('bob'), declared, nonce))
    for (const nonce of ['1', '2']) expect((await open(nonce)).status).toBe(201)
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    expectProblem(await open('3'), 'ERR_CARD_REVOKED')
    app = await app.restart()
    expectLimited(await open('4'), 60)
    expect(await rows()).toBe(3)
    app.clock.advance(60_000)
    // What was refused has not used its proof.
    expectProblem(await open('4'), 'ERR_CARD_REVOKED')
  })

  test('of one proof within its minute count once, and leave one entry more', async () => {
    await begin({ openingsPerPersonPerMinute: 3 })
    const { shareId, declared } = await app.shared(await app.login('alice'))
    const bob = await app.login('bob')
    const proofs = ['1', '2', '3', '4'].map((nonce) => wechatProof(key('bob'), declared, nonce))
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => app.open(bob, shareId, proofs[i % 2] ?? {})),
    )
    expect(statuses(answers)).toEqual(Array(40).fill(201))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(2)
    expect((await app.open(bob, shareId, proofs[2] ?? {})).status).toBe(201)
    expectLimited(await app.open(bob, shareId, proofs[3] ?? {}), 60)
    const reasons = (await told('opening')).map(({ reason }) => reason.split(' ')[0])
    expect(reasons.sort()).toEqual([
      'network=127.0.0.0/24',
      'network=127.0.0.0/24',
      'network=127.0.0.0/24',
      'rate_limited',
      'resent',
      'resent',
    ])
  })

  test('that are too many are recorded once, also after a record that rolled back', async () => {
    await begin({ openingsPerPersonPerMinute: 1 })
    const { shareId, declared } = await app.shared(await app.login('alice'))
    const bob = await app.login('bob')
    const open = (nonce: string) => app.open(bob, shareId, wechatProof(key('bob'), declared, nonce))
    expect((await open('1')).status).toBe(201)
    rollBackNext()
    expect((await open('2')).status).toBe(500)
    for (const nonce of ['2', '3', '4']) expectLimited(await open(nonce), 60)
    const reasons = (await told('opening')).map(({ reason }) => reason.split(' ')[0])
    expect(reasons).toEqual(['network=127.0.0.0/24', 'rate_limited'])
  })

  test('that are spent answer a proof that is sent again as one that does not decrypt', async () => {
    await begin({ openingsPerPersonPerMinute: 2 })
    const { shareId, declared } = await app.shared(await app.login('alice', WECOM))
    const bob = await app.login('bob', WECOM)
    const proof = wecomProof(key('bob'), declared, 'bob')
    // Neither bit changes the proof's name. The first leaves valid JSON, the second does not.
    const changed = [12, 0].map((byte) => {
      const iv = Buffer.from(proof.iv, 'base64')
      iv.writeUInt8(iv.readUInt8(byte) ^ 1, byte)
      return { ...proof, iv: iv.toString('base64') }
    })
    const sent = [proof, ...changed]
    const open = async () => {
      const answers = []
      for (const each of sent) answers.push(await app.open(bob, shareId, each))
      return answers
    }
    // Below the limit they differ: the bits do what they are said to do.
    expect((await open()).map(({ status }) => status)).toEqual([201, 201, 403])
    const more = wecomProof(key('bob'), declared, 'bob', 'more')
    expect((await app.open(bob, shareId, more)).status).toBe(201)
    for (const answer of await open()) expectLimited(answer, 60)
    const reasons = (await told('opening')).map(({ reason }) => reason.split(' ')[0])
    expect(reasons.filter((reason) => reason === 'rate_limited')).toHaveLength(1)
  })

  test('of one refused proof count once, too, and the owner sees one refusal', async () => {
    await begin({ openingsPerPersonPerMinute: 3 })
    const alice = await app.login('alice')
    const { cardId, shareId, declared } = await app.shared(alice)
    const bob = await app.login('bob')
    const proof = wechatProof(key('bob'), declared)
    const other = wechatProof(key('bob'), declared, 'other')
    const openings = async () =>
      (await app.call('GET', `/v1/cards/${cardId}`, { token: alice })).body.openings
    expect((await app.open(bob, shareId, proof)).status).toBe(201)
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    const again = async (sent: typeof proof) => {
      for (let i = 0; i < 9; i++)
        expectProblem(await app.open(bob, shareId, sent), 'ERR_CARD_REVOKED')
    }
    await again(proof)
    // It was counted when it was granted, and is one proof.
    expect(await openings()).toMatchObject({ total: 1, refused: 0 })
    expect(await rows()).toBe(1)
    await again(other)
    expect(await openings()).toMatchObject({ total: 1, refused: 1 })
    expect(await rows()).toBe(2)
    const more = (nonce: string) => app.open(bob, shareId, wechatProof(key('bob'), declared, nonce))
    expectProblem(await more('third'), 'ERR_CARD_REVOKED')
    expectLimited(await more('fourth'), 60)
    const reasons = (await told('opening')).map(({ reason }) => reason.split(' ')[0])
    expect(reasons).toEqual([
      'network=127.0.0.0/24',
      'card_revoked',
      'card_revoked',
      'card_revoked',
      'card_revoked',
      'rate_limited',
    ])
  })

  test('that the platform denied count, too, however many shares are named', async () => {
    await begin({ openingsPerPersonPerMinute: 3 })
    const bob = await app.login('bob')
    const deny = (name: string) => app.open(bob, name.repeat(22), { encryptedData: '', iv: '' })
    // Again within the minute is the same denial.
    for (const name of ['A', 'A', 'B', 'A', 'C']) {
      expectProblem(await deny(name), 'ERR_PROOF_REJECTED')
    }
    for (const name of ['D', 'E', 'F']) expectLimited(await deny(name), 60)
    expect(await rows()).toBe(3)
    expect(await told('opening')).toHaveLength(4)
  })
})
