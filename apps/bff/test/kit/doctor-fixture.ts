import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { FakePlatform } from '@sealcard/testing'
import type { BotConfig, Config } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import { sha256 } from '../../src/core/crypto/digest.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { doctorCommand } from '../../src/tools/cli/doctor.js'
import { systemOutside } from '../../src/tools/doctor/adapters/system-outside.js'
import type { Finding, Outside, Space } from '../../src/tools/doctor/support/check.js'
import { testConfig, WECOM } from './config.js'
import { TestApp } from './test-app.js'

export const STABLE = '/cgi-bin/stable_token'
export const WX_CODE = '/sns/jscode2session'
export const GETTOKEN = '/cgi-bin/gettoken'
export const QY_CODE = '/cgi-bin/miniprogram/jscode2session'

export const keyNamed = (id: string, from = id) => ({
  id,
  secret: new Secret(Buffer.from(sha256(from), 'hex').toString('base64')),
})
export const key1 = keyNamed('k1')
export const bot: BotConfig = {
  id: 'desk',
  app: WECOM,
  token: new Secret('TokenOfTheDesk'),
  encodingAesKey: new Secret('Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v'),
  receiveId: '',
}
const SECRETS = ['s1', 's2', 's3', 's4', 'the-access-token', bot.token.reveal()]

/** A database that the service has used, and nothing wrong about anything. */
export interface Installation {
  config: Config
  outside: Outside
}

/** Patients, the platforms that they are registered at, and the time. */
export class DoctorFixture {
  #copies = 0

  private constructor(
    readonly dir: string,
    private readonly base: string,
    readonly now: number,
    readonly platform: FakePlatform,
  ) {}

  static async open(): Promise<DoctorFixture> {
    const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-doctor-'))
    const base = path.join(dir, 'base.sqlite')
    const app = await TestApp.start({ keyring: { keys: [key1] } })
    const { shareId } = await app.shared(await app.login('alice'))
    await app.open(await app.login('bob'), shareId, { encryptedData: '', iv: '' })
    const file = String(app.storage.options.database)
    await app.nest.close()
    copyFileSync(file, base)
    rmSync(app.dir, { recursive: true, force: true })
    return new DoctorFixture(dir, base, app.clock.now(), await FakePlatform.start())
  }

  async close(): Promise<void> {
    await this.platform.stop()
    rmSync(this.dir, { recursive: true, force: true })
  }

  healthy(): Installation {
    const folder = path.join(this.dir, String(this.#copies++))
    mkdirSync(folder)
    const file = path.join(folder, 'sealcard.sqlite')
    copyFileSync(this.base, file)
    const config = testConfig(file, { mode: 'production', keyring: { keys: [key1] }, bots: [bot] })
    config.server.host = '0.0.0.0'
    config.platformCalls = { timeoutMs: 15_000, breakerMs: 50 }
    for (const app of config.apps) app.apiBase = this.platform.base
    const token = { access_token: 'the-access-token', expires_in: 7200 }
    this.platform.on(STABLE, token).on(GETTOKEN, { errcode: 0, ...token })
    this.platform.on(WX_CODE, { errcode: 40029, errmsg: 'invalid code' })
    this.platform.on(QY_CODE, { errcode: 40029, errmsg: 'invalid code' })
    const system = systemOutside(PLATFORMS)
    const outside: Outside = {
      ...system,
      clock: { now: () => this.now },
      files: {
        ...system.files,
        temporary: '/nowhere',
        stat: async () => fine,
        space: async () => roomy,
      },
      http: { ask: async () => ({ status: 404, date: new Date(this.now).toUTCString() }) },
    }
    return { config, outside }
  }
}

export const fine = { mode: 0o600, size: 300_000, mine: true }
export const roomy: Space = { free: 5e10, type: 0xef53 }

export const examine = async ({ config, outside }: Installation, ...args: string[]) => {
  const told = { out: '', err: '' }
  const code = await doctorCommand(() => outside).run(
    {
      config: () => config,
      clock: { now: () => outside.clock.now(), elapsed: () => 0 },
      platforms: PLATFORMS,
      stdout: { write: (text: string) => void (told.out += text) },
      stderr: { write: (text: string) => void (told.err += text) },
    },
    args,
  )
  const keys = config.keyring.keys.map(({ secret }) => secret.reveal())
  const words = (told.out + told.err).split(/[^\w+/=-]+/)
  for (const secret of [...SECRETS, ...keys]) expect(words).not.toContain(secret)
  return { code, ...told }
}

export const findingsOf = async (installation: Installation, ...args: string[]) => {
  const { code, out } = await examine(installation, '--json', ...args)
  const { well, findings } = JSON.parse(out) as { well: boolean; findings: Finding[] }
  expect(code).toBe(well ? 0 : 1)
  return findings
}
