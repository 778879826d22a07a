import { readFileSync } from 'node:fs'
import path from 'node:path'
import { inspect } from 'node:util'
import {
  key,
  otherKey,
  goodEnv,
  wechat,
  wecom,
  goodFile,
  load,
  withApp,
  without,
} from '../../kit/config-file.js'

describe('loadConfig', () => {
  it('fills in the documented defaults', () => {
    const config = load({ apps: [without(wechat, 'apiBase')] })
    expect(config).toMatchObject({
      mode: 'development',
      server: { host: '127.0.0.1', port: 3000 },
      database: { kind: 'sqlite', file: './data/sealcard.sqlite', engine: 'sqlite3' },
      apps: [{ id: 'acme-wechat', apiBase: 'https://api.weixin.qq.com' }],
      bots: [],
      windows: { shareDays: 7, verifyDays: 120 },
      limits: {
        loginsPerPersonPerMinute: 6,
        loginsPerAddressPerMinute: 600,
        rejectedProofsPerSession: 10,
        rejectedProofsPerPersonPerHour: 30,
        serverRequestsPerTokenPerMinute: 6000,
        cardsPerPersonPerMinute: 30,
        cardsPerPersonPerDay: 500,
        sharesPerPersonPerMinute: 60,
        openingsPerPersonPerMinute: 120,
        requestsPerAddressPerSecond: 200,
        adminGuessesPerMinute: 30,
        requestsAtOnce: 16,
        requestsWaiting: 1000,
        bodyBytes: 65_536,
      },
    })
    expect(config.apps[0]).not.toHaveProperty('names')
    expect(config.adminToken).toBeUndefined()
    expect(config).not.toHaveProperty('trustedProxies')
  })

  it.each(
    ['zh', 'en'].flatMap((language) =>
      ['run/deploy', 'platforms/wechat', 'platforms/wecom'].map((name) => `${language}/${name}`),
    ),
  )(
    'takes the file of the page %s in production, which names the proxy of this machine',
    (name) => {
      const page = path.join(__dirname, `../../../../docs/pages/${name}.md`)
      const [, file] = /^```json\n(.*?)^```$/ms.exec(readFileSync(page, 'utf8')) ?? []
      const secret = 'f00dcafe'.repeat(4)
      const env = { NODE_ENV: 'production', WECHAT_SECRET: secret, WECOM_SECRET: secret }
      expect(load(JSON.parse(file!), env).trustedProxies).toEqual(['127.0.0.1'])
    },
  )

  it('takes a secret from the environment or as it stands', () => {
    const { apps, bots } = load({ ...goodFile, apps: [{ ...wechat, secret: 'plain' }, wecom] })
    expect(apps.map(({ secret }) => secret.reveal())).toEqual(['plain', 'wecom-secret'])
    expect(bots[0]?.encodingAesKey.reveal()).toBe(goodEnv.BOT_AES_KEY)
  })

  it('shows no secret when the configuration is printed', () => {
    const config = load(goodFile, {
      SEALCARD_ADMIN_TOKEN: 'admin-token-of-32-characters-----',
      DATABASE_URL: 'postgres://sealcard:password-of-db@127.0.0.1/sealcard',
    })
    for (const print of [
      JSON.stringify(config),
      inspect(config, { depth: 9 }),
      `${config.adminToken}`,
    ]) {
      expect(print).not.toMatch(/wechat-secret|admin-token|password-of-db|Zq3t6w9z/)
      expect(print).not.toContain(key)
    }
  })

  it('keeps a path prefix of apiBase, without its trailing slash', () => {
    const { apps } = load(withApp({ apiBase: 'http://127.0.0.1:3100/api.weixin.qq.com/' }))
    expect(apps[0]?.apiBase).toBe('http://127.0.0.1:3100/api.weixin.qq.com')
  })

  it('reads several sealing keys, the first being primary', () => {
    const { keyring } = load(goodFile, { SEALCARD_KEYRING: `k2:${otherKey},k1:${key}` })
    expect(keyring.keys.map(({ id }) => id)).toEqual(['k2', 'k1'])
  })

  it.each([
    ['sqlite:./data/x.sqlite', { kind: 'sqlite', file: './data/x.sqlite', engine: 'sqlite3' }],
    ['sqlite:/var/x.sqlite', { kind: 'sqlite', file: '/var/x.sqlite', engine: 'sqlite3' }],
    ['sqlite:///var/x.sqlite', { kind: 'sqlite', file: '/var/x.sqlite', engine: 'sqlite3' }],
    ['sqlite::memory:', { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' }],
    ['sqlite:./x?engine=better-sqlite3', { kind: 'sqlite', file: './x', engine: 'better-sqlite3' }],
    ['sqlite:./x?checkpoint_pages=2000', { kind: 'sqlite', file: './x', checkpointPages: 2000 }],
    ['postgres://a@h/db', { kind: 'postgres' }],
  ])('understands DATABASE_URL %s', (url, database) => {
    expect(load(goodFile, { DATABASE_URL: url }).database).toMatchObject(database)
  })
})
