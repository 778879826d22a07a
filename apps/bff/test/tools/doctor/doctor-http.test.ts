import { DoctorReport } from '@sealcard/protocol'
import { MaintenanceLease } from '../../../src/admin/maintenance/maintenance-lease.js'
import { asAdmin, inRole, startAdmin } from '../../kit/admin/support.js'
import { expectProblem } from '../../kit/expect-problem.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await startAdmin()
})
afterAll(() => app.stop())

describe('the doctor of a running service', () => {
  test('finds what the command finds, and leaves the service as it is', async () => {
    const { body } = await asAdmin(app, 'POST', 'doctor', {})
    expect(DoctorReport.safeParse(body).error).toBeUndefined()
    const found = body.findings.map(({ check }: { check: string }) => check)
    expect(found).toEqual(expect.arrayContaining(['configuration', 'platforms', 'keyring']))
    expect((await app.call('GET', '/readyz')).status).toBe(200)
  })

  test('says what it finds, and what to do, in Chinese too', async () => {
    const { body } = await asAdmin(app, 'POST', 'doctor', {})
    const { findings } = DoctorReport.parse(body)
    const inChinese = (text = '') => /[\u4e00-\u9fff]/.test(text)
    const without = findings.filter(
      ({ zh, todo }) => !inChinese(zh?.what) || (todo !== undefined && !inChinese(zh?.todo)),
    )
    expect(findings.some(({ todo }) => todo !== undefined)).toBe(true)
    expect(without).toEqual([])
  })

  test('tells no secret', async () => {
    const { text } = await asAdmin(app, 'POST', 'doctor', {})
    expect(text).not.toContain('a token')
  })

  test('shows which checks are done', async () => {
    const accept = { accept: 'application/x-ndjson' }
    const { text } = await asAdmin(app, 'POST', 'doctor', {}, accept)
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.at(-1)).toMatchObject({ type: 'report', findings: expect.any(Array) })
    for (const line of lines.slice(0, -1)) expect(line).toMatchObject({ type: 'progress' })
  })

  test('is asked by one at a time, and by those who manage the service', async () => {
    await app.nest.get(MaintenanceLease, { strict: false }).hold('doctor', async () => {
      expectProblem(await asAdmin(app, 'POST', 'doctor', {}), 'ERR_CONFLICT')
    })
    for (const role of ['operator', 'auditor'] as const)
      await inRole(app, role, async () =>
        expectProblem(await asAdmin(app, 'POST', 'doctor', {}), 'ERR_FORBIDDEN'),
      )
  })
})
