import type { Config } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'

export const WECHAT = 'acme-wechat'
export const WECHAT_B = 'beta-wechat'
export const WECOM = 'acme-wecom'
export const WECOM_B = 'beta-wecom'

/** Keeps nothing over a restart, and costs no disk. */
export const IN_MEMORY: Pick<Config, 'database'> = {
  database: { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' },
}

/** A configuration for tests: two apps of each platform, and limits that do not get in the way. */
export const testConfig = (file: string, change: Partial<Config> = {}): Config => ({
  mode: 'development',
  server: { host: '127.0.0.1', port: 0 },
  database: { kind: 'sqlite', file, engine: 'sqlite3' },
  apps: [
    {
      id: WECHAT,
      platform: 'wechat',
      appid: 'wx01',
      secret: new Secret('s1'),
      apiBase: 'http://127.0.0.1:9',
    },
    {
      id: WECHAT_B,
      platform: 'wechat',
      appid: 'wx02',
      secret: new Secret('s2'),
      apiBase: 'http://127.0.0.1:9',
    },
    {
      id: WECOM,
      platform: 'wecom',
      corpid: 'ww01',
      agentid: 1,
      secret: new Secret('s3'),
      apiBase: 'http://127.0.0.1:9',
    },
    {
      id: WECOM_B,
      platform: 'wecom',
      corpid: 'ww02',
      agentid: 1,
      secret: new Secret('s4'),
      apiBase: 'http://127.0.0.1:9',
    },
  ],
  bots: [],
  windows: { shareDays: 7, verifyDays: 120 },
  limits: ROOMY,
  platformCalls: { timeoutMs: 3_000, breakerMs: 3_000 },
  trustedProxies: [],
  keyring: { keys: [{ id: 'k1', secret: new Secret(Buffer.alloc(32, 7).toString('base64')) }] },
  ...change,
})

export const ROOMY: Config['limits'] = {
  loginsPerPersonPerMinute: 1000,
  loginsPerAddressPerMinute: 100_000,
  rejectedProofsPerSession: 1000,
  rejectedProofsPerPersonPerHour: 1000,
  cardsPerPersonPerMinute: 100_000,
  cardsPerPersonPerDay: 100_000,
  sharesPerPersonPerMinute: 100_000,
  openingsPerPersonPerMinute: 100_000,
  requestsPerAddressPerSecond: 100_000,
  adminGuessesPerMinute: 100_000,
  requestsAtOnce: 16,
  requestsWaiting: 1000,
  bodyBytes: 65_536,
}

/** As documented. */
export const DEFAULTS: Config['limits'] = {
  loginsPerPersonPerMinute: 6,
  loginsPerAddressPerMinute: 600,
  rejectedProofsPerSession: 10,
  rejectedProofsPerPersonPerHour: 30,
  cardsPerPersonPerMinute: 30,
  cardsPerPersonPerDay: 500,
  sharesPerPersonPerMinute: 60,
  openingsPerPersonPerMinute: 120,
  requestsPerAddressPerSecond: 200,
  adminGuessesPerMinute: 30,
  requestsAtOnce: 16,
  requestsWaiting: 1000,
  bodyBytes: 65_536,
}
