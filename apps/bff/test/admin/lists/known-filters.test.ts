import { administrator } from '../../kit/administrators.js'
import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import { WECHAT } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
let viewer: string
let cardId: string
beforeAll(async () => {
  app = await startAdmin()
  const token = await app.login('alice')
  cardId = (await app.shared(token)).cardId
  viewer = (await app.call('GET', '/v1/me', { token })).body.id
})
afterAll(() => app.stop())

describe('a filter that names nothing known', () => {
  test.each([
    ['cards', 'app'],
    ['cards', 'owner'],
    ['cards/export', 'app'],
    ['cards/export', 'owner'],
    ['openings', 'card'],
    ['openings', 'viewer'],
    ['openings/export', 'card'],
    ['openings/export', 'viewer'],
    ['sessions', 'viewer'],
    ['viewers', 'app'],
    ['requests', 'card'],
    ['requests', 'viewer'],
    ['audit', 'actor'],
    ['audit', 'subject'],
    ['audit', 'kind'],
    ['stats', 'app'],
    ['overview', 'app'],
  ])('is a mistake that is named: %s?%s=', async (list, name) => {
    const answer = await asAdmin(app, 'GET', `${list}?${name}=nothing`)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues).toEqual([
      { path: name, message: 'names nothing that is known here' },
    ])
  })

  test('is no mistake where something known has no rows', async () => {
    const token = await app.login('bob')
    const bob = (await app.call('GET', '/v1/me', { token })).body.id
    const { id } = await administrator(app)
    for (const path of [
      `cards?owner=${bob}`,
      `openings?viewer=${bob}`,
      `openings?card=${cardId}`,
      `cards?app=${WECHAT}&owner=${viewer}`,
      'audit?kind=policy.set',
      'audit?actor=cli',
      'audit?actor=token:env',
      `audit?actor=admin:${id}`,
      `audit?subject=${cardId}`,
    ]) {
      const answer = await asAdmin(app, 'GET', path)
      expect({ path, status: answer.status }).toEqual({ path, status: 200 })
    }
  })

  test('an erased person is still a filter: cards and openings stay under a pseudonym', async () => {
    const token = await app.login('carol')
    const shared = await app.shared(token)
    const carol = (await app.call('GET', '/v1/me', { token })).body.id
    await asAdmin(app, 'POST', `viewers/${carol}/erase`, { reason: 'asked for it' })
    const owner = (await asAdmin(app, 'GET', `cards/${shared.cardId}`)).body.owner.id
    expect((await asAdmin(app, 'GET', `cards?owner=${owner}`)).body.items).toHaveLength(1)
    expectProblem(await asAdmin(app, 'GET', `cards?owner=${carol}`), 'ERR_INPUT')
    expect((await asAdmin(app, 'GET', `audit?subject=${carol}`)).status).toBe(200)
  })
})
