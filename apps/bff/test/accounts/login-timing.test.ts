/**
 * How long a refused login takes says nothing about the account. At a thousandth of a real guess's cost: what is hidden
 * behind a millisecond is hidden behind a second. On every commit a handful of samples only show that it runs; the
 * judgement is the nightly form's.
 */
import { compare, countCases, SeededRandom, LIMIT, nightly, scale } from '@sealcard/testing'
import { AdminAccountEntity } from '../../src/accounts/admin-account.entity.js'
import { AdminAccountsRepository } from '../../src/accounts/admin-accounts.repository.js'
import { AdminAccountsService } from '../../src/accounts/admin-accounts.service.js'
import { AdminLoginService, LoginOpener } from '../../src/accounts/admin-login.service.js'
import { GuessLimit, LoginGate } from '../../src/accounts/login-gate.js'
import { KnownDevices } from '../../src/accounts/known-devices.js'
import { FORGOTTEN_MS } from '../../src/accounts/login-throttle.js'
import { PasswordHasher } from '../../src/accounts/password-hasher.js'
import { SecondFactor } from '../../src/accounts/second-factor.js'
import { SystemRandom } from '../../src/core/ports/random.js'
import { administrator, PASSWORD } from '../kit/administrators.js'
import { IN_MEMORY } from '../kit/config.js'
import { TestApp } from '../kit/test-app.js'

jest.setTimeout(3_600_000)

const SAMPLES = scale(8, 3_000)

test('F3 the time of a refused login does not show whether the account exists', async () => {
  const app = await TestApp.start(IN_MEMORY)
  const get = <T>(type: new (...args: never[]) => T): T => app.nest.get(type, { strict: false })
  const random = new SystemRandom()
  const hasher = new PasswordHasher({ logN: 10, r: 8, p: 1 }, random)
  const logins = new AdminLoginService(
    get(AdminAccountsRepository),
    get(KnownDevices),
    hasher,
    get(GuessLimit),
    get(SecondFactor),
    get(LoginGate),
    get(LoginOpener),
  )
  const by = { actor: 'cli', address: 'local' }
  const { id } = await administrator(app, 'enabled')
  const passwordHash = await hasher.hash(PASSWORD)
  await app.storage.manager.update(AdminAccountEntity, { id }, { passwordHash })
  const disabled = await administrator(app, 'disabled')
  await get(AdminAccountsService).disable(disabled.id, by)
  await get(AdminAccountsService).invite('invited', 'auditor', by)
  const classes = ['enabled', 'disabled', 'invited', 'unknown']
  const times = new Map(classes.map((name) => [name, [] as number[]]))
  const choices = new SeededRandom(5)
  for (let i = 0; i < SAMPLES * classes.length; i++) {
    // No backoff applies here: the test measures the guesses that the service checks.
    app.clock.advance(FORGOTTEN_MS)
    const name = choices.pick(classes)
    const guess = { name, password: `${PASSWORD} ${i}`, totp: '000000' }
    const from = process.hrtime.bigint()
    await expect(logins.login(guess, { address: '192.0.2.1' })).rejects.toMatchObject({
      code: 'ERR_LOGIN_REJECTED',
    })
    times.get(name)?.push(Number(process.hrtime.bigint() - from))
  }
  await app.stop()
  countCases(SAMPLES * classes.length)
  const found = compare(times)
  expect(found).toHaveLength(6)
  if (nightly) expect(found.filter(([, t]) => Math.abs(t) >= LIMIT)).toEqual([])
})
