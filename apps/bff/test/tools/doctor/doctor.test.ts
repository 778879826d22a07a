import { ManualClock } from '@sealcard/testing'
import { copyFileSync } from 'node:fs'
import type { DataSource } from 'typeorm'
import { type Config, ConfigError } from '../../../src/core/config/config.js'
import { Secret } from '../../../src/core/config/secret.js'
import { openConnection } from '@sealcard/typeorm-sqlite3'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { doctorCommand } from '../../../src/tools/cli/doctor.js'
import { httpProbe } from '../../../src/tools/doctor/adapters/system-outside.js'
import type { Finding, Outside, Space } from '../../../src/tools/doctor/support/check.js'
import {
  bot,
  DoctorFixture,
  examine,
  findingsOf,
  fine,
  key1,
  keyNamed,
  type Installation,
  roomy,
} from '../../kit/doctor-fixture.js'

let doctor: DoctorFixture

beforeAll(async () => {
  doctor = await DoctorFixture.open()
})
afterAll(() => doctor.close())

/** Changes the file as a person with a database tool would. */
const withDatabase = async (
  { config }: Installation,
  work: (storage: DataSource) => Promise<unknown>,
) => {
  const storage = await createDataSource(config.database).initialize()
  await work(storage)
  await storage.destroy()
}
const sql =
  (...statements: string[]) =>
  (installation: Installation) =>
    withDatabase(installation, async (storage) => {
      for (const statement of statements) await storage.query(statement)
    })
const files = (change: Partial<Outside['files']>) => (installation: Installation) => {
  installation.outside = {
    ...installation.outside,
    files: { ...installation.outside.files, ...change },
  }
}
const stat = (change: Partial<typeof fine>) => files({ stat: async () => ({ ...fine, ...change }) })
const space = (change: Partial<Space>) => files({ space: async () => ({ ...roomy, ...change }) })
const config = (change: Partial<Config>) => (installation: Installation) =>
  void (installation.config = { ...installation.config, ...change })
const asked = (code: string) => (installation: Installation) => {
  const ask = () => Promise.reject(Object.assign(new Error('s1 in a message'), { code }))
  installation.outside = { ...installation.outside, http: { ask } }
}
const clock = (off: number) => (installation: Installation) => {
  const ask = async () => ({ status: 404, date: new Date(doctor.now - off).toUTCString() })
  installation.outside = { ...installation.outside, http: { ask } }
}
const previous = (until?: number) =>
  config({ bots: [{ ...bot, previous: { ...bot, ...(until !== undefined && { until }) } }] })

test('finds nothing wrong where nothing is, and says so in words and to machines', async () => {
  const installation = doctor.healthy()
  const { code, out, err } = await examine(installation)
  expect(out).not.toMatch(/WRONG|WARNING/)
  expect(out).toMatch(/^\[ok\] {6}configuration: 4 apps, 1 bots, production$/m)
  expect(out).toMatch(/\n0 wrong, 0 warnings, \d+ ok\n$/)
  expect(err).toMatch(/^audit: done$/m)
  expect(code).toBe(0)
  const findings = await findingsOf(installation, '--thorough')
  expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['ok']))
})

test('leaves the database as it was', async () => {
  const installation = doctor.healthy()
  const rows = async () => {
    const counts: Record<string, unknown> = {}
    await withDatabase(installation, async (storage) => {
      for (const { tableName } of storage.entityMetadatas)
        counts[tableName] = await storage.query(`SELECT * FROM ${tableName}`)
    })
    return counts
  }
  const before = await rows()
  await examine(installation)
  expect(await rows()).toEqual(before)
})

test('works beside the service', async () => {
  const installation = doctor.healthy()
  await withDatabase(installation, async (storage) => {
    await storage.query('UPDATE viewers SET seen_at = seen_at')
    expect((await examine(installation)).code).toBe(0)
  })
})

type Case = [
  what: string,
  code: string,
  status: Finding['status'],
  change: (installation: Installation) => unknown,
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
    (installation) => (installation.outside = { ...installation.outside, nodeVersion: '20.18.3' }),
  ],
  ['everybody a proxy', 'too-wide', 'wrong', config({ trustedProxies: ['0.0.0.0/0'] })],
  [
    'no proxy on loopback',
    'none-behind-proxy',
    'wrong',
    (installation) => {
      delete installation.config.trustedProxies
      installation.config.server.host = '127.0.0.1'
    },
  ],
  ['previous bot keys without end', 'previous-endless', 'warning', previous()],
  [
    'previous bot keys overdue',
    'previous-overdue',
    'warning',
    (installation) => previous(doctor.now)(installation),
  ],
  [
    'messages of the app, and no notice',
    'notices-none',
    'warning',
    config({
      bots: [
        {
          ...bot,
          notices: {
            by: 'app-message',
            firstOpening: false,
            refusedAttempts: false,
            expiringTomorrow: false,
          },
        },
      ],
    }),
  ],
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
  [
    'a temporary folder',
    'not-lasting',
    'wrong',
    (installation) => files({ temporary: doctor.dir })(installation),
  ],
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
  [
    'time that went back',
    'time-went-back',
    'warning',
    (installation) => back(installation, 60_000),
    /60 s/,
  ],
  [
    'time that went far back',
    'time-went-back',
    'wrong',
    (installation) => back(installation, 61_000),
    /61 s/,
  ],
  ['a clock that is ahead', 'clock-skew', 'warning', clock(30_000), /30 s ahead/],
  ['a clock that is too far ahead', 'clock-skew', 'wrong', clock(62_000), /6[12] s ahead/],
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
  const installation = doctor.healthy()
  await change(installation)
  const findings = await findingsOf(installation)
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

const back = (installation: Installation, ms: number) => {
  const then = () => doctor.now - ms
  const ask = async () => ({ status: 404, date: new Date(then()).toUTCString() })
  installation.outside = { ...installation.outside, clock: { now: then }, http: { ask } }
}

test('every mistake of the configuration is named, and nothing else is tried', async () => {
  const installation = doctor.healthy()
  const out: string[] = []
  const code = await doctorCommand(() => installation.outside).run(
    {
      config: () => {
        throw new ConfigError(['PORT: must be 0 to 65535', 'apps[0].secret: is not set'])
      },
      clock: new ManualClock(),
      platforms: PLATFORMS,
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
  const installation = doctor.healthy()
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
  installation.outside = { ...installation.outside, timers, http: { ask } }
  const findings = await findingsOf(installation)
  expect(findings).toContainEqual(
    expect.objectContaining({ check: 'platforms', code: 'no-result', status: 'wrong' }),
  )
  expect(findings).toContainEqual(expect.objectContaining({ check: 'audit', code: 'heads' }))
})

test('the probe asks without a secret and reads the time', async () => {
  const { status, date } = await httpProbe.ask(`${doctor.platform.base}/`)
  expect(status).toBe(404)
  expect(Date.parse(date ?? '')).toBeGreaterThan(0)
  expect(doctor.platform.requests.at(-1)).toMatchObject({ method: 'HEAD', path: '/', body: '' })
})
