import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { systemOutside } from '../../src/tools/doctor/adapters/system-outside.js'
import { examine } from '../../src/tools/doctor/examine.js'
import { testConfig } from '../kit/config.js'
import { startOutput } from '../kit/start-output.js'

// As after the folder node_modules was copied from another system.
jest.mock('sqlite3', () => {
  const message = '/srv/node_modules/sqlite3/build/Release/node_sqlite3.node: invalid ELF header'
  throw Object.assign(new Error(message), { code: 'ERR_DLOPEN_FAILED' })
})

const SENTENCE = 'the package sqlite3 cannot be loaded here (invalid ELF header)'
const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-broken-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

test.each(['there', 'not-there'])(
  'a sqlite3 of another system is named by the start and by the doctor (the file is %s)',
  async (name) => {
    const file = path.join(dir, name)
    if (name === 'there') writeFileSync(file, '', { mode: 0o600 })
    const config = testConfig(file, { apps: [] })
    const findings = await examine({
      outside: systemOutside(PLATFORMS),
      config: () => config,
      thorough: false,
      progress: () => {},
    })
    expect(findings).toContainEqual({
      check: 'database file',
      status: 'wrong',
      code: 'engine',
      what: SENTENCE,
      todo: 'Install it again on this system.',
    })
    expect(await startOutput(config)).toEqual({
      code: 1,
      out: '',
      err: `cannot start: DATABASE_URL: ${SENTENCE}. Install it again on this system.\n`,
    })
  },
)
