import { IsNull } from 'typeorm'
import { AdminAccountsService } from '../../src/accounts/admin-accounts.service.js'
import { AutomationTokenEntity } from '../../src/accounts/automation-token.entity.js'
import { AutomationTokens } from '../../src/accounts/automation-tokens.js'
import { PasswordHasher } from '../../src/accounts/password-hasher.js'
import { SetupTokenEntity, SetupTokens } from '../../src/accounts/setup-tokens.js'
import { verifyAudit } from '../../src/audit/verify-audit.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { administrator, by, enter, login, PASSWORD } from '../kit/administrators.js'
import { MIGRATED, startMigratedPostgres } from '../kit/storage/migrated-postgres.js'
import { hasPostgres, PATIENT, type TestPostgres } from '../kit/storage/postgres.js'
import { TestApp } from '../kit/test-app.js'

;(hasPostgres() ? describe : describe.skip)(
  'administrators in two processes over PostgreSQL',
  () => {
    let postgres: TestPostgres
    let app: TestApp
    let beside: TestApp
    const either = (i: number) => (i % 2 ? app : beside)
    const accounts = (of: TestApp) => of.nest.get(AdminAccountsService, { strict: false })

    beforeAll(async () => {
      postgres = await startMigratedPostgres()
      app = await TestApp.start({ database: postgres.database(`${MIGRATED}${PATIENT}`) })
      beside = await app.beside()
    })
    afterAll(async () => {
      await beside.nest.close()
      await app.stop()
      await postgres.stop()
    })

    test('one of them prints the token of the first start, and of 40 uses one makes the account', async () => {
      const issued = await Promise.all(
        [app, beside].map(({ nest }) => nest.get(SetupTokens, { strict: false }).issueFirst()),
      )
      const tokens = issued.flatMap((one) => (one ? [one.token] : []))
      expect(tokens).toHaveLength(1)
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          either(i).call('POST', '/v1/admin/setup', {
            body: { token: tokens[0], name: `first-${i}`, password: PASSWORD },
          }),
        ),
      )
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
      expect(await accounts(app).list()).toHaveLength(1)
    })

    test('a code used in both at the same moment is one login', async () => {
      const ann = await administrator(app, 'ann')
      const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => login(either(i), ann)))
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    })

    test('F3 of 60 guesses at once as many are looked at as of 60 in a row', async () => {
      const ben = await administrator(app, 'ben', 'auditor')
      // The addresses of the tests before have failures behind them.
      app.clock.advance(86_400_000)
      const spies = [app, beside].map(({ nest }) =>
        jest.spyOn(nest.get(PasswordHasher, { strict: false }), 'verify'),
      )
      await Promise.all(
        Array.from({ length: 60 }, (_, i) => login(either(i), ben, { password: 'wrong password' })),
      )
      const looked = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0)
      for (const spy of spies) spy.mockRestore()
      expect(looked).toBe(5)
      app.clock.advance(86_400_000)
    })

    test('F2 ended in one, refused in the other', async () => {
      const cy = await administrator(app, 'cy', 'operator')
      const browser = await enter(app, cy)
      expect((await by(beside, browser, 'GET', 'session')).status).toBe(200)
      await accounts(app).disable(cy.id, { actor: 'cli', address: 'local' })
      expect((await by(beside, browser, 'GET', 'session')).body.code).toBe('ERR_SESSION')
    })

    test('of administrators who disable each other at the same moment one stays', async () => {
      for (let round = 0; round < 5; round++) {
        const pair = [
          await administrator(app, `d-${round}`),
          await administrator(app, `e-${round}`),
        ]
        for (const { id, role, disabledAt } of await accounts(app).list()) {
          const other =
            role === 'admin' && disabledAt === null && !pair.some((one) => one.id === id)
          if (other) await accounts(app).disable(id, { actor: 'cli', address: 'local' })
        }
        const results = await Promise.allSettled(
          pair.map(({ id }, i) =>
            accounts(either(i)).disable(id, { actor: `admin:${pair[1 - i]?.id}`, address: 'x' }),
          ),
        )
        expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      }
    })

    test('an administrator who is disabled in one while giving access in the other gives none', async () => {
      const keeper = await administrator(app, 'keeper')
      for (const given of ['token', 'invitation', 'reset'] as const) {
        const fay = await administrator(app, `fay-${given}`)
        const other = await administrator(app, `other-${given}`, 'auditor')
        const actor = { actor: `admin:${fay.id}`, address: 'x' }
        const expiresAt = new Date(app.clock.now() + 86_400_000).toISOString()
        const input = { name: 'late', role: 'admin', expiresAt } as const
        const tokens = beside.nest.get(AutomationTokens, { strict: false })
        const give = (i: number): Promise<unknown> =>
          given === 'token'
            ? tokens.create(input, actor)
            : given === 'reset'
              ? accounts(beside).reset(other.id, actor)
              : accounts(beside).invite(`invited-by-fay-${i}`, 'admin', actor)
        await Promise.allSettled([
          ...Array.from({ length: 10 }, (_, i) => give(i)),
          accounts(app).disable(fay.id, { actor: `admin:${keeper.id}`, address: 'x' }),
          ...Array.from({ length: 10 }, (_, i) => give(10 + i)),
        ])
        await expect(give(20)).rejects.toMatchObject({ code: 'ERR_SESSION' })
        const { manager } = app.storage
        const createdBy = actor.actor
        expect(
          await manager.countBy(AutomationTokenEntity, { createdBy, revokedAt: IsNull() }),
        ).toBe(0)
        expect(await manager.countBy(SetupTokenEntity, { createdBy, usedAt: IsNull() })).toBe(0)
      }
    })

    test('F5 both chains are intact', async () => {
      const report = await verifyAudit(app.storage, app.nest.get(Vault))
      expect(report).toMatchObject({ chains: 2, faults: [] })
    })
  },
)
