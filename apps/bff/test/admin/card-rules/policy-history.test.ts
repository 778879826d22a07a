import { CompanyPolicyVersions } from '@sealcard/protocol'
import { allPages, asAdmin, inRole, startAdmin } from '../../kit/admin/support.js'
import { WECHAT } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
let alice: { id: string; code: string }
beforeAll(async () => {
  app = await startAdmin()
  const token = await app.login('alice')
  const { body } = await app.call('PATCH', '/v1/me', { token, body: { name: 'Alice' } })
  alice = { id: body.id, code: body.code }
})
afterAll(() => app.stop())

describe('the history of the policy', () => {
  test('is empty until an administrator sets a policy', async () => {
    const { body } = await asAdmin(app, 'GET', 'policy/versions')
    expect(body).toEqual({ items: [], nextCursor: null })
  })

  test('keeps each version: the rules, who set them, when and why', async () => {
    const first = { version: 0, default: { maxLifeDays: 7 }, reason: 'a rule of the house' }
    await asAdmin(app, 'PUT', 'policy', first)
    const at = new Date(app.clock.now()).toISOString()
    app.clock.advance(1000)
    const rules = { default: { mayMake: 'listed' }, apps: { [WECHAT]: { watermark: true } } }
    await asAdmin(app, 'PUT', 'policy', { version: 1, ...rules, makers: [alice.id] })
    const { body } = await asAdmin(app, 'GET', 'policy/versions')
    expect(CompanyPolicyVersions.safeParse(body).error).toBeUndefined()
    const by = { kind: 'token', id: 'env', name: 'SEALCARD_ADMIN_TOKEN' }
    expect(body.items).toEqual([
      { version: 2, ...rules, makers: 1, changedAt: expect.any(String), by, reason: null },
      {
        version: 1,
        default: { maxLifeDays: 7 },
        apps: {},
        makers: 0,
        changedAt: at,
        by,
        reason: 'a rule of the house',
      },
    ])
    expect(await allPages(app, 'policy/versions', 1)).toEqual(body.items)
  })

  test('keeps nothing of a change that was refused', async () => {
    const before = (await asAdmin(app, 'GET', 'policy/versions')).body.items.length
    const late = await asAdmin(app, 'PUT', 'policy', { version: 1, default: {} })
    expectProblem(late, 'ERR_CONFLICT')
    const after = (await asAdmin(app, 'GET', 'policy/versions')).body.items.length
    expect(after).toBe(before)
  })

  test('does not say whom a version listed; the present list is shown by name', async () => {
    const { text } = await asAdmin(app, 'GET', 'policy/versions')
    expect(text).not.toContain(alice.id)
    const { body } = await asAdmin(app, 'GET', 'policy/makers')
    expect(body.items).toEqual([{ ...alice, name: 'Alice', nameFrom: 'self' }])
    await inRole(app, 'auditor', async () =>
      expect((await asAdmin(app, 'GET', 'policy/makers')).status).toBe(200),
    )
  })
})
