import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { verifyAudit } from '../../../src/audit/verify-audit.js'
import { Vault } from '../../../src/core/crypto/vault.js'
import type { Role } from '../../../src/http/access/principals.js'
import { CardContent } from '../../../src/members/cards/card-content.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import { ViewerRepository } from '../../../src/members/sessions/viewer.repository.js'
import { asAdmin, inRole, startAdmin } from '../../kit/admin/support.js'
import { WECHAT } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await startAdmin()
})
afterAll(() => app.stop())

const idOf = async (person: string, appId = WECHAT) =>
  (await app.nest.get(ViewerRepository).find(appId, person))?.id ?? ''

const recorded = async (kind: string, subject: string) =>
  (
    await app.storage.manager.find(AuditEntryEntity, {
      where: { kind, subject },
      order: { seq: 'ASC' },
    })
  ).map(({ actor, decision, reason }) => ({ actor, decision, reason }))

const BY = 'token:env'

describe('revoking a card', () => {
  test('ends it at once, once, with who, from where and why', async () => {
    const alice = await app.login('alice')
    const bob = await app.login('bob')
    const { cardId, shareId, declared } = await app.shared(alice)
    const revoke = () =>
      asAdmin(app, 'POST', `cards/${cardId}/revoke`, { reason: 'reported: phishing' })
    const first = await revoke()
    expect(first.status).toBe(200)
    expect(first.body).toMatchObject({ id: cardId, status: 'revoked', title: 'Title' })
    app.clock.advance(1000)
    const again = await revoke()
    expect(again.body).toEqual(first.body)
    const opened = await app.open(bob, shareId, wechatProof(key('bob'), declared))
    expectProblem(opened, 'ERR_CARD_REVOKED')
    const reason = 'address=127.0.0.1 reported: phishing'
    expect(await recorded('card.revoke', cardId)).toEqual([
      { actor: BY, decision: 'done', reason },
      { actor: BY, decision: 'already', reason },
    ])
  })

  test('that does not exist, or without a reason, changes nothing', async () => {
    expectProblem(
      await asAdmin(app, 'POST', 'cards/nothing/revoke', { reason: 'x' }),
      'ERR_NOT_FOUND',
    )
    const { cardId } = await app.shared(await app.login('alice'))
    for (const body of [{}, { reason: '' }, { reason: 'a\nb' }, { reason: 'x', force: true }]) {
      expectProblem(await asAdmin(app, 'POST', `cards/${cardId}/revoke`, body), 'ERR_INPUT')
    }
    expect((await asAdmin(app, 'GET', `cards/${cardId}`)).body.status).toBe('active')
  })

  test('a card is shown with its policy, counts and shares, and without its text', async () => {
    const alice = await app.login('alice')
    const { cardId, shareId, declared } = await app.shared(alice, {
      title: 'Budget',
      body: 'canary-in-a-body',
      policy: { maxViewers: 3 },
    })
    const bob = await app.login('bob')
    await app.open(bob, shareId, wechatProof(key('bob'), declared, 'told'))
    const answer = await asAdmin(app, 'GET', `cards/${cardId}`)
    expect(answer.body).toMatchObject({
      id: cardId,
      app: WECHAT,
      owner: { id: await idOf('alice') },
      title: 'Budget',
      policy: { maxViewers: 3 },
      openings: { viewers: 1, total: 1, refused: 0 },
      shares: [{ id: shareId, sharer: { id: await idOf('alice') }, platform: 'wechat' }],
    })
    expect(answer.text).not.toContain('canary')
    expect(answer.text).not.toContain(declared)
    expectProblem(await asAdmin(app, 'GET', 'cards/nothing'), 'ERR_NOT_FOUND')
  })
})

describe('revoking all cards of a person', () => {
  test('revokes every one, however many, and none of another person', async () => {
    const carol = await app.login('carol')
    const dora = await app.login('dora')
    const [id, other] = [await idOf('carol'), await idOf('dora')]
    const { cardId } = await app.shared(carol)
    const kept = await app.shared(dora)
    const { manager } = app.storage
    const row = await manager.findOneByOrFail(CardEntity, { id: cardId })
    const content = app.nest.get(CardContent, { strict: false })
    const many = Array.from({ length: 450 }, (_, i) => {
      const copy = `copy-${String(i).padStart(4, '0')}`
      return { ...row, id: copy, ...content.seal(copy, { title: 'T', body: 'B' }) }
    })
    for (let i = 0; i < many.length; i += 150)
      await manager.insert(CardEntity, many.slice(i, i + 150))
    const answer = await asAdmin(app, 'POST', `viewers/${id}/revoke-cards`, { reason: 'left' })
    expect(answer.body).toEqual({ revoked: 451 })
    const again = await asAdmin(app, 'POST', `viewers/${id}/revoke-cards`, { reason: 'left' })
    expect(again.body).toEqual({ revoked: 0 })
    expect((await asAdmin(app, 'GET', `cards?owner=${id}&status=active`)).body.items).toEqual([])
    expect((await asAdmin(app, 'GET', `cards/${kept.cardId}`)).body.status).toBe('active')
    expect(await recorded('viewer.revoke_cards', id)).toEqual([
      { actor: BY, decision: 'done', reason: 'address=127.0.0.1 cards=451 left' },
      { actor: BY, decision: 'done', reason: 'address=127.0.0.1 cards=0 left' },
    ])
    expect(await recorded('card.revoke', 'copy-0449')).toHaveLength(1)
    expect(await recorded('viewer.revoke_cards', other)).toEqual([])
    expectProblem(
      await asAdmin(app, 'POST', 'viewers/nobody/revoke-cards', { reason: 'x' }),
      'ERR_NOT_FOUND',
    )
  })
})

describe('F2 ending all sessions of a person', () => {
  test('counts for the next request, in every process', async () => {
    const beside = await app.beside()
    try {
      const tokens = [await app.login('erin'), await beside.login('erin'), await app.login('erin')]
      const frank = await app.login('frank')
      const id = await idOf('erin')
      const answer = await asAdmin(beside, 'POST', 'sessions/revoke', { viewer: id })
      expect(answer.body).toEqual({ ended: 3 })
      for (const token of tokens) {
        for (const process of [app, beside])
          expectProblem(await process.call('GET', '/v1/cards', { token }), 'ERR_SESSION')
      }
      expect((await app.call('GET', '/v1/cards', { token: frank })).status).toBe(200)
      expect((await asAdmin(app, 'POST', 'sessions/revoke', { viewer: id })).body).toEqual({
        ended: 0,
      })
      expect(await recorded('session.revoke', id)).toEqual([
        { actor: BY, decision: 'done', reason: 'address=127.0.0.1 sessions=3' },
        { actor: BY, decision: 'done', reason: 'address=127.0.0.1 sessions=0' },
      ])
      const { body } = await asAdmin(app, 'GET', `sessions?viewer=${id}`)
      expect(body.items.map(({ live }: { live: boolean }) => live)).toEqual([false, false, false])
    } finally {
      await beside.nest.close()
    }
  })

  test('of an unknown person is not found; an unknown field is named', async () => {
    expectProblem(
      await asAdmin(app, 'POST', 'sessions/revoke', { viewer: 'nobody' }),
      'ERR_NOT_FOUND',
    )
    const answer = await asAdmin(app, 'POST', 'sessions/revoke', { viewer: 'x', all: true })
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe('all')
  })
})

describe('G5 the identity of a person', () => {
  test('is shown only here, marked as personal, and the audit records who reads it', async () => {
    await app.login('openid-of-greta')
    const id = await idOf('openid-of-greta')
    const answer = await asAdmin(app, 'GET', `viewers/${id}?reason=a%20court%20order`)
    expect(answer.body).toMatchObject({
      id,
      app: WECHAT,
      platform: 'wechat',
      platformId: 'openid-of-greta',
      personal: ['platformId'],
    })
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(await recorded('person.read', id)).toEqual([
      { actor: BY, decision: 'done', reason: 'address=127.0.0.1 a court order' },
    ])
    expectProblem(await asAdmin(app, 'GET', 'viewers/nobody'), 'ERR_NOT_FOUND')
  })

  describe('a reason that names the person', () => {
    const OPENID = 'openid-of-hans'

    /** Every call about a person that takes a reason, the last one at the end of the person. */
    const requests = (id: string, cardId: string, reason: string) => {
      const query = `?reason=${encodeURIComponent(reason)}`
      return [
        () => asAdmin(app, 'POST', 'sessions/revoke', { viewer: id, reason }),
        () => asAdmin(app, 'GET', `viewers/${id}${query}`),
        () => asAdmin(app, 'GET', `viewers/${id}/export${query}`),
        () => asAdmin(app, 'POST', `cards/${cardId}/revoke`, { reason }),
        () => asAdmin(app, 'POST', `viewers/${id}/revoke-cards`, { reason }),
        () => asAdmin(app, 'POST', `viewers/${id}/erase`, { reason }),
      ]
    }

    /** A new person under that name, asked about by a role with a reason. */
    const asked = async (role: Role, reason: string) => {
      // Logins of the same person count for a minute, also those before this round.
      app.clock.advance(60_001)
      const { cardId, shareId } = await app.shared(await app.login(OPENID))
      const id = await idOf(OPENID)
      const answers: object[] = []
      await inRole(app, role, async () => {
        for (const request of requests(id, cardId, reason)) {
          const { status, body } = await request()
          // What was asked for before is in the copy of what is held, by its reason.
          const told = body?.tables ? Object.keys(body.tables) : { ...body, requestId: '' }
          answers.push({ status, told: sameIds(JSON.stringify(told), [id, cardId, shareId]) })
        }
      })
      await asAdmin(app, 'POST', `viewers/${id}/erase`, { reason: 'the end' })
      return { id, cardId, answers }
    }
    const sameIds = (text: string, ids: string[]) =>
      ids
        .reduce((left, id, i) => left.replaceAll(id, `<${i}>`), text)
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
        .replaceAll(/(?<="code":")[0-9A-Z]{6}(?=")/g, '<code>')

    test.each(['admin', 'operator', 'auditor'] as const)(
      'gets the answer that every reason gets: %s',
      async (role) => {
        const right = await asked(role, 'one of nobody, OpenID-of-Hans, openid-of-x')
        const wrong = await asked(role, 'one of nobody, openid-of-Jens, openid-of-x')
        expect(right.answers).toEqual(wrong.answers)
        expect(right.answers).not.toContainEqual(expect.objectContaining({ status: 400 }))
      },
    )

    test('is kept without the name, for a card’s owner, too', async () => {
      const { id, cardId } = await asked('admin', 'it is OpenID-of-Hans, openid-of-hans!')
      const entries = await app.storage.manager.find(AuditEntryEntity, {
        where: [{ subject: id }, { subject: cardId }],
      })
      const reasons = entries.flatMap(({ reason }) => (reason.includes('it is') ? [reason] : []))
      expect(reasons).toHaveLength(6)
      for (const reason of reasons) expect(reason).toMatch(/it is \(name\), \(name\)!$/)
      const all = await app.storage.manager.find(AuditEntryEntity)
      expect(JSON.stringify(all).toLowerCase()).not.toContain(OPENID)
    })
  })

  test('a copy of all that is held on one call, gone on another, and the audit intact', async () => {
    const ida = await app.login('openid-of-ida')
    const { cardId } = await app.shared(ida, { title: 'Hers', body: 'Her words' })
    const id = await idOf('openid-of-ida')
    await asAdmin(app, 'PUT', 'policy', {
      version: (await asAdmin(app, 'GET', 'policy')).body.version,
      default: {},
      makers: [id],
    })
    const told = await asAdmin(app, 'GET', `viewers/${id}/export`)
    expect(told.body.personal).toEqual(['tables'])
    expect(told.body.tables.viewers.rows[0].sealedKey).toBe('openid-of-ida')
    expect(told.body.tables.card_makers.rows).toEqual([{ viewerId: id }])
    const erased = await asAdmin(app, 'POST', `viewers/${id}/erase`, { reason: 'asked for it' })
    expect(erased.body.erased).toMatchObject({ viewers: 1, cards: 1, sessions: 1, card_makers: 1 })
    expectProblem(await asAdmin(app, 'GET', `viewers/${id}`), 'ERR_NOT_FOUND')
    expectProblem(
      await asAdmin(app, 'POST', `viewers/${id}/erase`, { reason: 'again' }),
      'ERR_NOT_FOUND',
    )
    expectProblem(await app.call('GET', '/v1/cards', { token: ida }), 'ERR_SESSION')
    const card = await asAdmin(app, 'GET', `cards/${cardId}`)
    expect(card.body).toMatchObject({ title: '', status: 'revoked' })
    expect(card.body.owner.id).not.toBe(id)
    expect((await asAdmin(app, 'GET', 'policy')).body.makers).toEqual([])
    expect((await recorded('person.erase', id)).map(({ reason }) => reason)).toEqual([
      'address=127.0.0.1 asked for it',
    ])
    expect((await recorded('person.export', id)).map(({ actor }) => actor)).toEqual([BY])
    expect(await verifyAudit(app.storage, app.nest.get(Vault))).toMatchObject({ faults: [] })
  })
})

describe('the audit of openings', () => {
  test('says who, when, from which network, what and why', async () => {
    const alice = await app.login('alice')
    const bob = await app.login('bob')
    const { shareId, declared } = await app.shared(alice)
    await app.open(bob, shareId, { encryptedData: '', iv: '' })
    const proof = wechatProof(key('bob'), declared, 'where')
    await app.open(bob, shareId, proof)
    await app.open(bob, shareId, proof)
    const { body } = await asAdmin(app, 'GET', `audit?subject=${shareId}&kind=opening`)
    const actor = await idOf('bob')
    const at = new Date(app.clock.now()).toISOString()
    expect(body.items).toMatchObject([
      { actor, at, decision: 'granted', reason: 'resent network=127.0.0.0/24' },
      { actor, at, decision: 'granted', reason: 'network=127.0.0.0/24' },
      { actor, at, decision: 'refused', reason: 'no_proof network=127.0.0.0/24' },
    ])
  })
})
