import { AdminHealth, AdminRoles, AdminSystem } from '@sealcard/protocol'
import { PERMISSIONS, ROLES } from '../../../src/http/access/principals.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { PlatformHealth } from '../../../src/platforms/calls/platform-health.js'
import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import { WECHAT, WECOM } from '../../kit/config.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await startAdmin()
  await app.login('alice')
})
afterAll(() => app.stop())

describe('how the service does', () => {
  test('keyring, windows, queues; retention and long work once they ran', async () => {
    const before = (await asAdmin(app, 'GET', 'system')).body
    expect(AdminSystem.safeParse(before).error).toBeUndefined()
    expect(before).toMatchObject({ retention: null, rewrapped: null, verified: null })
    expect(before.keyring.keys[0]).toBe(before.keyring.primary)
    await app.nest.get(RetentionService).run()
    await asAdmin(app, 'POST', 'audit/verify')
    await asAdmin(app, 'POST', 'keys/rewrap', { reason: 'words for the audit' })
    const { body, text } = await asAdmin(app, 'GET', 'system')
    expect(AdminSystem.safeParse(body).error).toBeUndefined()
    const at = new Date(app.clock.now()).toISOString()
    expect(body.retention).toEqual({ endedAt: at, rows: 0, failed: [] })
    expect(body.verified).toMatchObject({ at, decision: 'intact', by: { kind: 'token' } })
    expect(body.verified.what).toMatch(/^chains=1 entries=\d+ faults=0$/)
    expect(body.rewrapped.what).toMatch(/^rows=\d+ moved=0 failed=0 overtaken=0$/)
    expect(text).not.toContain('words')
    expect(text).not.toContain('127.0.0.1')
  })

  test('a rule of retention that fails is named', async () => {
    const retention = app.nest.get(RetentionService)
    const transaction = jest
      .spyOn(app.storage.manager, 'find')
      .mockRejectedValueOnce(new Error('x'))
    await expect(retention.run()).rejects.toThrow('1 rules failed')
    transaction.mockRestore()
    const { failed } = (await asAdmin(app, 'GET', 'system')).body.retention
    expect(failed).toEqual([expect.any(String)])
  })
})

test('each role and its permissions are told as the guard knows them', async () => {
  const { body } = await asAdmin(app, 'GET', 'roles')
  expect(AdminRoles.safeParse(body).error).toBeUndefined()
  for (const { role, permissions } of body.items) {
    expect(permissions).toEqual(ROLES[role as keyof typeof ROLES])
    for (const one of permissions) expect(PERMISSIONS).toContain(one)
  }
  expect(body.items.map(({ role }: { role: string }) => role)).toEqual(Object.keys(ROLES))
})

describe('the last error of a platform', () => {
  const last = async (id: string) => {
    const { body } = await asAdmin(app, 'GET', 'health')
    expect(AdminHealth.safeParse(body).error).toBeUndefined()
    return body.apps.find(({ app: one }: { app: string }) => one === id).lastError
  }

  test('comes with what it means and what to do, in both languages', async () => {
    const health = app.nest.get(PlatformHealth)
    health.refused(WECHAT, 'jscode2session', 40164)
    expect(await last(WECHAT)).toMatchObject({
      code: '40164',
      advice: {
        code: 'ip-not-allowed',
        what: { zh: expect.stringContaining('IP'), en: expect.stringContaining('address') },
        todo: { zh: expect.stringContaining('白名单'), en: expect.stringContaining('allow-list') },
        passes: false,
      },
    })
    health.unreachable(WECOM, 'gettoken', 'timeout')
    expect(await last(WECOM)).toMatchObject({ code: 'timeout', advice: { code: 'timeout' } })
  })

  test('that only the platform explains has no advice', async () => {
    app.nest.get(PlatformHealth).refused(WECHAT, 'jscode2session', 123456)
    expect(await last(WECHAT)).toMatchObject({ code: '123456', advice: null })
  })
})
