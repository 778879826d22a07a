import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DatabaseConfig } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { systemOutside } from '../../src/tools/doctor/adapters/system-outside.js'
import { examine } from '../../src/tools/doctor/examine.js'
import { testConfig } from '../kit/config.js'
import { startOutput } from '../kit/start-output.js'
import { PostgresFront, SELF_SIGNED } from '../kit/storage/postgres-front.js'

const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-trouble-'))
let front: PostgresFront | undefined
afterEach(async () => {
  await front?.stop()
  front = undefined
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const postgres = (url: string): DatabaseConfig => ({ kind: 'postgres', url: new Secret(url) })
const sqlite = (name: string): DatabaseConfig => ({
  kind: 'sqlite',
  file: path.join(dir, name),
  engine: 'sqlite3',
})

/** What the doctor says of the database, and nothing else of it. */
const doctorSays = async (database: DatabaseConfig) => {
  const outside = {
    ...systemOutside(PLATFORMS),
    http: { ask: () => Promise.reject(new Error('none')) },
  }
  const config = testConfig('', { database, apps: [] })
  const findings = await examine({
    outside,
    config: () => config,
    thorough: false,
    progress: () => {},
  })
  return findings.filter(({ check, status }) => check.startsWith('database') && status === 'wrong')
}

/** The start ends with one line that names DATABASE_URL, and the doctor says the same. */
const bothSay = async (database: DatabaseConfig, sentence: string | RegExp, todo: RegExp) => {
  const { code, out, err } = await startOutput(testConfig('', { database }))
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^cannot start: DATABASE_URL: [^\n]+\n$/)
  // Neither a stack nor a password.
  expect(err).not.toMatch(/"at":|\bat .*:\d+:\d+|for-tests|S3CRET/)
  const [found, ...more] = await doctorSays(database)
  expect(more).toEqual([])
  expect(found?.todo).toMatch(todo)
  for (const said of [err, found?.what]) {
    if (typeof sentence === 'string') expect(said).toContain(sentence)
    else expect(said).toMatch(sentence)
  }
  expect(err).toBe(`cannot start: DATABASE_URL: ${found?.what}. ${found?.todo}\n`)
}

describe('a PostgreSQL that cannot be used', () => {
  it('is named with its host when the host is not found', async () => {
    await bothSay(
      postgres('postgres://u:S3CRET@database.invalid:5432/d'),
      /the host database\.invalid (is not found \(ENOTFOUND\)|cannot be looked up just now \(EAI_AGAIN\))/,
      /host|resolver/,
    )
  })

  it('is named with host and port when nothing listens there', async () => {
    await bothSay(
      postgres('postgres://u:S3CRET@127.0.0.1:1/d'),
      'the server 127.0.0.1:1 cannot be reached: nothing listens there (ECONNREFUSED)',
      /^Start PostgreSQL, or correct host and port/,
    )
  })

  it.each([
    [
      '28P01',
      'password failed',
      'refuses the password of the user postgres (28P01)',
      /percent-enc/,
    ],
    [
      '28000',
      'no pg_hba.conf entry for host "10.0.0.1"',
      'does not let this user in from here (28000: no pg_hba.conf entry for host "10.0.0.1")',
      /pg_hba\.conf/,
    ],
    [
      '3D000',
      'database "postgres" does not exist',
      'the database postgres is not there',
      /createdb/,
    ],
    ['53300', 'too many', 'the server has no connection left (53300)', /max_connections/],
    ['57P03', 'starting up', 'is starting or stopping (57P03: starting up)', /Wait/],
    [
      '08P01',
      'unsupported startup parameter: search_path',
      'refuses the connection (08P01: unsupported startup parameter: search_path)',
      /Take the option that it names out of DATABASE_URL/,
    ],
    // In no list of ours.
    [
      'XX999',
      'no tenant\nfor-tests',
      'cannot be used (error XX999: no tenant [secret])',
      /See the log of the server/,
    ],
  ])('gets an error in words when it answers %s', async (code, message, sentence, todo) => {
    front = await PostgresFront.open({ refuse: () => ({ code, message }) })
    await bothSay(front.database(), sentence, todo)
  })

  it('gets an error in words when it closes the connection before it answers', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const url = `postgres://u:S3CRET@127.0.0.1:${port}/d`
    try {
      await bothSay(postgres(url), 'closes the connection', /log/)
    } finally {
      server.close()
    }
  })

  it.each(['?sslmode=require', '?ssl=true', '?sslmode=verify-full'])(
    'gets an error about its certificate when no authority signed it: %s',
    async (query) => {
      front = await PostgresFront.open({ tls: true })
      const warned = jest.spyOn(process, 'emitWarning').mockImplementation()
      await bothSay(
        front.database(query),
        "the server's certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)",
        /sslmode=verify-full&sslrootcert=<file>.*sslmode=no-verify/,
      )
      expect(warned).not.toHaveBeenCalled()
      warned.mockRestore()
    },
  )

  it('gets an error when it offers no TLS and the URL asks for it', async () => {
    front = await PostgresFront.open({})
    await bothSay(front.database('?sslmode=verify-full'), 'offers no TLS', /ssl = on/)
  })

  it('gets an error that names the file of sslrootcert when it is missing', async () => {
    await bothSay(
      postgres(`postgres://u@127.0.0.1:1/d?sslmode=verify-full&sslrootcert=${dir}/none.pem`),
      `the file ${dir}/none.pem that it names cannot be read (ENOENT)`,
      /sslrootcert/,
    )
  })

  it.each([
    `?sslmode=verify-full&sslrootcert=${SELF_SIGNED}`,
    `?sslmode=require&sslrootcert=${SELF_SIGNED}`,
    '?sslmode=no-verify',
    '?sslmode=require&uselibpqcompat=true',
  ])('gets as far as its answer when its certificate is taken: %s', async (query) => {
    front = await PostgresFront.open({ tls: true })
    await bothSay(front.database(query), '57P03: nobody is here', /Wait/)
    expect(front.seen).toHaveLength(2)
  })
})

describe('a SQLite file that cannot be used', () => {
  it('gets an error in words, whatever is at its path', async () => {
    const plain = sqlite('plain')
    writeFileSync(path.join(dir, 'plain'), 'plain text, long enough to be no header'.repeat(50))
    const sentence = `${path.join(dir, 'plain')} cannot be used: it is not a SQLite database (SQLITE_NOTADB)`
    const { err } = await startOutput(testConfig('', { database: plain }))
    expect(err).toBe(`cannot start: DATABASE_URL: ${sentence}. Correct DATABASE_URL.\n`)
    const below = await startOutput(testConfig('', { database: sqlite('plain/x.sqlite') }))
    expect(below.err).toMatch(
      /^cannot start: DATABASE_URL: \S+x\.sqlite cannot be used: the folder \S+plain cannot be made: a part of its path is no folder \((EEXIST|ENOTDIR)\)\. Correct DATABASE_URL\.\n$/,
    )
  })

  it('of an engine whose package is not installed says so, at the start and by the doctor', async () => {
    const database: DatabaseConfig = { ...sqlite('better'), engine: 'better-sqlite3' } as never
    await bothSay(database, 'the package better-sqlite3 is not installed', /Install it/)
  })
})
