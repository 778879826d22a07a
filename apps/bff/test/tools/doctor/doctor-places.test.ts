import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Config } from '../../../src/core/config/config.js'
import { loadConfig } from '../../../src/core/config/load-config.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { systemOutside } from '../../../src/tools/doctor/adapters/system-outside.js'
import { examine } from '../../../src/tools/doctor/examine.js'
import type { Files } from '../../../src/tools/doctor/support/check.js'
import { bot, goodEnv, goodFile, wechat, wecom } from '../../kit/config-file.js'
import { testConfig } from '../../kit/config.js'

const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-places-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const examined = async (config: Config, files: Partial<Files> = {}) => {
  const system = systemOutside(PLATFORMS)
  const outside = { ...system, files: { ...system.files, ...files } }
  return examine({
    outside,
    config: () => ({ ...config, apps: [] }),
    thorough: false,
    progress: () => {},
  })
}
const about = async (check: string, ...asked: Parameters<typeof examined>) =>
  (await examined(...asked)).filter((finding) => finding.check === check)

describe('a folder that is not there yet', () => {
  const deep = path.join(dir, 'made', 'not', 'yet')
  const config = testConfig(path.join(deep, 's.sqlite'))
  mkdirSync(path.join(dir, 'made'))

  it('is well where this user may make it', async () => {
    const [first] = await about('database file', config)
    expect(first).toMatchObject({
      status: 'ok',
      code: 'no-folder',
      what: `${deep} is not there yet`,
    })
  })

  it('is wrong where this user may not, and the folder is named that cannot be written', async () => {
    const writable = async (folder: string) => folder !== path.join(dir, 'made')
    const [first] = await about('database file', config, { writable })
    expect(first).toMatchObject({
      status: 'wrong',
      code: 'folder-read-only',
      what: `${deep} is not there and cannot be made: this user may not write into ${dir}/made`,
      todo: 'Make the folder, and give it to the user of the service.',
    })
  })

  it('is wrong where a file stands in its way', async () => {
    const blocked = path.join(dir, 'file')
    writeFileSync(blocked, '')
    const found = await about('database file', testConfig(path.join(blocked, 'x', 's.sqlite')))
    expect(found.map(({ status, code }) => [status, code])).toEqual([
      ['wrong', 'folder-blocked'],
      ['wrong', 'unreadable'],
    ])
    expect(found[0]?.what).toContain(`${blocked} is no folder`)
    expect(found[1]?.what).toMatch(/s\.sqlite cannot be looked at \(ENOTDIR\)$/)
  })

  it('is wrong where the one above may not be looked into', async () => {
    const stat = () => Promise.reject(Object.assign(new Error('x'), { code: 'EACCES' }))
    const writable = async () => false
    const found = await about('database file', config, { stat, writable })
    expect(found.map(({ status, code }) => [status, code])).toEqual([
      ['wrong', 'folder-read-only'],
      ['wrong', 'unreadable'],
    ])
  })
})

describe('the config file', () => {
  const file = path.join(dir, 'sealcard.config.json')
  const load = (json: unknown, mode: number) => {
    writeFileSync(file, JSON.stringify(json))
    chmodSync(file, mode)
    const env = { ...goodEnv, SEALCARD_CONFIG: file, DATABASE_URL: 'sqlite::memory:' }
    return loadConfig(env, () => Buffer.from(JSON.stringify(json)), PLATFORMS)
  }
  const clear: [string, unknown][] = [
    ['a secret', { ...goodFile, apps: [{ ...wechat, secret: 'in-clear' }, wecom] }],
    ['a token', { ...goodFile, bots: [{ ...bot, token: 'InClear' }] }],
    ['an EncodingAESKey', { ...goodFile, bots: [{ ...bot, encodingAesKey: goodEnv.BOT_AES_KEY }] }],
  ]

  it.each(clear)(
    'that holds %s in clear gets a warning when others may read it',
    async (_what, json) => {
      for (const mode of [0o644, 0o640]) {
        expect(await about('config file', load(json, mode))).toEqual([
          {
            check: 'config file',
            status: 'warning',
            code: 'config-readable',
            what: `others on this machine may read ${file}, which holds secrets in clear (mode ${mode.toString(8)})`,
            todo: `chmod 600 ${file}, or name the secrets as { "env": NAME }.`,
          },
        ])
      }
      expect(await about('config file', load(json, 0o600))).toMatchObject([
        { status: 'ok', code: 'config-private' },
      ])
    },
  )

  it('that holds none may be readable by all', async () => {
    expect(await about('config file', load(goodFile, 0o644))).toMatchObject([
      { status: 'ok', code: 'config-without-secrets' },
    ])
  })
})
