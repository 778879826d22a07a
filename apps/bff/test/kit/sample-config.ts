import type { Config } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import type { WechatAppConfig } from '../../src/platforms/wechat/wechat-app.js'
import type { WecomAppConfig } from '../../src/platforms/wecom/wecom-app.js'

/** A WeChat app registered at `apiBase`. */
export const wechatApp = (apiBase = 'http://127.0.0.1:1'): WechatAppConfig => ({
  id: 'acme-wechat',
  platform: 'wechat',
  appid: 'wx0000000000000001',
  secret: new Secret('wechat-secret-for-tests'),
  apiBase,
})

/** A WeCom app registered at `apiBase`. */
export const wecomApp = (apiBase = 'http://127.0.0.1:1'): WecomAppConfig => ({
  id: 'acme-wecom',
  platform: 'wecom',
  corpid: 'ww0000000000000001',
  agentid: 1000002,
  secret: new Secret('wecom-secret-for-tests'),
  apiBase,
})

/** A whole configuration on an in-memory database; a test overrides what it is about. */
export const sampleConfig = (overrides: Partial<Config> = {}): Config => ({
  mode: 'development',
  server: { host: '127.0.0.1', port: 0 },
  database: { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' },
  apps: [wechatApp(), wecomApp()],
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
  platformCalls: { timeoutMs: 3_000, breakerMs: 3_000 },
  receipts: { issuer: 'sealcard', keyDays: 30 },
  trustedProxies: [],
  page: '',
  console: '',
  help: '',
  keyring: { keys: [{ id: 'k1', secret: new Secret(Buffer.alloc(32, 7).toString('base64')) }] },
  ...overrides,
})
