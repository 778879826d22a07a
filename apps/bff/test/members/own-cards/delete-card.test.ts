import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { verifyAudit } from '../../../src/audit/verify-audit.js'
import { Vault } from '../../../src/core/crypto/vault.js'
import { DAY, HOUR } from '../../../src/core/time.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import { ShareEntity } from '../../../src/members/shares/share.entity.js'
import { CardEvents } from '../../../src/bots/notices/card-events.js'
import { OwnCards } from '../../../src/bots/chat-members/own-cards.js'
import { ROOMY, WECHAT } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
let alice: string
let bob: string
beforeAll(async () => {
  app = await TestApp.start()
})
beforeEach(async () => {
  alice = await app.login('alice')
  bob = await app.login('bob')
})
afterEach(() => app.clock.advance(HOUR))
afterAll(() => app.stop())

const remove = (id: string, token = alice) => app.call('DELETE', `/v1/cards/${id}`, { token })
const read = (id: string) => app.call('GET', `/v1/cards/${id}`, { token: alice })
const listed = async (token: string, box: string): Promise<{ id: string; status: string }[]> =>
  (await app.call('GET', `/v1/cards?box=${box}`, { token })).body.items
const row = (id: string) => app.storage.manager.findOneByOrFail(CardEntity, { id })

describe('a deleted card', () => {
  test('is revoked, and its words are erased now', async () => {
    const { cardId } = await app.shared(alice)
    const answer = await remove(cardId)
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(await row(cardId)).toMatchObject({
      sealedTitle: null,
      sealedBody: null,
      revokedAt: app.clock.now(),
    })
    expect((await read(cardId)).body).toMatchObject({ title: '', body: '', status: 'revoked' })
  })

  test('opens for nobody any more, as a revoked one', async () => {
    const { cardId, shareId, declared } = await app.shared(alice)
    const open = (nonce: string) => app.open(bob, shareId, wechatProof(key('bob'), declared, nonce))
    const opened = await open('1')
    await remove(cardId)
    expectProblem(await open('2'), 'ERR_CARD_REVOKED')
    // Sent again within its minute: the words are gone all the same.
    expectProblem(await open('1'), 'ERR_CARD_REVOKED')
    const status = await app.call('GET', `/v1/openings/${opened.body.id}`, { token: bob })
    expect(status.body.status).toBe('revoked')
    expectProblem(
      await app.call('POST', `/v1/cards/${cardId}/shares`, { token: alice }),
      'ERR_CARD_REVOKED',
    )
  })

  test('is deleted once, however often that is asked, by how many at once', async () => {
    const { cardId } = await app.shared(alice)
    const beside = await app.beside()
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        (i % 2 ? app : beside).call('DELETE', `/v1/cards/${cardId}`, { token: alice }),
      ),
    )
    await beside.nest.close()
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(204))
    const { deletedAt } = await row(cardId)
    app.clock.advance(1000)
    expect((await remove(cardId)).status).toBe(204)
    expect((await row(cardId)).deletedAt).toBe(deletedAt)
    const told = await app.storage.manager.findBy(AuditEntryEntity, { subject: cardId })
    expect(told.map(({ kind, reason }) => `${kind} ${reason}`).sort()).toEqual([
      'card.create ',
      'card.delete ',
      'card.revoke deleted',
    ])
    expect(await verifyAudit(app.storage, app.nest.get(Vault))).toMatchObject({ faults: [] })
  })

  test('that was revoked or expired before keeps when that was', async () => {
    const { cardId } = await app.shared(alice)
    const { body } = await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    app.clock.advance(1000)
    await remove(cardId)
    expect((await read(cardId)).body).toMatchObject({ revokedAt: body.revokedAt, title: '' })
    const expiresAt = new Date(app.clock.now()).toISOString()
    const expired = await app.shared(alice, { policy: {} })
    await app.call('PATCH', `/v1/cards/${expired.cardId}`, {
      token: alice,
      body: { policy: { expiresAt } },
    })
    expect((await remove(expired.cardId)).status).toBe(204)
    expect((await read(expired.cardId)).body.status).toBe('revoked')
  })

  test('leaves its owner’s list and the bot, and stays in the reader’s as revoked', async () => {
    const { cardId, shareId, declared } = await app.shared(alice)
    const other = await app.shared(alice)
    await app.open(bob, shareId, wechatProof(key('bob'), declared, 'read'))
    const { ownerId } = await row(cardId)
    await remove(cardId)
    const ids = (await listed(alice, 'sent')).map(({ id }) => id)
    expect([ids.includes(cardId), ids.includes(other.cardId)]).toEqual([false, true])
    const received = (await listed(bob, 'received')).find(({ id }) => id === cardId)
    expect(received).toMatchObject({ status: 'revoked', title: '' })
    const bot = app.nest.get(OwnCards, { strict: false })
    expect(await bot.byId(ownerId, cardId)).toBeUndefined()
    expect((await bot.byIds(ownerId, [cardId, other.cardId])).map(({ card }) => card.id)).toEqual([
      other.cardId,
    ])
    expect((await bot.latest(ownerId)).map(({ card }) => card.id)).not.toContain(cardId)
  })

  test('is in no notice any more', async () => {
    const since = app.clock.now()
    const deleted = await app.shared(alice)
    const kept = await app.shared(alice)
    for (const { shareId, declared } of [deleted, kept])
      await app.open(bob, shareId, wechatProof(key('bob'), declared, `notice ${shareId}`))
    await remove(deleted.cardId)
    const events = app.nest.get(CardEvents, { strict: false })
    const range = { since, until: app.clock.now() }
    const told = await events.openings({ at: since - 1, lastId: '' }, range, [WECHAT])
    expect(told.events.map(({ cardId }) => cardId)).toEqual([kept.cardId])
  })

  test('still tells its owner who read it', async () => {
    const { cardId, shareId, declared } = await app.shared(alice)
    await app.open(bob, shareId, wechatProof(key('bob'), declared, 'roster'))
    await remove(cardId)
    const { items } = (await app.call('GET', `/v1/cards/${cardId}/openings`, { token: alice })).body
    expect(items).toMatchObject([{ count: 1, share: { id: shareId } }])
  })

  test('forgets the labels of its shares and what they declared', async () => {
    const { cardId } = await app.shared(alice)
    const body = { label: 'Finance' }
    await app.call('POST', `/v1/cards/${cardId}/shares`, { token: alice, body })
    await remove(cardId)
    for (const share of await app.storage.manager.findBy(ShareEntity, { cardId }))
      expect(share).toMatchObject({ sealedLabel: null, labelHash: null, sealedValue: null })
    expect((await read(cardId)).body.shares).toHaveLength(2)
  })

  test('still counts against the limit of its owner', async () => {
    const limited = await TestApp.start({
      limits: { ...ROOMY, cardsPerPersonPerMinute: 2 },
    })
    const carol = await limited.login('carol')
    const make = () =>
      limited.call('POST', '/v1/cards', { token: carol, body: { title: 'T', body: 'B' } })
    for (let i = 0; i < 2; i++) {
      const { body } = await make()
      await limited.call('DELETE', `/v1/cards/${body.id}`, { token: carol })
    }
    expectProblem(await make(), 'ERR_RATE_LIMITED')
    await limited.stop()
  })

  test('is what its Idempotency-Key made, and nothing is made again', async () => {
    const call = {
      token: alice,
      body: { title: 'T', body: 'B' },
      headers: { 'idempotency-key': 'deleted' },
    }
    const { body } = await app.call('POST', '/v1/cards', call)
    await remove(body.id)
    expect(await app.call('POST', '/v1/cards', call)).toMatchObject({
      status: 201,
      body: { id: body.id, status: 'revoked', title: '', body: '' },
    })
  })

  test('has no words in its owner’s copy, and goes 180 days later', async () => {
    const { cardId } = await app.shared(alice, { title: 'GoneTitle', body: 'GoneBody' })
    await remove(cardId)
    const copy = await app.call('GET', '/v1/me/export', { token: alice })
    expect(copy.text).toContain(cardId)
    expect(copy.text).not.toMatch(/GoneTitle|GoneBody/)
    app.clock.advance(180 * DAY)
    await app.nest.get(RetentionService, { strict: false }).run()
    expect(await app.storage.manager.countBy(CardEntity, { id: cardId })).toBe(0)
  })
})
