import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DataSource } from 'typeorm'
import { doctorCommand } from '../src/cli/doctor.js'
import { ConfigError } from '../src/config/config-error.js'
import type { BotConfig, Config } from '../src/config/config.js'
import { Secret } from '../src/config/secret.js'
import { httpProbe } from '../src/doctor/adapters/http-probe.js'
import { systemOutside } from '../src/doctor/adapters/system-outside.js'
import type { Outside, Space } from '../src/doctor/check.js'
import type { Finding } from '../src/doctor/finding.js'
import { createDataSource } from '../src/storage/data-source.js'
import { openConnection } from '../src/storage/sqlite/connection.js'
import { FakePlatform, faults } from '../src/testing/fake-platform.js'
import { sha256 } from '../src/vault/digest.js'
import { testConfig, WECHAT, WECOM } from './support/config.js'
import { TestApp } from './support/test-app.js'

const STABLE = '/cgi-bin/stable_token'
const WX_CODE = '/sns/jscode2session'
const GETTOKEN = '/cgi-bin/gettoken'
const QY_CODE = '/cgi-bin/miniprogram/jscode2session'

const keyNamed = (id: string, from = id) => ({
  id,
  secret: new Secret(Buffer.from(sha256(from), 'hex').toString('base64')),
})
const key1 = keyNamed('k1')
const bot: BotConfig = {
  id: 'desk',
  app: WECOM,
  token: new Secret('TokenOfTheDesk'),
  encodingAesKey: new Secret('Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v'),
  receiveId: '',
}
const SECRETS = ['s1', 's2', 's3', 's4', 'the-access-token', bot.token.reveal()]

const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-doctor-'))
let base: string
let platform: FakePlatform
let now: number
let copies = 0

beforeAll(async () => {
  platform = await FakePlatform.start()
  const app = await TestApp.start({ keyring: { keys: [key1] } })
  const { shareId } = await app.shared(await app.login('alice'))
  await app.open(await app.login('bob'), shareId, { encryptedData: '', iv: '' })
  base = String(app.storage.options.database)
  now = app.clock.now()
  await app.nest.close()
  copyFileSync(base, path.join(dir, 'base.sqlite'))
  await app.stop()
  base = path.join(dir, 'base.sqlite')
})
afterAll(async () => {
  await platform.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** A database that the service has used, and nothing wrong about anything. */
interface Patient {
  config: Config
  outside: Outside
}

function healthy(): Patient {
  const folder = path.join(dir, String(copies++))
  mkdirSync(folder)
  const file = path.join(folder, 'sealcard.sqlite')
  copyFileSync(base, file)
  const config = testConfig(file, { mode: 'production', keyring: { keys: [key1] }, bots: [bot] })
  config.server.host = '0.0.0.0'
  config.platformCalls = { timeoutMs: 300, breakerMs: 50 }
  for (const app of config.apps) app.apiBase = platform.base
  const token = { access_token: 'the-access-token', expires_in: 7200 }
  platform.on(STABLE, token).on(GETTOKEN, { errcode: 0, ...token })
  platform.on(WX_CODE, { errcode: 40029, errmsg: 'invalid code' })
  platform.on(QY_CODE, { errcode: 40029, errmsg: 'invalid code' })
  const system = systemOutside()
  const outside: Outside = {
    ...system,
    clock: { now: () => now },
    files: {
      ...system.files,
      temporary: '/nowhere',
      stat: async () => fine,
      space: async () => roomy,
    },
    http: { ask: async () => ({ status: 404, date: new Date(now).toUTCString() }) },
  }
  return { config, outside }
}
const fine = { mode: 0o600, size: 300_000, mine: true }
const roomy: Space = { free: 5e10, type: 0xef53 }

async function examine({ config, outside }: Patient, ...args: string[]) {
  const told = { out: '', err: '' }
  const code = await doctorCommand(() => outside).run(
    {
      config: () => config,
      clock: outside.clock,
      stdout: { write: (text) => void (told.out += text) },
      stderr: { write: (text) => void (told.err += text) },
    } as never,
    args,
  )
  const keys = config.keyring.keys.map(({ secret }) => secret.reveal())
  const words = (told.out + told.err).split(/[^\w+/=-]+/)
  for (const secret of [...SECRETS, ...keys]) expect(words).not.toContain(secret)
  return { code, ...told }
}

const findingsOf = async (patient: Patient, ...args: string[]) => {
  const { code, out } = await examine(patient, '--json', ...args)
  const { well, findings } = JSON.parse(out) as { well: boolean; findings: Finding[] }
  expect(code).toBe(well ? 0 : 1)
  return findings
}

/** Changes the file as somebody with a database tool would. */
async function withDatabase({ config }: Patient, work: (storage: DataSource) => Promise<unknown>) {
  const storage = await createDataSource(config.database).initialize()
  await work(storage)
  await storage.destroy()
}
const sql =
  (...statements: string[]) =>
  (patient: Patient) =>
    withDatabase(patient, async (storage) => {
      for (const statement of statements) await storage.query(statement)
    })
const files = (change: Partial<Outside['files']>) => (patient: Patient) => {
  patient.outside = { ...patient.outside, files: { ...patient.outside.files, ...change } }
}
const stat = (change: Partial<typeof fine>) => files({ stat: async () => ({ ...fine, ...change }) })
const space = (change: Partial<Space>) => files({ space: async () => ({ ...roomy, ...change }) })
const config = (change: Partial<Config>) => (patient: Patient) =>
  void (patient.config = { ...patient.config, ...change })
const asked = (code: string) => (patient: Patient) => {
  const ask = () => Promise.reject(Object.assign(new Error('s1 in a message'), { code }))
  patient.outside = { ...patient.outside, http: { ask } }
}
const clock = (off: number) => (patient: Patient) => {
  const ask = async () => ({ status: 404, date: new Date(now - off).toUTCString() })
  patient.outside = { ...patient.outside, http: { ask } }
}
const previous = (until?: number) =>
  config({ bots: [{ ...bot, previous: { ...bot, ...(until !== undefined && { until }) } }] })

test('finds nothing wrong where nothing is, and says so in words and to machines', async () => {
  const patient = healthy()
  const { code, out, err } = await examine(patient)
  expect(out).not.toMatch(/WRONG|WARNING/)
  expect(out).toMatch(/^\[ok\] {6}configuration: 4 apps, 1 bots, production$/m)
  expect(out).toMatch(/\n0 wrong, 0 warnings, \d+ ok\n$/)
  expect(err).toMatch(/^audit: done$/m)
  expect(code).toBe(0)
  const findings = await findingsOf(patient, '--thorough')
  expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['ok']))
})

test('leaves the database as it was', async () => {
  const patient = healthy()
  const rows = async () => {
    const counts: Record<string, unknown> = {}
    await withDatabase(patient, async (storage) => {
      for (const { tableName } of storage.entityMetadatas)
        counts[tableName] = await storage.query(`SELECT * FROM ${tableName}`)
    })
    return counts
  }
  const before = await rows()
  await examine(patient)
  expect(await rows()).toEqual(before)
})

test('works beside the service', async () => {
  const patient = healthy()
  await withDatabase(patient, async (storage) => {
    await storage.query('UPDATE viewers SET seen_at = seen_at')
    expect((await examine(patient)).code).toBe(0)
  })
})

type Case = [
  what: string,
  code: string,
  status: Finding['status'],
  change: (patient: Patient) => unknown,
  detail?: RegExp,
]

test.each<Case>([
  ['development', 'development', 'warning', config({ mode: 'development' })],
  ['a simulator', 'not-for-production', 'warning', config({ mode: 'development' }), /apiBase/],
  [
    'a sample bot key',
    'not-for-production',
    'warning',
    config({
      mode: 'development',
      bots: [{ ...bot, encodingAesKey: new Secret('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG') }],
    }),
    /bots\[0\]\.encodingAesKey: is a sample/,
  ],
  [
    'a sample key of the keyring',
    'sample-key',
    'warning',
    config({
      mode: 'development',
      keyring: {
        keys: [key1, { id: 'k0', secret: new Secret(Buffer.alloc(32).toString('base64')) }],
      },
    }),
    /k0/,
  ],
  [
    'an old Node',
    'version-old',
    'wrong',
    (patient) => (patient.outside = { ...patient.outside, nodeVersion: '20.18.3' }),
  ],
  ['everybody a proxy', 'too-wide', 'wrong', config({ trustedProxies: ['0.0.0.0/0'] })],
  [
    'no proxy on loopback',
    'none-behind-proxy',
    'warning',
    config({ server: { host: '127.0.0.1', port: 1 } }),
  ],
  ['previous bot keys without end', 'previous-endless', 'warning', previous()],
  ['previous bot keys overdue', 'previous-overdue', 'warning', (patient) => previous(now)(patient)],
  [
    'a bot key of another length',
    'keys-wrong',
    'wrong',
    config({ bots: [{ ...bot, encodingAesKey: new Secret('short') }] }),
  ],
  [
    'a readable file',
    'readable-by-others',
    'warning',
    stat({ mode: 0o644 }),
    /mode 644.*chmod 600/,
  ],
  ['another user’s file', 'not-owner', 'warning', stat({ mine: false })],
  ['no file', 'no-file', 'warning', files({ stat: async () => null })],
  ['a full disk', 'disk-full', 'wrong', space({ free: 1e6 })],
  ['a nearly full disk', 'disk-low', 'warning', space({ free: 5e8 })],
  ['a network file system', 'network-file-system', 'wrong', space({ type: 0x6969 })],
  ['a container’s layer', 'not-lasting', 'wrong', space({ type: 0x794c7630 })],
  ['a temporary folder', 'not-lasting', 'wrong', files({ temporary: dir })],
  [
    'a folder without permission',
    'folder-read-only',
    'wrong',
    files({ writable: async () => false }),
  ],
  [
    'a database in memory',
    'in-memory',
    'wrong',
    config({ database: { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' } }),
  ],
  [
    'a file that is no database',
    'damaged',
    'wrong',
    ({ config: { database } }) => copyFileSync(__filename, (database as { file: string }).file),
  ],
  [
    'no PostgreSQL',
    'unreachable',
    'wrong',
    config({ database: { kind: 'postgres', url: new Secret('postgres://u:s1@127.0.0.1:9/x') } }),
    /Start PostgreSQL/,
  ],
  [
    'a file in another mode',
    'not-wal',
    'warning',
    async ({ config: { database } }) => {
      const options = { readonly: false, busyTimeoutMs: 1000 }
      const raw = await openConnection('sqlite3', (database as { file: string }).file, options)
      await raw.query('PRAGMA journal_mode = DELETE', [])
      await raw.close()
    },
  ],
  ['pending migrations', 'migrations-pending', 'wrong', sql('DELETE FROM migrations WHERE id > 3')],
  [
    'a newer database',
    'newer',
    'wrong',
    sql(`INSERT INTO migrations (timestamp, name) VALUES (1, 'Future1')`),
    /Future1/,
  ],
  ['drift', 'drift', 'wrong', sql('DROP INDEX ix_cards_owner'), /ix_cards_owner/],
  [
    'a changed head',
    'head-broken',
    'wrong',
    sql('UPDATE audit_chains SET head_seq = head_seq - 1'),
    /not signed/,
  ],
  [
    'a cut tail',
    'head-broken',
    'wrong',
    sql('DELETE FROM audit_entries WHERE seq = (SELECT MAX(seq) FROM audit_entries)'),
    /cut off/,
  ],
  [
    'a changed last entry',
    'head-broken',
    'wrong',
    sql(`UPDATE audit_entries SET reason = 'x' WHERE seq = (SELECT MAX(seq) FROM audit_entries)`),
    /was changed/,
  ],
  ['time that went back', 'time-went-back', 'warning', (patient) => back(patient, 60_000), /60 s/],
  ['a clock that is ahead', 'clock-skew', 'warning', clock(30_000), /30 s ahead/],
  ['a clock that is behind', 'clock-skew', 'wrong', clock(-600_000), /600 s behind/],
  [
    'values under an older key',
    'rewrap-due',
    'warning',
    config({ keyring: { keys: [keyNamed('k2'), key1] } }),
    /\d+ values.*keys rewrap/,
  ],
  [
    'a key nothing is under',
    'key-unused',
    'warning',
    config({ keyring: { keys: [key1, keyNamed('k0')] } }),
  ],
  ['a missing key', 'key-missing', 'wrong', config({ keyring: { keys: [keyNamed('k2')] } })],
  [
    'another key of the same name',
    'key-replaced',
    'wrong',
    config({ keyring: { keys: [keyNamed('k1', 'another')] } }),
  ],
  ['no DNS', 'dns', 'wrong', asked('ENOTFOUND')],
  ['no route', 'connect', 'wrong', asked('ECONNREFUSED')],
  ['a proxy’s certificate', 'tls', 'wrong', asked('SELF_SIGNED_CERT_IN_CHAIN')],
])('names %s: %s, %s', async (_, code, status, change, detail = /./) => {
  const patient = healthy()
  await change(patient)
  const findings = await findingsOf(patient)
  const found = findings.filter((finding) => finding.code === code)
  expect({ codes: findings.map((finding) => finding.code), found: found.length > 0 }).toMatchObject(
    {
      found: true,
    },
  )
  expect(new Set(found.map((finding) => finding.status))).toEqual(new Set([status]))
  expect(found.every(({ todo }) => todo)).toBe(true)
  expect(JSON.stringify(found)).toMatch(detail)
})

function back(patient: Patient, ms: number) {
  const then = () => now - ms
  const ask = async () => ({ status: 404, date: new Date(then()).toUTCString() })
  patient.outside = { ...patient.outside, clock: { now: then }, http: { ask } }
}

describe('explains what a platform answers', () => {
  const ip =
    'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 62de9a0b-7149b5f1'
  const wecomIp =
    'not allow to access from your ip, hint: [1576065934_28_e0fa], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=60020'

  test.each([
    [WECHAT, STABLE, 40164, ip, 'ip-not-allowed', /203\.0\.113\.7 .*40164.*IP 白名单/],
    [WECHAT, STABLE, 40125, 'invalid appsecret', 'secret-wrong', /40125/],
    [WECHAT, STABLE, 40001, 'invalid credential', 'secret-wrong', /40001/],
    [WECHAT, STABLE, 40013, 'invalid appid', 'appid-wrong', /appid/],
    [WECHAT, STABLE, 89503, 'confirm', 'needs-confirmation', /[Cc]onfirm/],
    [WECHAT, STABLE, 40243, 'frozen', 'secret-frozen', /[Uu]nfreeze/],
    [WECHAT, STABLE, 99999, 'something new', 'errcode', /99999: something new/],
    [WECHAT, WX_CODE, 40125, 'invalid appsecret', 'secret-wrong', /jscode2session/],
    [WECOM, GETTOKEN, 40001, 'invalid credential', 'secret-wrong', /gettoken/],
    [WECOM, GETTOKEN, 40013, 'invalid corpid', 'corpid-wrong', /corpid/],
    [WECOM, GETTOKEN, 40091, 'x', 'secret-of-another-corp', /corp/],
    [WECOM, GETTOKEN, 60020, wecomIp, 'ip-not-allowed', /203\.0\.113\.7 .*60020.*企业可信IP/],
    [WECOM, QY_CODE, 60020, wecomIp, 'ip-not-allowed', /miniprogram\/jscode2session/],
    [WECOM, QY_CODE, 40014, 'invalid access_token', 'token-of-another-app', /linked to/],
    [WECOM, QY_CODE, 50003, 'x', 'app-disabled', /[Ee]nable/],
  ])('%s %s %i', async (app, operation, errcode, errmsg, code, detail) => {
    const patient = healthy()
    patient.config = { ...patient.config, apps: patient.config.apps.filter(({ id }) => id === app) }
    platform.on(operation, { errcode, errmsg })
    const found = (await findingsOf(patient)).filter(({ status }) => status === 'wrong')
    expect(found).toEqual([expect.objectContaining({ check: 'platforms', about: app, code })])
    expect(`${found[0]?.what} ${found[0]?.todo}`).toMatch(detail)
  })

  test('a quota and a busy platform are warnings', async () => {
    const patient = healthy()
    platform.on(STABLE, { errcode: 45011, errmsg: 'minute quota' }).on(GETTOKEN, faults.busy)
    const found = (await findingsOf(patient)).filter(({ status }) => status !== 'ok')
    expect(found.map(({ code, status }) => `${code} ${status}`).sort()).toEqual([
      'busy warning',
      'busy warning',
      'quota warning',
      'quota warning',
    ])
  })

  test.each(['html', 'badGateway', 'truncatedJson', 'reset', 'blackHole'] as const)(
    '%s is no answer of the platform’s',
    async (fault) => {
      const patient = healthy()
      platform.on(STABLE, faults[fault])
      const wrongs = (await findingsOf(patient)).filter(({ status }) => status === 'wrong')
      expect(wrongs.map(({ code }) => code)).toEqual(['no-sense', 'no-sense'])
    },
  )

  test('never forces a token', async () => {
    const before = platform.requests.length
    await examine(healthy())
    const asked = platform.requests.slice(before).filter(({ path }) => path === STABLE)
    expect(asked.map(({ body }) => JSON.parse(body).force_refresh)).toEqual([false, false])
  })
})

test('every mistake of the configuration is named, and nothing else is tried', async () => {
  const patient = healthy()
  const out: string[] = []
  const code = await doctorCommand(() => patient.outside).run(
    {
      config: () => {
        throw new ConfigError(['PORT: must be 0 to 65535', 'apps[0].secret: is not set'])
      },
      clock: patient.outside.clock,
      stdout: { write: (text) => void out.push(text) },
      stderr: { write: () => {} },
    },
    [],
  )
  expect(code).toBe(1)
  expect(out.join('')).toMatch(/^\[WRONG\] {3}configuration: PORT: must be 0 to 65535$/m)
  expect(out.join('')).toMatch(/apps\[0\]\.secret: is not set\n[^]*\n2 wrong, 0 warnings, 0 ok\n$/)
})

test('a check that hangs ends by its own time, and the others still speak', async () => {
  const patient = healthy()
  const timers: Outside['timers'] = {
    after: () => () => {},
    sleep: (ms, signal) =>
      ms === 20_000
        ? Promise.resolve()
        : new Promise((_, reject) =>
            signal?.addEventListener('abort', () => reject(signal.reason)),
          ),
  }
  const ask = () => new Promise<never>(() => {})
  patient.outside = { ...patient.outside, timers, http: { ask } }
  const findings = await findingsOf(patient)
  expect(findings).toContainEqual(
    expect.objectContaining({ check: 'platforms', code: 'no-result', status: 'wrong' }),
  )
  expect(findings).toContainEqual(expect.objectContaining({ check: 'audit', code: 'heads' }))
})

test('the probe asks without a secret and reads the time', async () => {
  const { status, date } = await httpProbe.ask(`${platform.base}/`)
  expect(status).toBe(404)
  expect(Date.parse(date ?? '')).toBeGreaterThan(0)
  expect(platform.requests.at(-1)).toMatchObject({ method: 'HEAD', path: '/', body: '' })
})
