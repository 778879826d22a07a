import { AdminLoginSessions } from '@sealcard/protocol'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { asAdmin, inRole, startAdmin } from '../kit/admin/support.js'
import { administrator, by, enter } from '../kit/administrators.js'
import { expectProblem } from '../kit/expect-problem.js'
import type { TestApp } from '../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await startAdmin()
})
afterAll(() => app.stop())

describe('the logins of an account', () => {
  test('are listed while they are live, and the caller’s own is marked', async () => {
    const root = await administrator(app, 'anna')
    const first = await enter(app, root)
    const second = await enter(app, root)
    const { body } = await by(app, second, 'GET', `accounts/${root.id}/sessions`)
    expect(AdminLoginSessions.safeParse(body).error).toBeUndefined()
    const marks = body.items.map(({ current }: { current: boolean }) => current)
    expect(marks).toEqual([true, false])
    expect((await by(app, first, 'DELETE', 'session')).status).toBe(204)
    const left = await by(app, second, 'GET', `accounts/${root.id}/sessions`)
    expect(left.body.items).toHaveLength(1)
    expect(left.text).not.toContain(second.csrf)
  })

  test('end all at once, and the audit has the reason', async () => {
    const root = await administrator(app, 'ben')
    const browsers = [await enter(app, root), await enter(app, root)]
    const ended = await asAdmin(app, 'POST', `accounts/${root.id}/sessions/end`, { reason: 'lost' })
    expect(ended.body).toEqual({ ended: 2 })
    for (const browser of browsers)
      expectProblem(await by(app, browser, 'GET', 'apps'), 'ERR_SESSION')
    const kind = 'admin.sessions'
    const [entry] = await app.storage.manager.findBy(AuditEntryEntity, { kind, subject: root.id })
    expect(entry?.reason).toBe('address=127.0.0.1 ended=2 lost')
    expect((await enter(app, root)).cookie).toBeTruthy()
  })

  test('are for those who manage accounts, and of accounts that are there', async () => {
    const { id } = await administrator(app, 'cleo')
    expectProblem(await asAdmin(app, 'GET', 'accounts/nobody/sessions'), 'ERR_NOT_FOUND')
    expectProblem(await asAdmin(app, 'POST', 'accounts/nobody/sessions/end', {}), 'ERR_NOT_FOUND')
    for (const role of ['operator', 'auditor'] as const)
      await inRole(app, role, async () => {
        expectProblem(await asAdmin(app, 'GET', `accounts/${id}/sessions`), 'ERR_FORBIDDEN')
        const end = await asAdmin(app, 'POST', `accounts/${id}/sessions/end`, {})
        expectProblem(end, 'ERR_FORBIDDEN')
      })
  })
})
