import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'

const entry = path.resolve(__dirname, '../../apps/bff/dist/main.js')
const dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-start-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const good = {
  apps: [
    {
      id: 'acme',
      platform: 'wechat',
      appid: 'wx0000000000000001',
      secret: 'canary-of-the-secret',
      apiBase: 'http://127.0.0.1:1',
    },
  ],
}

/** Runs the built service to its end, or until it is ready. */
const run = async (config: unknown, env: Record<string, string>) => {
  const file = path.join(dir, 'config.json')
  writeFileSync(file, JSON.stringify(config))
  const child = spawn(process.execPath, [entry], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'development',
      PORT: '0',
      SEALCARD_CONFIG: file,
      DATABASE_URL: `sqlite:${path.join(dir, 'start.sqlite')}`,
      SEALCARD_KEYRING: `k1:${Buffer.alloc(32, 'start').toString('base64')}`,
      ...env,
    },
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    if (out.includes('ready on')) child.kill('SIGTERM')
  })
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, out, lines: err.trim().split('\n') }
}

it('names every mistake of the configuration in a line of its own, before it listens', async () => {
  const wrong = { ...good, apps: [{ ...good.apps[0], appid: 'nope' }], surprise: 1 }
  const ended = await run(wrong, { PORT: 'eighty', SEALCARD_KEYRING: 'k1:short' })
  expect(ended.code).toBe(1)
  expect(ended.out).toBe('')
  const keys = ended.lines.map((line) => line.split(':', 1)[0])
  expect(keys).toEqual(expect.arrayContaining(['PORT', 'SEALCARD_KEYRING']))
  expect(ended.lines.filter((line) => /appid|surprise/.test(line))).toHaveLength(2)
  expect(ended.lines.join()).not.toContain('canary')
})

it('says that its port is taken, and ends', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  try {
    const ended = await run(good, { PORT: String(port) })
    expect([ended.code, ended.out]).toEqual([1, ''])
    expect(ended.lines).toEqual([
      `cannot start: PORT: 127.0.0.1:${port} is in use by another process`,
    ])
  } finally {
    other.close()
  }
})

it('says that its address is not of this machine, and ends', async () => {
  const ended = await run(good, { HOST: '192.0.2.1' })
  expect([ended.code, ended.out]).toEqual([1, ''])
  expect(ended.lines).toEqual(['cannot start: HOST: 192.0.2.1 is not an address of this machine'])
})

it('says that its database cannot be opened, and ends', async () => {
  writeFileSync(
    path.join(dir, 'not-a-database'),
    'plain text, long enough to be no header'.repeat(50),
  )
  for (const url of [
    `sqlite:${path.join(dir, 'not-a-database')}`,
    `sqlite:${path.join(dir, 'not-a-database/x.sqlite')}`,
    `sqlite:${dir}`,
    'postgres://127.0.0.1:1/nobody',
  ]) {
    const ended = await run(good, { DATABASE_URL: url })
    expect([url, ended.code, ended.out]).toEqual([url, 1, ''])
    expect(ended.lines).toEqual([
      expect.stringMatching(/^cannot start: DATABASE_URL: .+ cannot be/),
    ])
  }
})

it('says which part of a PostgreSQL URL is wrong, in one line without a stack, and ends', async () => {
  for (const [url, said] of [
    [
      'postgres://u:canary@database.invalid:5432/d',
      /^cannot start: DATABASE_URL: the host database\.invalid .+/,
    ],
    ['postgres://u:100%canary@127.0.0.1:1/d', /^DATABASE_URL: .+ must be percent-encoded \(%25\)$/],
    ['postgres://u:canary#@127.0.0.1:1/d', /^DATABASE_URL: .+ must be percent-encoded \(%23\)$/],
    [
      'postgres://u:canary@127.0.0.1:1/d?sslmode=require',
      /^cannot start: DATABASE_URL: the server 127\.0\.0\.1:1 .+/,
    ],
    [
      `sqlite:${path.join(dir, 'b')}?engine=better-sqlite3`,
      /the package better-sqlite3 is not installed/,
    ],
  ] as const) {
    const ended = await run(good, { DATABASE_URL: url })
    expect([url, ended.code, ended.out]).toEqual([url, 1, ''])
    expect(ended.lines).toEqual([expect.stringMatching(said)])
    expect(ended.lines[0]).not.toMatch(/canary|"at":/)
  }
})

it('says that its keyring is not that of its database, and ends', async () => {
  const other = { SEALCARD_KEYRING: `k2:${Buffer.alloc(32, 'another').toString('base64')}` }
  const database = { DATABASE_URL: `sqlite:${path.join(dir, 'sealed.sqlite')}` }
  expect((await run(good, database)).code).toBe(0)
  const ended = await run(good, { ...database, ...other })
  expect(ended.code).toBe(1)
  expect([ended.out, ended.lines]).toEqual([
    '',
    [
      'cannot start: SEALCARD_KEYRING: it does not open what the database holds: ERR_ENVELOPE_KEY_UNKNOWN',
    ],
  ])
})
