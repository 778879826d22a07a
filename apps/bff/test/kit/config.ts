import path from 'node:path'
import type { Config } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import type { WechatAppConfig } from '../../src/platforms/wechat/wechat-app.js'
import type { WecomAppConfig } from '../../src/platforms/wecom/wecom-app.js'

export const WECHAT = 'acme-wechat'
export const WECHAT_B = 'beta-wechat'
export const WECOM = 'acme-wecom'
export const WECOM_B = 'beta-wecom'

/** A page as it is built, as small as it can be. */
export const PAGE_FIXTURE = path.join(import.meta.dirname, 'web-page')
export const CONSOLE_FIXTURE = path.join(import.meta.dirname, 'console')
export const HELP_FIXTURE = path.join(import.meta.dirname, 'help')

const apiBase = 'http://127.0.0.1:9'
const wechatApp = (id: string, appid: string, secret: string): WechatAppConfig => ({
  id,
  platform: 'wechat',
  appid,
  secret: new Secret(secret),
  apiBase,
})
const wecomApp = (id: string, corpid: string, secret: string): WecomAppConfig => ({
  id,
  platform: 'wecom',
  corpid,
  agentid: 1,
  secret: new Secret(secret),
  apiBase,
})

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
    wechatApp(WECHAT, 'wx01', 's1'),
    wechatApp(WECHAT_B, 'wx02', 's2'),
    wecomApp(WECOM, 'ww01', 's3'),
    wecomApp(WECOM_B, 'ww02', 's4'),
  ],
  bots: [],
  windows: { shareDays: 7, verifyDays: 120 },
  limits: ROOMY,
  platformCalls: { timeoutMs: 3_000, breakerMs: 3_000 },
  receipts: { issuer: 'sealcard', keyDays: 30 },
  trustedProxies: [],
  page: PAGE_FIXTURE,
  console: CONSOLE_FIXTURE,
  help: HELP_FIXTURE,
  keyring: { keys: [{ id: 'k1', secret: new Secret(Buffer.alloc(32, 7).toString('base64')) }] },
  ...change,
})

export const ROOMY: Config['limits'] = {
  loginsPerPersonPerMinute: 1000,
  loginsPerAddressPerMinute: 100_000,
  rejectedProofsPerSession: 1000,
  rejectedProofsPerPersonPerHour: 1000,
  serverRequestsPerTokenPerMinute: 100_000,
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
}
