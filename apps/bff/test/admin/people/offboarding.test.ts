import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
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

const COUNT = 450

const idOf = async (person: string) =>
  (await app.nest.get(ViewerRepository).find(WECHAT, person))?.id ?? ''
const offboard = (id: string, body: object) =>
  asAdmin(app, 'POST', `viewers/${id}/offboard`, { reason: 'left the company', ...body })

/** A person with two sessions, many cards, one of them shared, and one card of another person's that they read. */
const person = async (name: string, count = COUNT) => {
  const tokens = [await app.login(name), await app.login(name)]
  const [token = ''] = tokens
  const { cardId, ...share } = await app.shared(token)
  const { manager } = app.storage
  const row = await manager.findOneByOrFail(CardEntity, { id: cardId })
  const content = app.nest.get(CardContent, { strict: false })
  const many = Array.from({ length: count - 1 }, (_, i) => {
    const id = `${name}-${String(i).padStart(4, '0')}`
    return { ...row, id, ...content.seal(id, { title: 'T', body: 'B' }) }
  })
  for (let i = 0; i < many.length; i += 150)
    await manager.insert(CardEntity, many.slice(i, i + 150))
  const theirs = await app.shared(await app.login(`friend of ${name}`))
  await app.open(token, theirs.shareId, wechatProof(key(name), theirs.declared))
  return { id: await idOf(name), tokens, cardId, ...share }
}

const entries = async (subject: string) =>
  (
    await app.storage.manager.find(AuditEntryEntity, { where: { subject }, order: { seq: 'ASC' } })
  ).map(({ kind, decision, reason }) => [kind, decision, reason])
const logIn = (name: string) =>
  app.call('POST', '/v1/sessions', { body: { app: WECHAT, code: `${name}|${key(name)}` } })

describe('offboarding a person', () => {
  test('a dry run counts what would happen, and nothing happens', async () => {
    const { id, tokens } = await person('ann')
    const before = await entries(id)
    const asked = { revokeCards: true, block: true, erase: true }
    const answer = await offboard(id, { dryRun: true, ...asked })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      dryRun: true,
      sessions: 2,
      cards: COUNT,
      received: 1,
      blocked: true,
      erased: { viewers: 1, cards: COUNT, sessions: 2 },
    })
    expect(await entries(id)).toEqual(before)
    for (const token of tokens)
      expect((await app.call('GET', '/v1/cards', { token })).status).toBe(200)
    expect((await asAdmin(app, 'GET', `cards?owner=${id}&status=active`)).body.items).not.toEqual(
      [],
    )
    expect((await asAdmin(app, 'GET', `viewers/${id}`)).body).not.toHaveProperty('blockedAt')
  })

  test('does what the dry run said, with one entry that has the reason', async () => {
    const { id, tokens, cardId, shareId, declared } = await person('ben')
    const asked = { revokeCards: true, block: true }
    const { body: told } = await offboard(id, { dryRun: true, ...asked })
    const done = await offboard(id, asked)
    expect(done.body).toEqual({ ...told, dryRun: false })
    for (const token of tokens)
      expectProblem(await app.call('GET', '/v1/cards', { token }), 'ERR_SESSION')
    const reader = await app.login('reader')
    const opened = await app.open(reader, shareId, wechatProof(key('reader'), declared))
    expectProblem(opened, 'ERR_CARD_REVOKED')
    expect(await entries(id)).toEqual([
      [
        'viewer.offboard',
        'done',
        `address=127.0.0.1 sessions=2 cards=${COUNT} revokeCards block left the company`,
      ],
    ])
    expect(await entries(cardId)).toContainEqual([
      'card.revoke',
      'done',
      'address=127.0.0.1 offboarding',
    ])
    expectProblem(await logIn('ben'), 'ERR_LOGIN_REJECTED')
    const again = await offboard(id, asked)
    expect(again.body).toMatchObject({ sessions: 0, cards: 0, blocked: true })
  })

  test('ends sessions alone where nothing else is chosen', async () => {
    const { id, cardId } = await person('cleo', 1)
    expect((await offboard(id, {})).body).toEqual({
      dryRun: false,
      sessions: 2,
      cards: 0,
      received: 1,
      blocked: false,
    })
    expect((await asAdmin(app, 'GET', `cards/${cardId}`)).body.status).toBe('active')
    expect((await logIn('cleo')).status).toBe(201)
  })

  test('with erase and block leaves no data, and no way back', async () => {
    const { id, cardId } = await person('dan', 3)
    const done = await offboard(id, { erase: true, block: true })
    expect(done.body).toMatchObject({ cards: 3, blocked: true, erased: { viewers: 1, cards: 3 } })
    expect((await asAdmin(app, 'GET', `cards/${cardId}`)).body).toMatchObject({ title: '' })
    expectProblem(await logIn('dan'), 'ERR_LOGIN_REJECTED')
    expect((await entries(id)).map(([kind]) => kind)).toEqual(['viewer.offboard', 'person.erase'])
  })

  test('an erasure is for those who may erase; a reason and a known person are needed', async () => {
    const { id } = await person('eve', 1)
    await inRole(app, 'operator', async () => {
      expectProblem(await offboard(id, { erase: true, dryRun: true }), 'ERR_FORBIDDEN')
      expect((await offboard(id, { dryRun: true, block: true })).status).toBe(200)
    })
    await inRole(app, 'auditor', async () =>
      expectProblem(await offboard(id, { dryRun: true }), 'ERR_FORBIDDEN'),
    )
    expectProblem(await asAdmin(app, 'POST', `viewers/${id}/offboard`, {}), 'ERR_INPUT')
    expectProblem(await offboard('nobody', {}), 'ERR_NOT_FOUND')
  })

  test('a reason that names the person is kept without the name', async () => {
    await person('openid-of-fred', 1)
    const id = await idOf('openid-of-fred')
    await offboard(id, { reason: 'openid-of-fred left' })
    expect(JSON.stringify(await entries(id))).toContain('(name) left')
  })
})
