import { AuditReport, RewrapReport } from '@sealcard/protocol'
import { eventually } from '@sealcard/testing'
import { MaintenanceLease } from '../../../src/admin/maintenance/maintenance-lease.js'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { Secret } from '../../../src/core/config/secret.js'
import { Vault } from '../../../src/core/crypto/vault.js'
import { ADMIN, asAdmin, startAdmin } from '../../kit/admin/support.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeEach(async () => {
  app = await startAdmin()
  const alice = await app.login('alice')
  for (let i = 0; i < 5; i++) await app.shared(alice)
})
afterEach(() => app.stop())

const NDJSON = { accept: 'application/x-ndjson' }
const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
const lastOf = (kind: string) =>
  app.storage.manager.findOne(AuditEntryEntity, { where: { kind }, order: { seq: 'DESC' } })

describe('F5 verifying the audit', () => {
  test('reports, is recorded, and shows its progress', async () => {
    const answer = await asAdmin(app, 'POST', 'audit/verify')
    expect(AuditReport.safeParse(answer.body).error).toBeUndefined()
    expect(answer.body).toMatchObject({ intact: true, chains: 1, faults: [] })
    expect(await lastOf('audit.verify')).toMatchObject({
      actor: 'token:env',
      decision: 'intact',
      reason: `address=127.0.0.1 chains=1 entries=${answer.body.entries} faults=0`,
    })
    const streamed = lines((await asAdmin(app, 'POST', 'audit/verify', {}, NDJSON)).text)
    const report = streamed.pop()
    expect(report).toMatchObject({ type: 'report', intact: true, entries: answer.body.entries + 1 })
    for (const { type, entries, total } of streamed) {
      expect(type).toBe('progress')
      expect(entries).toBeLessThanOrEqual(total)
    }
  })

  test('finds a change, and a place that was noted elsewhere', async () => {
    const [entry] = await app.storage.manager.find(AuditEntryEntity, { where: { seq: 2 } })
    const place = { chainId: entry?.chainId ?? '', seq: 2, hash: entry?.hash ?? '' }
    const good = await asAdmin(app, 'POST', 'audit/verify', { expect: [place] })
    expect(good.body.intact).toBe(true)
    const noted = [{ ...place, hash: '0'.repeat(64) }]
    expect((await asAdmin(app, 'POST', 'audit/verify', { expect: noted })).body.intact).toBe(false)
    await app.storage.manager.update(AuditEntryEntity, { seq: 2 }, { decision: 'granted' })
    const { body } = await asAdmin(app, 'POST', 'audit/verify')
    expect(body).toMatchObject({ intact: false, faults: [{ seq: 2, what: 'was changed' }] })
  })
})

describe('E moving everything to the primary key', () => {
  test('is done, reported with its progress, and recorded with its reason', async () => {
    const keys = [
      { id: 'k2', secret: new Secret(Buffer.alloc(32, 9).toString('base64')) },
      { id: 'k1', secret: new Secret(Buffer.alloc(32, 7).toString('base64')) },
    ] as const
    await app.nest.close()
    app = await TestApp.start({ keyring: { keys: [...keys] }, adminToken: new Secret(ADMIN) }, app)
    const answer = await asAdmin(app, 'POST', 'keys/rewrap', { reason: 'yearly' })
    expect(RewrapReport.safeParse(answer.body).error).toBeUndefined()
    expect(answer.body).toMatchObject({ clean: true, primary: 'k2', failed: 0 })
    expect(answer.body.moved).toBeGreaterThan(10)
    const { moved, rows } = answer.body
    expect(await lastOf('keys.rewrap')).toMatchObject({
      subject: 'k2',
      decision: 'done',
      reason: `address=127.0.0.1 rows=${rows} moved=${moved} failed=0 overtaken=0 yearly`,
    })
    const streamed = lines((await asAdmin(app, 'POST', 'keys/rewrap', undefined, NDJSON)).text)
    expect(streamed.at(-1)).toMatchObject({ type: 'report', clean: true, moved: 0 })
    expect(app.nest.get(Vault).primaryKeyId).toBe('k2')
  })
})

describe('long work', () => {
  test('is done by one process at a time; a lease that is not renewed ends', async () => {
    const beside = await app.beside()
    try {
      let finish = () => {}
      const held = app.nest
        .get(MaintenanceLease, { strict: false })
        .hold('keys.rewrap', () => new Promise<void>((resolve) => (finish = resolve)))
      while (
        ((await app.storage.query('SELECT owner FROM work_leases'))[0]?.owner ?? true) === true
      );
      for (const one of [app, beside]) {
        expectProblem(await asAdmin(one, 'POST', 'keys/rewrap'), 'ERR_CONFLICT')
        const told = lines((await asAdmin(one, 'POST', 'keys/rewrap', undefined, NDJSON)).text)
        expect(told).toMatchObject([{ type: 'problem', problem: { code: 'ERR_CONFLICT' } }])
      }
      app.clock.advance(60_000)
      expect((await asAdmin(beside, 'POST', 'keys/rewrap')).status).toBe(200)
      finish()
      await held
      expect((await asAdmin(app, 'POST', 'keys/rewrap')).status).toBe(200)
    } finally {
      await beside.nest.close()
    }
  })

  test('a lease from a wrong clock, which ends later than any can, blocks no process', async () => {
    const lease = app.nest.get(MaintenanceLease, { strict: false })
    const take = () => lease.hold('x', async () => 'taken').catch(({ code }) => code)
    expect(await take()).toBe('taken')
    const until = (ms: number) =>
      app.storage.query('UPDATE work_leases SET held_until = ?', [app.clock.now() + ms])
    await until(60_000)
    expect(await take()).toBe('ERR_CONFLICT')
    await until(365 * 86_400_000)
    expect(await take()).toBe('taken')
  })

  test('whose lease is renewed keeps others out for as long as it lasts', async () => {
    const lease = app.nest.get(MaintenanceLease, { strict: false })
    const other = () => lease.hold('x', async () => 'taken').catch((error: Error) => error.message)
    const seen = await lease.hold('x', async (renew) => {
      const answers: string[] = []
      for (let i = 0; i < 4; i++) {
        app.clock.advance(40_000)
        renew()
        answers.push(await other())
      }
      return answers
    })
    expect(new Set(seen).size).toBe(1)
    expect(seen).not.toContain('taken')
    expect(await other()).toBe('taken')
  })
  test('whose renewal failed renews at the next call', async () => {
    const lease = app.nest.get(MaintenanceLease, { strict: false })
    const heldUntil = async (): Promise<number> =>
      Number(
        (await app.storage.query("SELECT held_until FROM work_leases WHERE name = 'x'"))[0]
          .held_until,
      )
    await lease.hold('x', async (renew) => {
      app.clock.advance(40_000)
      const update = jest
        .spyOn(app.storage.manager, 'update')
        .mockRejectedValueOnce(new Error('down'))
      renew()
      expect(update).toHaveBeenCalledTimes(1)
      update.mockRestore()
      await eventually(async () => {
        renew()
        return (await heldUntil()) >= app.clock.now() + 60_000
      })
    })
  })
})
