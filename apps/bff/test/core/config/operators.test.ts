import { loadConfig } from '../../../src/core/config/load-config.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { type Env, goodEnv, goodFile, key, load, mistakes, withApp } from '../../kit/config-file.js'

/** Loads a good config file beside other files, of which some can't be read. */
const among = (files: Record<string, string>, env: Env, file: object = goodFile) =>
  loadConfig(
    { ...goodEnv, ...env },
    (name) => {
      const text = name === goodEnv.SEALCARD_CONFIG ? JSON.stringify(file) : files[name]
      if (text === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' })
      return Buffer.from(text)
    },
    PLATFORMS,
  )

describe('secrets in files', () => {
  it('stand for the variable of their name, without the line end that editors leave', () => {
    const files = {
      '/run/keyring': `k7:${key}\n`,
      '/run/token': `${'t'.repeat(40)}\r\n`,
      '/run/url': 'postgres://u:p@h/d\n',
    }
    const config = among(files, {
      SEALCARD_KEYRING: '',
      SEALCARD_KEYRING_FILE: '/run/keyring',
      SEALCARD_ADMIN_TOKEN_FILE: '/run/token',
      DATABASE_URL_FILE: '/run/url',
    })
    expect(config.keyring.keys[0].id).toBe('k7')
    expect(config.adminToken?.reveal()).toBe('t'.repeat(40))
    expect(config.database.kind).toBe('postgres')
  })

  it('may be those of the config file, which then holds none in clear', () => {
    const config = among({ '/run/s': 'S3CRET\n' }, {}, withApp({ secret: { file: '/run/s' } }))
    expect(config.apps[0]?.secret.reveal()).toBe('S3CRET')
    expect(config.file?.secretsInClear).toBe(false)
  })

  it.each<[string, Env, object]>([
    [
      "SEALCARD_KEYRING_FILE: can't read /none (ENOENT)",
      { SEALCARD_KEYRING_FILE: '/none', SEALCARD_KEYRING: `k1:${key}` },
      goodFile,
    ],
    [
      'SEALCARD_KEYRING_FILE: SEALCARD_KEYRING is set, too: remove one of them',
      { SEALCARD_KEYRING_FILE: '/run/s' },
      goodFile,
    ],
    [
      "apps[0].secret: file /none can't be read (ENOENT)",
      {},
      withApp({ secret: { file: '/none' } }),
    ],
    [
      'apps[0].secret: file /run/s must be printable, without spaces: it has 12 characters: a blank in it',
      {},
      withApp({ secret: { file: '/run/s' } }),
    ],
  ])('%s', (mistake, env, file) => {
    const load = () => among({ '/run/s': 'two S3CRETs\u00e9' }, env, file)
    expect(load).toThrow(mistake)
    expect(load).not.toThrow(/S3CRET/)
  })
})

describe('settings of operators', () => {
  it('are absent unless the file has them', () => {
    for (const name of ['log', 'metrics', 'cors']) expect(load()).not.toHaveProperty(name)
  })

  it('are taken as they stand there', () => {
    const cors = { origins: ['https://a.example', 'http://localhost:5173'] }
    const file = { ...goodFile, log: { level: 'warn' }, metrics: { port: 9464 }, cors }
    const metrics = { host: '127.0.0.1', port: 9464 }
    expect(load(file)).toMatchObject({ log: { level: 'warn' }, metrics, cors })
  })

  it.each<[string, object]>([
    ['log.level: must be "debug", "info", "warn" or "error"', { log: { level: 'all' } }],
    ['metrics.port', { metrics: { port: 70_000 } }],
    ['cors.origins[0]: must be an origin', { cors: { origins: ['*'] } }],
    ['cors.origins[0]: must be an origin', { cors: { origins: ['https://a.example/'] } }],
    [
      'cors.origins[0]: must be an origin',
      { cors: { origins: ['https://*.example'.replace('*', '*/')] } },
    ],
    ['cors.origins[0]: must be an origin', { cors: { origins: ['null'] } }],
    ['cors.origins', { cors: { origins: [] } }],
  ])('%s', (mistake, change) => {
    expect(mistakes({ ...goodFile, ...change })).toEqual([expect.stringContaining(mistake)])
  })

  it('of the pool stand in the URL of PostgreSQL', () => {
    expect(mistakes(goodFile, { DATABASE_URL: 'postgres://h/d?pool_size=20' })).toEqual([])
    expect(mistakes(goodFile, { DATABASE_URL: 'postgres://h/d?pool_size=0' })).toEqual([
      'DATABASE_URL: pool_size must be a number from 1 to 999',
    ])
  })

  it('a missing keyring comes with the command that makes one', () => {
    expect(mistakes(goodFile, { SEALCARD_KEYRING: '' })).toEqual([
      expect.stringMatching(/^SEALCARD_KEYRING: not set[^]*openssl rand -base64 32/),
    ])
  })
})
