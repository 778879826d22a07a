import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { ManualClock } from '@sealcard/testing'
import type { AdminAccountEntity } from '../../../src/accounts/admin-account.entity.js'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { tellSecret } from '../../../src/tools/cli/administration.js'
import {
  type CommandContext,
  type PasswordInput,
  UsageError,
} from '../../../src/tools/cli/command.js'
import { TerminalInput } from '../../../src/tools/cli/password-input.js'
import { runCommand } from '../../../src/tools/cli/run.js'
import { type Administrator, by, enter, login, PASSWORD } from '../../kit/administrators.js'
import { testConfig, WECHAT } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { TestApp } from '../../kit/test-app.js'

const CHEAP = { logN: 1, r: 1, p: 1 }
const NEW = 'another long password'

let dir: string
let app: TestApp
const clock = new ManualClock()
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'sealcard-admins-'))
})
afterAll(async () => {
  await app?.nest.close()
  rmSync(dir, { recursive: true, force: true })
})

const stdin = (text: string): PasswordInput => ({
  ask: async () => null,
  readAll: async () => text,
})

const run = async (passwords: PasswordInput | undefined, ...args: string[]) => {
  const told = { out: '', err: '' }
  const code = await runCommand(
    {
      config: () => testConfig(path.join(dir, 'test.sqlite')),
      clock,
      platforms: PLATFORMS,
      passwordCost: CHEAP,
      stdout: { write: (text) => void (told.out += text) },
      stderr: { write: (text) => void (told.err += text) },
      ...(passwords && { passwords }),
    },
    args,
  )
  return { code, ...told }
}
const CREATE = ['admin', 'create', '--name', 'root', '--password-stdin']
let root: Administrator

describe('sealcard admin', () => {
  test('makes the first administrator in an empty database, before the service ever ran', async () => {
    const { code, out } = await run(stdin(`${PASSWORD}\n`), ...CREATE, '--json')
    expect(code).toBe(0)
    const told = JSON.parse(out)
    expect(told).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      name: 'root',
      role: 'admin',
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      uri: expect.stringContaining(`otpauth://totp/Sealcard:root?issuer=Sealcard&secret=`),
    })
    root = { ...told, password: PASSWORD }
    app = await TestApp.start({}, { dir, clock })
    const browser = await enter(app, root)
    expect((await by(app, browser, 'GET', 'session')).body).toMatchObject({
      role: 'admin',
      enrolled: true,
    })
  })

  test.each([
    ['no name', stdin(PASSWORD), ['admin', 'create', '--password-stdin'], '--name is missing'],
    ['a name that is none', stdin(PASSWORD), [...CREATE.slice(0, 3), 'Root'], '--name must be'],
    ['a role that is none', stdin(PASSWORD), [...CREATE, '--role', 'owner'], '--role must be'],
    ['a short password', stdin('short\n'), CREATE, 'the password must have 12 to 128 characters'],
    ['a password as an argument', stdin(''), [...CREATE, '--password', NEW], "'--password'"],
    ['no terminal to ask on', stdin(NEW), CREATE.slice(0, 4), 'no terminal to ask on'],
    ['nowhere to read from', undefined, CREATE, 'a password cannot be read here'],
    [
      'a server of no app',
      stdin(''),
      ['tokens', 'create', '--name', 'x', '--role', 'server', '--days', '1'],
      '--app a token of the role server is bound to one app',
    ],
    [
      'no end',
      stdin(''),
      ['tokens', 'create', '--name', 'x', '--role', 'admin'],
      '--days is missing',
    ],
    [
      'an end too far away',
      stdin(''),
      ['tokens', 'create', '--name', 'x', '--role', 'admin', '--days', '367'],
      '--days must be 1 to 366',
    ],
  ])('%s is a mistake of usage', async (_, passwords, args, message) => {
    const { code, out, err } = await run(passwords, ...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(err).not.toContain(NEW)
  })

  test('a name that is taken, or that no account has, ends with a message and exit code 1', async () => {
    expect(await run(stdin(PASSWORD), ...CREATE)).toMatchObject({ code: 1, err: 'name is taken\n' })
    for (const what of ['disable', 'enable'])
      expect(await run(undefined, 'admin', what, '--name', 'nobody')).toMatchObject({ code: 1 })
    const reset = await run(stdin(NEW), 'admin', 'reset', '--name', 'nobody', '--password-stdin')
    expect(reset).toMatchObject({ code: 1, out: '' })
    const last = await run(undefined, 'admin', 'disable', '--name', 'root')
    expect(last.code).toBe(1)
    expect(last.err).toContain('id is the last administrator who can log in')
  })

  test('disables and enables while the service runs, and the audit says who did it', async () => {
    const made = await run(
      stdin(`${PASSWORD}\r\n`),
      ...['admin', 'create', '--name', 'ann', '--role', 'operator', '--password-stdin', '--json'],
    )
    const ann: Administrator = { ...JSON.parse(made.out), password: PASSWORD }
    const browser = await enter(app, ann)
    const disabled = await run(undefined, 'admin', 'disable', '--name', 'ann', '--json')
    expect(disabled.code).toBe(0)
    expect(JSON.parse(disabled.out)).toMatchObject({ name: 'ann', role: 'operator' })
    expectProblem(await by(app, browser, 'GET', 'session'), 'ERR_SESSION')
    const enabled = await run(undefined, 'admin', 'enable', '--name', 'ann')
    expect(enabled).toMatchObject({ code: 0, out: 'enabled: ann\n' })
    await enter(app, ann)
    const facts = await app.storage.manager.findBy(AuditEntryEntity, { subject: ann.id })
    expect(facts.map(({ kind, actor, reason }) => [kind, actor, reason])).toEqual(
      expect.arrayContaining([
        ['admin.create', 'cli', 'address=local role=operator'],
        ['admin.disable', 'cli', 'address=local ended=1'],
        ['admin.enable', 'cli', 'address=local'],
      ]),
    )
  })

  test('gives another password and another second factor; what was before is worth nothing', async () => {
    const browser = await enter(app, root)
    const reset = await run(
      stdin(NEW),
      ...['admin', 'reset', '--name', 'root', '--password-stdin', '--json'],
    )
    expect(reset.code).toBe(0)
    expectProblem(await by(app, browser, 'GET', 'session'), 'ERR_SESSION')
    clock.advance(30_000)
    expectProblem(await login(app, root), 'ERR_LOGIN_REJECTED')
    const { secret } = JSON.parse(reset.out)
    expect((await login(app, { ...root, password: NEW, secret })).status).toBe(201)
  })

  test('disable and reset end what the account gave, and say how much', async () => {
    const made = await run(
      stdin(PASSWORD),
      ...['admin', 'create', '--name', 'gil', '--password-stdin', '--json'],
    )
    const gil: Administrator = { ...JSON.parse(made.out), password: PASSWORD }
    const give = async (who: Administrator) => {
      const browser = await enter(app, who)
      const expiresAt = new Date(clock.now() + 86_400_000).toISOString()
      const token = await by(app, browser, 'POST', 'tokens', {
        name: 'x',
        role: 'admin',
        expiresAt,
      })
      await by(app, browser, 'POST', 'accounts', { name: `of-${clock.now()}`, role: 'auditor' })
      return token.body.token as string
    }
    const worth = async (token: string) =>
      (await app.call('GET', '/v1/admin/session', { token })).status
    const first = await give(gil)
    const ended = 'ended: logins 1, tokens 1, invitations 1\n'
    const disabled = await run(undefined, 'admin', 'disable', '--name', 'gil')
    expect(disabled).toMatchObject({ code: 0, out: `disabled: gil\n${ended}` })
    expect(await worth(first)).toBe(401)
    await run(undefined, 'admin', 'enable', '--name', 'gil')
    expect(await worth(first)).toBe(401)
    const second = await give(gil)
    const again = ['admin', 'reset', '--name', 'gil', '--password-stdin']
    expect((await run(stdin(NEW), ...again)).out).toContain(ended)
    expect(await worth(second)).toBe(401)
    const json = await run(stdin(NEW), ...again, '--json')
    expect(JSON.parse(json.out).ended).toEqual({ logins: 0, tokens: 0, invitations: 0 })
    const gone = await run(undefined, 'admin', 'disable', '--name', 'gil', '--json')
    expect(JSON.parse(gone.out)).toMatchObject({ name: 'gil', ended: { tokens: 0 } })
    // What is made next is newer than what was made here.
    clock.advance(1000)
    const facts = await app.storage.manager.findBy(AuditEntryEntity, { subject: gil.id })
    expect(facts.map(({ kind, reason }) => [kind, reason])).toEqual(
      expect.arrayContaining([
        ['admin.disable', 'address=local ended=1 tokens=1 invitations=1'],
        ['admin.reset', 'address=local ended=1 tokens=1 invitations=1'],
      ]),
    )
  })

  test('lists accounts, for people and for programs', async () => {
    const list = await run(undefined, 'admin', 'list')
    expect(list.out).toMatch(/^ann {2}operator {2}enabled {2}last login 2026-/m)
    expect(list.out).toMatch(/^root {2}admin {2}enabled {2}last login 2026-/m)
    const { out } = await run(undefined, 'admin', 'list', '--json')
    expect(JSON.parse(out).map(({ name }: { name: string }) => name)).toEqual([
      'ann',
      'gil',
      expect.stringMatching(/^of-/),
      expect.stringMatching(/^of-/),
      'root',
    ])
    const named = JSON.parse(out).map(({ id: _, ...rest }: { id: string }) => rest)
    expect(JSON.stringify(named)).not.toMatch(/password|secret|totp|scrypt/i)
  })
})

test('sealcard tokens: made, used, listed, revoked', async () => {
  const create = [
    'tokens',
    'create',
    '--name',
    'nightly export',
    '--role',
    'auditor',
    '--days',
    '30',
  ]
  const plain = await run(undefined, ...create)
  expect(plain.out).toMatch(/^sct_[\w-]{43}\n$/)
  const token = plain.out.trim()
  const ask = () => app.call('GET', '/v1/admin/session', { token })
  expect((await ask()).body).toMatchObject({ kind: 'token', role: 'auditor' })
  const { out } = await run(undefined, 'tokens', 'list', '--json')
  const [listed] = JSON.parse(out)
  expect(listed).toMatchObject({ name: 'nightly export', createdBy: 'cli', revokedAt: null })
  expect(listed.lastUsedAt).toBe(new Date(clock.now()).toISOString())
  expect(out).not.toContain(token.slice(4))
  const revoked = await run(undefined, 'tokens', 'revoke', '--id', listed.id)
  expect(revoked).toMatchObject({ code: 0, out: 'revoked: nightly export\n' })
  expectProblem(await ask(), 'ERR_SESSION')
  expect(await run(undefined, 'tokens', 'revoke', '--id', 'nobody')).toMatchObject({ code: 1 })
  expect((await run(undefined, 'tokens', 'list')).out).toContain('revoked 2026-')
  const withMore = await run(undefined, ...create, '--json')
  expect(JSON.parse(withMore.out)).toMatchObject({ role: 'auditor', token: expect.any(String) })
  expect((await run(undefined, 'audit', 'verify')).code).toBe(0)
})

test('sealcard tokens: of a server, for an app that there is', async () => {
  const create = [
    'tokens',
    'create',
    '--name',
    'shop',
    '--role',
    'server',
    '--days',
    '30',
    '--json',
  ]
  expect(await run(undefined, ...create, '--app', 'nowhere')).toMatchObject({
    code: 1,
    err: 'app is not the id of an app in the configuration\n',
  })
  const made = JSON.parse((await run(undefined, ...create, '--app', WECHAT)).out)
  expect(made).toMatchObject({ role: 'server', app: WECHAT })
  const { out } = await run(undefined, 'tokens', 'list')
  expect(out).toContain(`server of ${WECHAT}`)
  expectProblem(await app.call('GET', '/v1/server/cards/x', { token: made.token }), 'ERR_NOT_FOUND')
})

test('the second factor is also a picture in a terminal', async () => {
  const shown: string[] = []
  const stdout = { write: (text: string) => shown.push(text), isTTY: true }
  const account = { id: 'a1', name: 'ben', role: 'admin' } as AdminAccountEntity
  const uri = 'otpauth://totp/Sealcard:ben?secret=ABCDEFGHIJKLMNOP'
  const created = { account, secret: 'ABCDEFGHIJKLMNOP', uri }
  const context = { stdout } as unknown as CommandContext
  await tellSecret(context, created, false)
  expect(shown.join('')).toContain(uri)
  expect(shown.join('')).toMatch(/[▀▄█]{9}/)
  shown.length = 0
  await tellSecret(context, created, true)
  expect(JSON.parse(shown.join(''))).toMatchObject({ secret: created.secret, uri })
})

describe('a password that is typed', () => {
  /** A terminal, and what it shows by itself. */
  const terminal = (tty = true) => {
    const stream = new PassThrough()
    const raw: boolean[] = []
    const shown: string[] = []
    const setRawMode = (on: boolean) => raw.push(on)
    const input = new TerminalInput(Object.assign(stream, { isTTY: tty, setRawMode }), {
      write: (text) => shown.push(text),
    })
    return { stream, raw, shown, input }
  }

  test('is not shown; the terminal is as before afterwards', async () => {
    const { stream, raw, shown, input } = terminal()
    const answer = input.ask('New password: ')
    stream.write('correct')
    stream.write(' horsf\u007fe\r')
    expect(await answer).toBe('correct horse')
    expect(raw).toEqual([true, false])
    expect(shown).toEqual(['New password: ', '\n'])
  })

  test.each(['\u0003', '\u0004'])('Ctrl-C and Ctrl-D end it', async (key) => {
    const { stream, raw, input } = terminal()
    const answer = input.ask('New password: ')
    stream.write(`correct${key}`)
    await expect(answer).rejects.toThrow(UsageError)
    expect(raw).toEqual([true, false])
  })

  test('is asked twice, and both must be the same', async () => {
    const typed = (...answers: string[]): PasswordInput => ({
      ask: async () => answers.shift() ?? null,
      readAll: async () => '',
    })
    const args = ['admin', 'create', '--name', 'ben']
    const differ = await run(typed(PASSWORD, NEW), ...args)
    expect(differ.code).toBe(2)
    expect(differ.err).toContain('the two passwords differ')
    const made = await run(typed(PASSWORD, PASSWORD), ...args, '--role', 'auditor')
    expect(made.code).toBe(0)
    expect(made.out).toMatch(/^auditor ben \([\w-]{22}\)\nsecond factor, shown this once/)
  })

  test('comes from standard input where there is no terminal', async () => {
    const { stream, input } = terminal(false)
    expect(await input.ask('New password: ')).toBeNull()
    stream.end('from a pipe\n')
    expect(await input.readAll()).toBe('from a pipe\n')
  })
})
