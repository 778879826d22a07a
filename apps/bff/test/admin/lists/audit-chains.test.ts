import { AuditChainPage } from '@sealcard/protocol'
import { AuditLog } from '../../../src/audit/audit-log.js'
import { MINUTE } from '../../../src/core/time.js'
import { allPages, asAdmin, inRole, startAdmin } from '../../kit/admin/support.js'
import { expectProblem } from '../../kit/expect-problem.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
let beside: TestApp
beforeAll(async () => {
  app = await startAdmin()
  await app.login('alice')
  app.clock.advance(MINUTE)
  beside = await app.beside()
  await beside.login('bob')
})
afterAll(async () => {
  await beside.nest.close()
  await app.stop()
})

describe('the chains of the audit', () => {
  test('come latest first, each with where it begins, its head and its checkpoints', async () => {
    await app.nest.get(AuditLog).checkpointIfDue()
    const { body } = await asAdmin(app, 'GET', 'audit/chains')
    expect(AuditChainPage.safeParse(body).error).toBeUndefined()
    const [second, first] = body.items
    expect(body.items).toHaveLength(2)
    expect(first.follows).toBeNull()
    expect(second.follows).toEqual({ chainId: first.id, seq: expect.any(Number) })
    for (const { id, head } of body.items) {
      const { items } = (await asAdmin(app, 'GET', 'audit?limit=200')).body
      const last = items.find((entry: { chainId: string }) => entry.chainId === id)
      expect(head).toEqual({ seq: last.seq, at: last.at, hash: last.hash })
    }
    expect(first.checkpoints.length).toBeGreaterThan(0)
  })

  test('and a checkpoint of them is a place that the verification expects', async () => {
    const [{ id, head }] = (await asAdmin(app, 'GET', 'audit/chains')).body.items
    const place = { chainId: id, seq: head.seq, hash: head.hash }
    const good = await asAdmin(app, 'POST', 'audit/verify', { expect: [place] })
    expect(good.body.intact).toBe(true)
  })

  test('go on page by page, and are for those who may read the audit', async () => {
    const whole = (await asAdmin(app, 'GET', 'audit/chains')).body.items
    expect(await allPages(app, 'audit/chains', 1)).toEqual(whole)
    expectProblem(await asAdmin(app, 'GET', 'audit/chains?limit=51'), 'ERR_INPUT')
    const asked = () => asAdmin(app, 'GET', 'audit/chains')
    await inRole(app, 'auditor', async () => expect((await asked()).status).toBe(200))
    await inRole(app, 'operator', async () => expectProblem(await asked(), 'ERR_FORBIDDEN'))
  })
})
