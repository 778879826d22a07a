import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What the compiled mini-program calls: names of the demo, see apps/mini. */
export const DEMO = {
  bffUrl: 'https://bff.sealcard.example',
  wechat: { id: 'demo-wechat', appid: 'wx0000000000000001' },
  wecom: { id: 'demo-wecom', corpid: 'ww0000000000000001', agentid: 1000002 },
}

/**
 * The folder that a local Sealcard keeps its data and its own random secrets in; made at the first start.
 * @param {string} dir @param {string} simulatorUrl @param {{ wechat: string, wecom: string }} platformSecrets
 * @returns {Record<string, string>} the BFF's environment
 */
export function demoEnvironment(dir, simulatorUrl, platformSecrets) {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const secrets = keep(path.join(dir, 'secrets.json'), () => ({
    keyring: `k1:${randomBytes(32).toString('base64')}`,
    adminToken: randomBytes(32).toString('base64url'),
  }))
  const config = path.join(dir, 'sealcard.config.json')
  writeFileSync(config, JSON.stringify(bffConfig(simulatorUrl), null, 2))
  return {
    SEALCARD_CONFIG: config,
    DATABASE_URL: `sqlite:${path.join(dir, 'sealcard.sqlite')}`,
    SEALCARD_KEYRING: secrets.keyring,
    SEALCARD_ADMIN_TOKEN: secrets.adminToken,
    WECHAT_SECRET: platformSecrets.wechat,
    WECOM_SECRET: platformSecrets.wecom,
  }
}

const bffConfig = (simulatorUrl) => ({
  apps: [
    {
      id: DEMO.wechat.id,
      platform: 'wechat',
      appid: DEMO.wechat.appid,
      secret: { env: 'WECHAT_SECRET' },
      apiBase: `${simulatorUrl}/api.weixin.qq.com`,
    },
    {
      id: DEMO.wecom.id,
      platform: 'wecom',
      corpid: DEMO.wecom.corpid,
      agentid: DEMO.wecom.agentid,
      secret: { env: 'WECOM_SECRET' },
      apiBase: `${simulatorUrl}/qyapi.weixin.qq.com`,
    },
  ],
})

function keep(file, make) {
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(make(), null, 2), { mode: 0o600 })
  return JSON.parse(readFileSync(file, 'utf8'))
}
