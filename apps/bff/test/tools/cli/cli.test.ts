import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { AuditLog } from '../../../src/audit/audit-log.js'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { type Config, ConfigError } from '../../../src/core/config/config.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { commands, runCommand } from '../../../src/tools/cli/run.js'
import { testConfig, WECHAT } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

const VERIFIER = path.join(__dirname, '../../../../../docs/audit-verify.mjs')
const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-cli-'))
let app: TestApp
let config: () => Config

beforeAll(async () => {
  app = await TestApp.start()
  const alice = await app.login('alice')
  const { shareId, cardId } = await app.shared(alice)
  await app.open(await app.login('bob'), shareId, { encryptedData: '', iv: '' })
  const fact = { kind: 'card.revoke', actor: 'admin', subject: cardId, decision: 'done' }
  for (const reason of ['=1+1', 'it\'s "so", she said', '封笺 🔏', "'", 'a,b', ''])
    await app.nest.get(AuditLog).append({ ...fact, reason })
  app = await app.restart()
  await app.login('carol')
  config = () => testConfig(String(app.storage.options.database))
})
afterAll(async () => {
  await app.stop()
  rmSync(dir, { recursive: true, force: true })
})

const run = async (...args: string[]) => {
  const told = { out: '', err: '' }
  const code = await runCommand(
    {
      config,
      clock: app.clock,
      platforms: PLATFORMS,
      stdout: { write: (text) => void (told.out += text) },
      stderr: { write: (text) => void (told.err += text) },
    },
    args,
  )
  return { code, ...told }
}

/** The verifier that needs nothing of ours, in a process of its own. */
const check = async (name: string, text: string, ...noted: string[]) => {
  const file = path.join(dir, name)
  writeFileSync(file, text)
  const ran = promisify(execFile)(process.execPath, [VERIFIER, file, ...noted])
  return ran.then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, out: error.stdout }),
  )
}

describe('sealcard', () => {
  test('lists its commands, each with its options', async () => {
    const help = await run('--help')
    expect(help).toMatchObject({ code: 0, err: '' })
    for (const { name } of commands) {
      expect(help.out).toContain(name)
      const own = await run(...name.split(' '), '--help')
      expect(own.code).toBe(0)
      expect(own.out).toMatch(new RegExp(`^usage: sealcard ${name} `))
    }
  })

  test.each([
    [[]],
    [['nothing']],
    [['audit']],
    [['audit', 'verify', '--nothing']],
    [['audit', 'export', '--format', 'x']],
    [['audit', 'verify', '--expect', 'x']],
    [['keys', 'rewrap', 'x']],
  ])('exits with 2 and says what is wrong: %j', async (args) => {
    const { code, out, err } = await run(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/usage: sealcard/)
  })

  test('exits with 2 for a wrong configuration or a database that is not there', async () => {
    const kept = config
    config = () => {
      throw new ConfigError(['PORT: must be 0 to 65535'])
    }
    expect(await run('audit', 'verify')).toEqual({
      code: 2,
      out: '',
      err: 'PORT: must be 0 to 65535\n',
    })
    config = () => testConfig(path.join(dir, 'empty.sqlite'))
    const { code, err } = await run('audit', 'verify')
    config = kept
    expect(code).toBe(2)
    expect(err).toMatch(/^could not run: \{/)
  })

  test('keys rewrap, with nothing to do, is recorded', async () => {
    const { code, out } = await run('keys', 'rewrap')
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^\d+ values, 0 moved to k1, 0 failed, 0 to do again\n$/),
    })
    const entry = await app.storage.manager.findOneBy(AuditEntryEntity, { kind: 'keys.rewrap' })
    expect(entry).toMatchObject({ actor: 'cli', subject: 'k1', decision: 'done' })
  })
})

describe('F5 an export', () => {
  const exported = async (format: string) => (await run('audit', 'export', '--format', format)).out

  test.each(['jsonl', 'csv'])('as %s can be checked without Sealcard', async (format) => {
    const text = await exported(format)
    const entries = await app.storage.manager.count(AuditEntryEntity)
    expect(await check('whole', text)).toEqual({
      code: 0,
      out: expect.stringMatching(new RegExp(`^${entries} entries in \\d+ chains: intact\n$`)),
    })
  })

  test.each([
    [
      'an edit',
      (lines: string[]) => lines.map((line) => line.replace('card.create', 'card.revoke')),
    ],
    ['a deletion', (lines: string[]) => lines.filter((line) => !line.includes('card.create'))],
    [
      'another order',
      (lines: string[]) => {
        // Two of one chain: between chains, and between an entry and a checkpoint, order has no meaning.
        const [a = 0, b = 0] = lines.flatMap((line, n) => (line.includes('card.revoke') ? [n] : []))
        return lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '')
      },
    ],
    [
      'a repetition',
      (lines: string[]) => {
        // An entry: a checkpoint said twice says nothing else, and chains differ in where theirs stand.
        const n = lines.findIndex((line) => line.includes('card.revoke'))
        return lines.toSpliced(n, 0, lines[n] ?? '')
      },
    ],
  ])('with %s is found broken, in both forms', async (_, change) => {
    for (const format of ['jsonl', 'csv']) {
      const lines = (await exported(format)).split('\n')
      expect((await check('changed', change(lines).join('\n'))).code).toBe(1)
    }
  })

  test('cut off anywhere is found in jsonl; in csv by a place noted before', async () => {
    const lines = (await exported('jsonl')).trimEnd().split('\n')
    for (let n = 1; n < lines.length; n += 9)
      expect((await check('cut', lines.slice(0, n).join('\n'))).code).toBe(1)
    const rows = (await exported('csv')).trimEnd().split('\r\n')
    const { chainId, seq, hash } = (
      await app.storage.manager.find(AuditEntryEntity, { order: { at: 'DESC', seq: 'DESC' } })
    )[0] as AuditEntryEntity
    const place = `${chainId}:${seq}:${hash}`
    expect((await check('noted', rows.join('\n'), place)).code).toBe(0)
    const without = rows.filter((row) => !row.includes(hash)).join('\n')
    expect((await check('noted', without, place)).code).toBe(1)
  })

  test('a spreadsheet gets no formula', async () => {
    expect(await exported('csv')).toContain(`"'=1+1"`)
  })
})

describe('sealcard block and unblock', () => {
  const person = ['--app', WECHAT, '--viewer', 'emil'] as const
  const reason = ['--reason', 'phone lost'] as const
  const recorded = async (kind: string) =>
    (await app.storage.manager.findBy(AuditEntryEntity, { kind })).map((entry) => [
      entry.actor,
      entry.decision,
      entry.reason,
    ])

  test('keep a person out at once, and let them in again', async () => {
    const token = await app.login('emil')
    const logIn = () =>
      app.call('POST', '/v1/sessions', { body: { app: WECHAT, code: `emil|${key('emil')}` } })
    const blocked = await run('block', ...person, ...reason)
    expect(blocked).toMatchObject({ code: 0, out: 'blocked; 1 sessions ended\n' })
    expectProblem(await app.call('GET', '/v1/cards', { token }), 'ERR_SESSION')
    expectProblem(await logIn(), 'ERR_LOGIN_REJECTED')
    const again = await run('block', ...person, ...reason, '--json')
    expect(JSON.parse(again.out)).toEqual({ found: true, ended: 0 })
    expect(await recorded('viewer.block')).toEqual([
      ['cli', 'done', 'address=local sessions=1 phone lost'],
      ['cli', 'already', 'address=local sessions=0 phone lost'],
    ])
    expect(await run('unblock', ...person)).toMatchObject({ code: 0, out: 'not blocked\n' })
    expect((await logIn()).status).toBe(201)
    const twice = await run('unblock', ...person, '--reason', 'back', '--json')
    expect(JSON.parse(twice.out)).toEqual({ found: true })
    expect(await recorded('viewer.unblock')).toEqual([
      ['cli', 'done', 'address=local'],
      ['cli', 'already', 'address=local back'],
    ])
  })

  test.each(['block', 'unblock'])(
    '%s of nobody ends with 1; a reason with the name in it does nothing',
    async (name) => {
      const nobody = [name, '--app', WECHAT, '--viewer', 'nobody', ...reason]
      expect(await run(...nobody)).toMatchObject({ code: 1, out: 'no such person\n' })
      expect(JSON.parse((await run(...nobody, '--json')).out)).toEqual({ found: false })
      const named = await run(name, ...person, '--reason', 'Emil left')
      expect(named).toMatchObject({ code: 2 })
      expect(named.err).toContain('must not name the person')
    },
  )

  test('block needs a reason', async () => {
    const { code, err } = await run('block', ...person)
    expect([code, err]).toEqual([2, expect.stringContaining('--reason')])
  })
})

describe('sealcard offboard', () => {
  const given = ['offboard', '--app', WECHAT, '--viewer', 'dora', '--reason', 'left'] as const

  test('counts in a dry run, then does the same', async () => {
    const token = await app.login('dora')
    await app.shared(token)
    const all = [...given, '--revoke-cards', '--block']
    const dry = await run(...all, '--dry-run')
    const counts = '1 sessions ended; 1 cards revoked; 0 cards of others were opened; blocked'
    expect(dry).toMatchObject({ code: 0, out: `would be: ${counts}\n` })
    expect((await app.call('GET', '/v1/cards', { token })).status).toBe(200)
    expect(await run(...all)).toMatchObject({ code: 0, out: `${counts}\n` })
    expectProblem(await app.call('GET', '/v1/cards', { token }), 'ERR_SESSION')
    const entry = await app.storage.manager.findOneByOrFail(AuditEntryEntity, {
      kind: 'viewer.offboard',
    })
    expect(entry).toMatchObject({
      actor: 'cli',
      reason: 'address=local sessions=1 cards=1 revokeCards block left',
    })
    const again = await run(...all, '--json')
    expect(JSON.parse(again.out)).toMatchObject({ found: true, sessions: 0, cards: 0 })
  })

  test('of nobody ends with 1; without a reason, or with the name in it, nothing happens', async () => {
    const nobody = ['offboard', '--app', WECHAT, '--viewer', 'nobody', '--reason', 'left']
    expect(await run(...nobody)).toMatchObject({ code: 1, out: 'no such person\n' })
    expect(await run(...given.slice(0, 5))).toMatchObject({ code: 2 })
    const named = await run(...given.slice(0, 6), 'Dora left')
    expect(named).toMatchObject({ code: 2 })
    expect(named.err).toContain('must not name the person')
  })
})
