import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { languageOf, SUMMARIES_ZH } from '../../../src/tools/cli/words-zh.js'
import { commands, runCommand } from '../../../src/tools/cli/run.js'

/** A command that reads the configuration before it has understood its arguments fails here. */
const run = (...args: string[]) => runAt(null, ...args)

/** @param answer what a person at a terminal says; null: there is none */
const runAt = async (answer: string | null, ...args: string[]) => {
  const told = { out: '', err: '' }
  const code = await runCommand(
    {
      config: () => {
        throw new Error('the configuration was read')
      },
      clock: { now: () => 0, elapsed: () => 0 },
      platforms: [],
      version: '9.9.9',
      questions: { ask: () => Promise.resolve(answer) },
      stdout: { write: (text: string) => void (told.out += text) },
      stderr: { write: (text: string) => void (told.err += text) },
    },
    args,
  )
  return { code, ...told }
}

const words = (name: string) => name.split(' ')

/** Their results are a document already. */
const DOCUMENTS = ['audit export', 'export-person', 'config schema', 'completion']
/** It prints until it ends. */
const WITHOUT_JSON = [...DOCUMENTS, 'serve']

describe.each(commands.map(({ name }) => [name]))('sealcard %s', (name) => {
  test.each([['--help'], ['-h'], ['help']])(
    '%s lists its options and exits with 0',
    async (asked) => {
      const { code, out, err } = await run(...words(name), asked)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toMatch(
        new RegExp(`^usage: sealcard ${name} \\[options\\]\n  \\S.*\n\n  [-(][-\\w]`),
      )
      expect(await run('help', ...words(name))).toEqual({ code: 0, out, err: '' })
    },
  )

  test('names an option that it does not know, and exits with 2', async () => {
    const { code, out, err } = await run(...words(name), '--nothing-of-the-kind')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^Unknown option '--nothing-of-the-kind'/)
    expect(err).toContain(`usage: sealcard ${name} `)
  })

  test('takes --json, or gives a document anyway', async () => {
    const { err } = await run(...words(name), '--json')
    expect(/Unknown option '--json'/.test(err)).toBe(WITHOUT_JSON.includes(name))
    const { out } = await run(...words(name), '--help')
    expect(out.includes('--json')).toBe(!WITHOUT_JSON.includes(name))
  })
})

test.each([
  [['nothing'], 'unknown command: nothing'],
  [['--nothing'], 'unknown option: --nothing'],
  [['audit', 'nothing'], 'unknown command: audit nothing'],
  [['audit'], 'usage: sealcard <command>'],
  [[], 'usage: sealcard <command>'],
])('%j exits with 2 and begins with: %s', async (args, first) => {
  const { code, out, err } = await run(...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err.startsWith(first)).toBe(true)
  expect(err).toMatch(/^ {2}audit verify /m)
})

test.each([['--version'], ['-V'], ['version']])('%s says the version', async (asked) => {
  expect(await run(asked)).toEqual({ code: 0, out: 'sealcard 9.9.9\n', err: '' })
})

test('help of a group shows its commands alone, and exits with 0', async () => {
  for (const args of [
    ['admin', '--help'],
    ['admin', 'help'],
    ['help', 'admin'],
  ]) {
    const { code, out, err } = await run(...args)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('admin create')
    expect(out).not.toContain('doctor')
  }
})

test('every command has its line in Chinese', () => {
  expect(Object.keys(SUMMARIES_ZH).sort()).toEqual(commands.map(({ name }) => name).sort())
})

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' }, 'en'],
  [{}, 'en'],
])('%j means the language %s', (env, language) => {
  expect(languageOf(env)).toBe(language)
})

test('bash completes commands, their groups and their options', async () => {
  const { out } = await run('completion', '--shell', 'bash')
  const complete = async (...typed: string[]) => {
    const script = `${out}\nCOMP_WORDS=(sealcard ${typed.map((word) => `'${word}'`).join(' ')})\nCOMP_CWORD=${typed.length}\n_sealcard\necho "\${COMPREPLY[@]}"`
    const { stdout } = await promisify(execFile)('bash', ['-c', script])
    return stdout.trim().split(' ')
  }
  expect(await complete('back')).toEqual(['backup'])
  expect(await complete('audit', '')).toEqual(['verify', 'export'])
  expect(await complete('audit', 'verify', '--e')).toEqual(['--expect'])
  expect(await complete('erase', '--')).toEqual(
    expect.arrayContaining(['--app', '--viewer', '--reason', '--yes']),
  )
})

test('erase asks at a terminal, and erases nothing without the name', async () => {
  const args = ['erase', '--app', 'a', '--viewer', 'zhang3']
  const { code, err } = await runAt('li4', ...args)
  expect({ code, err }).toEqual({ code: 1, err: 'not confirmed: nothing was erased\n' })
  for (const [answer, more] of [
    ['zhang3', []],
    ['', ['--yes']],
  ] as const)
    expect((await runAt(answer, ...args, ...more)).err).toContain('could not run')
})

test('a group alone shows its own commands', async () => {
  const { err } = await run('audit')
  expect(err).toContain('audit export')
  expect(err).not.toContain('doctor')
})

const BUILT = path.join(__dirname, '../../../dist/cli.js')
const ifBuilt = existsSync(BUILT) ? test : test.skip

ifBuilt('the built program starts, and ends with the exit codes', async () => {
  const program = path.join(__dirname, '../../../bin/sealcard.mjs')
  const env = { PATH: process.env['PATH'] }
  const ran = (...args: string[]) =>
    promisify(execFile)(process.execPath, [program, ...args], { env }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
    )
  expect(await ran('--help')).toMatchObject({ code: 0 })
  expect((await ran('nothing')).code).toBe(2)
  const doctor = await ran('doctor', '--json')
  expect(doctor.code).toBe(1)
  expect(JSON.parse(doctor.stdout)).toMatchObject({ well: false })
})
