import { type Config, ConfigError } from '../../src/core/config/config.js'
import { loadConfig } from '../../src/core/config/load-config.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'

export type Json = Record<string, unknown>
export type Env = Record<string, string | undefined>

/** Base64 of 32 bytes. */
export const key = Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')
/** Base64 of another 32 bytes. */
export const otherKey = Buffer.from('vutsrqponmlkjihgfedcba9876543210').toString('base64')
export const goodEnv = {
  SEALCARD_CONFIG: './sealcard.config.json',
  SEALCARD_KEYRING: `k1:${key}`,
  WECHAT_SECRET: 'wechat-secret',
  WECOM_SECRET: 'wecom-secret',
  BOT_TOKEN: 'Token1',
  BOT_AES_KEY: 'Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v',
}
export const wechat = {
  id: 'acme-wechat',
  platform: 'wechat',
  appid: 'wx0000000000000001',
  secret: { env: 'WECHAT_SECRET' },
  apiBase: 'https://api.weixin.qq.com',
}
export const wecom = {
  id: 'acme-wecom',
  platform: 'wecom',
  corpid: 'ww0000000000000001',
  agentid: 1000002,
  secret: { env: 'WECOM_SECRET' },
  apiBase: 'https://qyapi.weixin.qq.com',
}
export const bot = {
  id: 'desk',
  app: 'acme-wecom',
  token: { env: 'BOT_TOKEN' },
  encodingAesKey: { env: 'BOT_AES_KEY' },
  receiveId: '',
}
export const goodFile = { apps: [wechat, wecom], bots: [bot] }

/** Loads a config file's JSON (or text, or bytes) in a good environment with changes. */
export const load = (file: unknown = goodFile, env: Env = {}): Config =>
  loadConfig(
    { ...goodEnv, ...env },
    () => {
      if (file instanceof Uint8Array) return file
      return Buffer.from(typeof file === 'string' ? file : JSON.stringify(file))
    },
    PLATFORMS,
  )

/** The mistakes found; none when it loads. */
export const mistakes = (file: unknown = goodFile, env: Env = {}): string[] => {
  try {
    load(file, env)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as ConfigError).mistakes
  }
  return []
}

export const withApp = (change: Json): Json => ({
  ...goodFile,
  apps: [{ ...wechat, ...change }, wecom],
})
export const withWecom = (change: Json): Json => ({
  ...goodFile,
  apps: [wechat, { ...wecom, ...change }],
})
export const withBot = (change: Json): Json => ({ ...goodFile, bots: [{ ...bot, ...change }] })
export const without = (from: Json, name: string): Json => {
  const { [name]: _, ...rest } = from
  return rest
}
