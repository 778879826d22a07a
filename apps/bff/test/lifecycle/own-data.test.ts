import { AuditLog } from '../../src/audit/audit-log.js'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { verifyAudit } from '../../src/audit/verify-audit.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { HOUR } from '../../src/core/time.js'
import { personTables } from '../../src/lifecycle/person-tables.js'
import { CardContent } from '../../src/members/cards/card-content.js'
import { CardEntity } from '../../src/members/cards/card.entity.js'
import { ViewerRepository } from '../../src/members/sessions/viewer.repository.js'
import { asAdmin, startAdmin } from '../kit/admin/support.js'
import { ROOMY, WECHAT } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import { key, wechatProof } from '../kit/proofs.js'
import type { TestApp } from '../kit/test-app.js'

let app: TestApp
beforeEach(async () => {
  app = await startAdmin()
})
afterEach(() => app.stop())

const idOf = async (person: string) =>
  (await app.nest.get(ViewerRepository).find(WECHAT, person))?.id ?? ''
const copy = (token: string) => app.call('GET', '/v1/me/export', { token })
const erase = (token: string, of: TestApp = app) => of.call('DELETE', '/v1/me', { token })
const recorded = (kind: string, subject: string) =>
  app.storage.manager.findBy(AuditEntryEntity, { kind, subject })

/** Bob wrote a card that Alice opened, and opened one of hers. */
const meet = async () => {
  const [alice, bob] = [await app.login('oAlice'), await app.login('oBob')]
  const hers = await app.shared(alice, { title: 'Her title', body: 'Her words' })
  const his = await app.shared(bob, { title: 'His title', body: 'His words' })
  await app.open(bob, hers.shareId, wechatProof(key('oBob'), hers.declared))
  await app.open(alice, his.shareId, wechatProof(key('oAlice'), his.declared))
  return { alice, bob, hers, his, id: await idOf('oBob') }
}

describe('G5 GET /v1/me/export', () => {
  test('gives members all that is held about them, the words of their own cards included', async () => {
    const { alice, bob, hers, his, id } = await meet()
    const answer = await copy(bob)
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': expect.any(String),
    })
    const { format, exportedAt, tables, ...more } = answer.body
    expect({ format, exportedAt, more }).toEqual({
      format: 'sealcard.person.1',
      exportedAt: new Date(app.clock.now()).toISOString(),
      more: {},
    })
    const names = personTables(app.storage).map(({ table }) => table)
    expect(Object.keys(tables).sort()).toEqual([...names].sort())
    expect(tables.viewers.rows).toEqual([expect.objectContaining({ id, sealedKey: 'oBob' })])
    expect(tables.cards.rows).toEqual([
      expect.objectContaining({ sealedTitle: 'His title', sealedBody: 'His words' }),
    ])
    expect(tables.card_viewers.rows).toEqual([expect.objectContaining({ cardId: hers.cardId })])
    for (const secret of [
      'Her words',
      'Her title',
      key('oBob'),
      his.declared,
      bob,
      alice,
      'v1.k1.',
    ])
      expect({ secret, told: answer.text.includes(secret) }).toEqual({ secret, told: false })
    const network = 'network=127.0.0.0/24'
    expect(await recorded('person.export', id)).toMatchObject([{ actor: id, reason: network }])
  })

  test('shows what administrators did about them, without who, from where and in which words', async () => {
    const { bob, id } = await meet()
    await asAdmin(app, 'GET', `viewers/${id}?reason=words-of-an-administrator`)
    const { body, text } = await copy(bob)
    const read = body.tables.audit_entries.rows.find(
      ({ kind }: { kind: string }) => kind === 'person.read',
    )
    expect(read).toMatchObject({ actor: 'token', subject: id, reason: '(withheld)' })
    expect(text).not.toMatch(/words-of-an-administrator|token:env|address=/)
  })

  test('shows no more about refused proofs than the refusal itself did', async () => {
    const [alice, bob] = [await app.login('oAlice'), await app.login('oBob')]
    const [here, other] = [await app.shared(alice), await app.shared(alice)]
    const fromOther = wechatProof(key('oBob'), other.declared)
    const junk = { encryptedData: 'AAAA', iv: 'AAAA' }
    await app.open(bob, here.shareId, fromOther)
    await app.open(bob, here.shareId, junk)
    await app.open(bob, 'AAAAAAAAAAAAAAAAAAAAAA', junk)
    const { tables } = (await copy(bob)).body
    const unlike = (rows: object[], names: string[]) =>
      rows.map((row) => Object.entries(row).filter(([name]) => !names.includes(name)))
    const [first, ...more] = unlike(tables.openings.rows, ['id', 'at'])
    expect(more).toEqual([first, first])
    const entries = (tables.audit_entries.rows as AuditEntryEntity[]).filter(
      ({ kind }) => kind === 'opening',
    )
    const [entry, ...others] = unlike(entries, ['seq', 'at'])
    expect(others).toEqual([entry, entry])
  })

  test('has every row once, however many pages there are', async () => {
    const { bob, his, id } = await meet()
    const { manager } = app.storage
    const row = await manager.findOneByOrFail(CardEntity, { id: his.cardId })
    const content = app.nest.get(CardContent, { strict: false })
    const many = Array.from({ length: 250 }, (_, i) => {
      const copied = `copy-${String(i).padStart(4, '0')}`
      return { ...row, id: copied, ...content.seal(copied, { title: 'T', body: `Words ${i}.` }) }
    })
    await manager.insert(CardEntity, many)
    const { body } = await copy(bob)
    const ids = body.tables.cards.rows.map((one: { id: string }) => one.id)
    expect([...ids].sort()).toEqual([...many.map((one) => one.id), his.cardId].sort())
    expect(body.tables.cards.rows).toContainEqual(
      expect.objectContaining({ id: 'copy-0249', sealedBody: 'Words 249.' }),
    )
    const entries = body.tables.audit_entries.rows as { actor: string; subject: string }[]
    const held = await manager.countBy(AuditEntryEntity, [{ actor: id }, { subject: id }])
    expect(entries).toHaveLength(held)
  })

  test('is given ten times an hour, in all processes together, and a refusal leaves no entry', async () => {
    const { alice, bob, id } = await meet()
    const beside = await app.beside()
    for (let times = 0; times < 10; times++)
      expect(
        (await (times % 2 ? beside : app).call('GET', '/v1/me/export', { token: bob })).status,
      ).toBe(200)
    for (const process of [app, beside]) {
      const refused = await process.call('GET', '/v1/me/export', { token: bob })
      expectProblem(refused, 'ERR_RATE_LIMITED')
      expect(Number(refused.headers['retry-after'])).toBe(HOUR / 1000)
    }
    expect(await recorded('person.export', id)).toHaveLength(10)
    expect((await copy(alice)).status).toBe(200)
    app.clock.advance(HOUR)
    expect((await copy(bob)).status).toBe(200)
    await beside.nest.close()
  })

  test('counts copies that were recorded while a request waited for its turn', async () => {
    const { bob, id } = await meet()
    const beside = await app.beside()
    for (let times = 0; times < 9; times++) expect((await copy(bob)).status).toBe(200)
    const audit = app.nest.get(AuditLog, { strict: false })
    const transact = audit.transact.bind(audit)
    const delayed = jest.spyOn(audit, 'transact').mockImplementationOnce(async (work, retry) => {
      app.clock.advance(1)
      // The tenth copy, while the eleventh waits; the next millisecond has begun.
      expect((await beside.call('GET', '/v1/me/export', { token: bob })).status).toBe(200)
      return transact(work, retry)
    })
    expectProblem(await copy(bob), 'ERR_RATE_LIMITED')
    expect(delayed).toHaveBeenCalled()
    expect(await recorded('person.export', id)).toHaveLength(10)
    await beside.nest.close()
  })

  test('counts copies that a process with a clock a little ahead recorded', async () => {
    const { bob } = await meet()
    for (let times = 0; times < 10; times++) expect((await copy(bob)).status).toBe(200)
    app.clock.advance(-1000)
    expectProblem(await copy(bob), 'ERR_RATE_LIMITED')
  })
})

describe('G4 DELETE /v1/me', () => {
  test('erases the caller at once: words, keys and every session, in every process', async () => {
    const { alice, bob, hers, his, id } = await meet()
    const [again, beside] = [await app.login('oBob'), await app.beside()]
    const answer = await erase(bob)
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: '' })
    expect(answer.headers['cache-control']).toBe('no-store')
    for (const process of [app, beside])
      for (const token of [bob, again]) {
        expectProblem(await process.call('GET', '/v1/cards', { token }), 'ERR_SESSION')
        expectProblem(await erase(token, process), 'ERR_SESSION')
      }
    await beside.nest.close()
    for (const { entity, where, erasure } of personTables(app.storage))
      if (erasure !== 'keep')
        expect(await app.storage.manager.find(entity, { where: where(id) })).toEqual([])
    expect(
      await app.storage.query('SELECT count(*) n FROM cards WHERE sealed_body IS NOT NULL'),
    ).toEqual([{ n: 1 }])
    const proof = wechatProof(key('oAlice'), his.declared, 'another')
    expectProblem(await app.open(alice, his.shareId, proof), 'ERR_CARD_REVOKED')
    const roster = await app.call('GET', `/v1/cards/${hers.cardId}/openings`, { token: alice })
    expect(roster.body.items).toHaveLength(1)
    expect(roster.body.items[0].viewer.id).not.toBe(id)
    expect(await recorded('person.erase', id)).toMatchObject([
      { actor: id, decision: 'done', reason: 'network=127.0.0.0/24' },
    ])
    expect(await recorded('card.revoke', his.cardId)).toMatchObject([
      { actor: id, reason: 'owner_erased' },
    ])
    expect(await verifyAudit(app.storage, app.nest.get(Vault))).toMatchObject({ faults: [] })
  })

  test('holds after a restart, and a person who comes back is a new viewer', async () => {
    const { bob, id } = await meet()
    await erase(bob)
    app = await app.restart()
    expectProblem(await app.call('GET', '/v1/cards', { token: bob }), 'ERR_SESSION')
    const anew = await app.login('oBob')
    expect(await idOf('oBob')).not.toBe(id)
    expect((await app.call('GET', '/v1/cards', { token: anew })).body.items).toEqual([])
    expect((await copy(anew)).body.tables.cards.rows).toEqual([])
  })

  test('is for members only: administrators’ tokens and cookies are refused here', async () => {
    const { alice, id } = await meet()
    for (const path of ['/v1/me', '/v1/me/export'])
      for (const token of [undefined, 'an-administrators-token-of-the-tests-01'])
        expectProblem(
          await app.call(path.endsWith('me') ? 'DELETE' : 'GET', path, { ...(token && { token }) }),
          'ERR_SESSION',
        )
    expect(await idOf('oBob')).toBe(id)
    expect((await app.call('GET', '/v1/cards', { token: alice })).status).toBe(200)
  })

  test('is atomic: when it fails, nothing of the caller changes', async () => {
    const { bob, id } = await meet()
    const lock = jest.spyOn(app.nest.get(ViewerRepository), 'lock')
    lock.mockRejectedValueOnce(new Error('no'))
    expectProblem(await erase(bob), 'ERR_INTERNAL')
    lock.mockRestore()
    expect((await app.call('GET', '/v1/cards?box=sent', { token: bob })).body.items).toHaveLength(1)
    expect(await recorded('person.erase', id)).toEqual([])
    expect((await erase(bob)).status).toBe(204)
  })
})

describe('B6 a person who erases themselves and comes back', () => {
  /** Opens a share of the owner's card under a proof of its own. */
  let proofs = 0
  const open = async (
    token: string,
    person: string,
    share: { shareId: string; declared: string },
  ) =>
    app.open(
      token,
      share.shareId,
      wechatProof(key(person), share.declared, `proof-${(proofs += 1)}`),
    )
  const comeBack = async (token: string, person: string) => {
    expect((await erase(token)).status).toBe(204)
    return app.login(person)
  }

  test('has no view of a card more than before, however often', async () => {
    const alice = await app.login('oAlice')
    const card = await app.shared(alice, { policy: { maxOpensPerViewer: 2 } })
    let bob = await app.login('oBob')
    expect((await open(bob, 'oBob', card)).status).toBe(201)
    bob = await comeBack(bob, 'oBob')
    expect((await open(bob, 'oBob', card)).status).toBe(201)
    for (let times = 0; times < 2; times++) {
      bob = await comeBack(bob, 'oBob')
      expectProblem(await open(bob, 'oBob', card), 'ERR_VIEW_LIMIT')
    }
    const carol = await app.login('oCarol')
    expect((await open(carol, 'oCarol', card)).status).toBe(201)
  })

  test('takes no other viewer’s place', async () => {
    const alice = await app.login('oAlice')
    const card = await app.shared(alice, { policy: { maxViewers: 2 } })
    let bob = await app.login('oBob')
    await open(bob, 'oBob', card)
    bob = await comeBack(bob, 'oBob')
    expect((await open(bob, 'oBob', card)).status).toBe(201)
    const { body } = await app.call('GET', `/v1/cards/${card.cardId}`, { token: alice })
    expect(body.openings).toMatchObject({ viewers: 1, total: 2 })
    expect((await open(await app.login('oCarol'), 'oCarol', card)).status).toBe(201)
    expectProblem(await open(await app.login('oDora'), 'oDora', card), 'ERR_VIEW_LIMIT')
  })

  test('is as near to the limit of rejected proofs as before', async () => {
    await app.stop()
    const limits = { ...ROOMY, rejectedProofsPerPersonPerHour: 4 }
    app = await startAdmin({ limits })
    const card = await app.shared(await app.login('oAlice'))
    let bob = await app.login('oBob')
    for (let times = 0; times < 4; times++) {
      expectProblem(
        await app.open(bob, card.shareId, { encryptedData: 'AAAA', iv: 'AAAA' }),
        'ERR_PROOF_REJECTED',
      )
      bob = await comeBack(bob, 'oBob')
    }
    expectProblem(await open(bob, 'oBob', card), 'ERR_RATE_LIMITED')
    app.clock.advance(HOUR)
    expect((await open(bob, 'oBob', card)).status).toBe(201)
  })

  test('has no login more in a minute than before', async () => {
    await app.stop()
    app = await startAdmin({ limits: { ...ROOMY, loginsPerPersonPerMinute: 3 } })
    for (let times = 0; times < 3; times++) await erase(await app.login('oBob'))
    const body = { app: WECHAT, code: `oBob|${key('oBob')}` }
    expectProblem(await app.call('POST', '/v1/sessions', { body }), 'ERR_RATE_LIMITED')
    app.clock.advance(60_000)
    expect((await copy(await app.login('oBob'))).status).toBe(200)
  })

  test('is not linked with a card that has no limit or can no longer be opened', async () => {
    const alice = await app.login('oAlice')
    const free = await app.shared(alice)
    const limited = await app.shared(alice, { policy: { maxOpensPerViewer: 1 } })
    const bob = await app.login('oBob')
    for (const card of [free, limited]) await open(bob, 'oBob', card)
    await app.call('POST', `/v1/cards/${limited.cardId}/revoke`, { token: alice })
    await comeBack(bob, 'oBob')
    const { tables } = (await copy(await app.login('oBob'))).body
    expect([tables.card_viewers.rows, tables.openings.rows]).toEqual([[], []])
  })
})
