import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What the compiled mini-program calls: names of the demo, see apps/mini. */
export const DEMO = {
  bffUrl: 'https://bff.sealcard.example',
  /** The back-end of examples/order-server. */
  shopUrl: 'https://shop.example',
  wechat: { id: 'demo-wechat', appid: 'wx0000000000000001' },
  wecom: { id: 'demo-wecom', corpid: 'ww0000000000000001', agentid: 1000002 },
  bot: { id: 'desk', name: '封笺助手 Sealcard' },
}

/** @typedef {{ wechat: string, wecom: string, openPath?: string, orders?: boolean }} Demo secrets, and the example's */

/** The desk's time: the simulator writes it, and the service in development lives by it. @param {string} dir */
export const clockFileOf = (dir) => path.join(dir, 'clock.json')

/**
 * The folder that a local Sealcard keeps its data and its own random secrets in; made at the first start.
 * @param {string} dir @param {string} simulatorUrl @param {Demo} platformSecrets
 * @returns {Record<string, string>} the BFF's environment
 */
export const demoEnvironment = (dir, simulatorUrl, platformSecrets) => {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const secrets = keep(path.join(dir, 'secrets.json'), () => ({
    keyring: `k1:${randomBytes(32).toString('base64')}`,
    adminToken: randomBytes(32).toString('base64url'),
    botToken: randomBytes(16).toString('hex'),
    botAesKey: aesKey(),
  }))
  const config = path.join(dir, 'sealcard.config.json')
  writeFileSync(config, JSON.stringify(bffConfig(simulatorUrl, platformSecrets), null, 2))
  return {
    SEALCARD_CONFIG: config,
    SEALCARD_CLOCK_FILE: clockFileOf(dir),
    DATABASE_URL: `sqlite:${path.join(dir, 'sealcard.sqlite')}`,
    SEALCARD_KEYRING: secrets.keyring,
    SEALCARD_ADMIN_TOKEN: secrets.adminToken,
    WECHAT_SECRET: platformSecrets.wechat,
    WECOM_SECRET: platformSecrets.wecom,
    BOT_TOKEN: secrets.botToken,
    BOT_AES_KEY: secrets.botAesKey,
  }
}

/**
 * Tells the local WeCom of the service's bot, as an administrator enters it in the console: its address may be another one
 * than at the last start. @param {string} simulatorUrl @param {string} bffUrl @param {Record<string, string>} env
 */
export const registerBot = async (simulatorUrl, bffUrl, env) => {
  const { id, name } = DEMO.bot
  const url = `${bffUrl}/v1/bots/${id}/callback`
  const { BOT_TOKEN: token, BOT_AES_KEY: encodingAesKey } = env
  const body = JSON.stringify({ url, token, encodingAesKey, name })
  const answer = await fetch(`${simulatorUrl}/simulator/bots/${id}`, { method: 'PUT', body })
  if (!answer.ok) throw new Error(`the simulator did not take the bot: ${await answer.text()}`)
}

/**
 * Tells the local WeCom of the app's web page: its home, and by that the trusted domain. The page is at the demo's own
 * host; the phones reach it because the simulator leads that host to the service. @param {string} simulatorUrl
 */
export const registerPage = async (simulatorUrl) => {
  const body = JSON.stringify({ agentid: DEMO.wecom.agentid, home: `${DEMO.bffUrl}/h5/` })
  const answer = await fetch(`${simulatorUrl}/simulator/web`, { method: 'PUT', body })
  if (!answer.ok) throw new Error(`the simulator did not take the web page: ${await answer.text()}`)
}

/** 32 random bytes in base64 that happens to be letters and digits only, as WeCom's are. */
const aesKey = () => {
  for (;;) {
    const key = randomBytes(32).toString('base64').slice(0, 43)
    if (/^[A-Za-z0-9]+$/.test(key)) return key
  }
}

/**
 * What the shop of examples/order-server needs. Its token for the service is made anew at each start. It lasts longer than
 * the desk's clock is moved.
 * @param {{ simulatorUrl: string, bffUrl: string, shopUrl: string, env: Record<string, string> }} running
 * @returns {Promise<Record<string, string>>}
 */
export const shopEnvironment = async ({ simulatorUrl, bffUrl, shopUrl, env }) => {
  const clock = await fetch(`${simulatorUrl}/simulator/clock`)
  const expiresAt = new Date((await clock.json()).now + 360 * 86_400_000).toISOString()
  const answer = await fetch(`${bffUrl}/v1/admin/tokens`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${env.SEALCARD_ADMIN_TOKEN}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: 'shop', role: 'server', app: DEMO.wechat.id, expiresAt }),
  })
  if (!answer.ok) throw new Error(`the service made no token: ${await answer.text()}`)
  const { token } = await answer.json()
  return {
    PORT: new URL(shopUrl).port,
    WECHAT_API_BASE: `${simulatorUrl}/api.weixin.qq.com`,
    WECHAT_APPID: DEMO.wechat.appid,
    WECHAT_SECRET: env.WECHAT_SECRET,
    SEALCARD_URL: bffUrl,
    SEALCARD_APP: DEMO.wechat.id,
    SEALCARD_TOKEN: token,
  }
}

const bffConfig = (simulatorUrl, { orders, openPath }) => ({
  apps: [
    {
      id: DEMO.wechat.id,
      platform: 'wechat',
      appid: DEMO.wechat.appid,
      secret: { env: 'WECHAT_SECRET' },
      apiBase: `${simulatorUrl}/api.weixin.qq.com`,
      ...(openPath && { openPath }),
      ...(orders && { login: 'server' }),
      // The templates of the simulator's mini-program: `wechat.templates` of its settings.
      templates: {
        opened: {
          id: 'FAKEtemplateOpened0000000000000000000000001',
          fields: { thing1: 'title', thing2: 'who', time3: 'time' },
        },
        requested: {
          id: 'FAKEtemplateRequested0000000000000000000002',
          fields: { thing1: 'title', thing2: 'who', thing3: 'note' },
        },
        expiring: {
          id: 'FAKEtemplateExpiring00000000000000000000003',
          fields: { thing1: 'title', time2: 'time' },
        },
      },
    },
    {
      id: DEMO.wecom.id,
      platform: 'wecom',
      corpid: DEMO.wecom.corpid,
      agentid: DEMO.wecom.agentid,
      secret: { env: 'WECOM_SECRET' },
      ...(openPath && { openPath }),
      apiBase: `${simulatorUrl}/qyapi.weixin.qq.com`,
      // The simulator's own derivation. For the real platform, `sealcard doctor h5` finds it out.
      h5: { origin: DEMO.bffUrl, keyDerivation: 'url16' },
    },
  ],
  bots: [
    {
      id: DEMO.bot.id,
      app: DEMO.wecom.id,
      token: { env: 'BOT_TOKEN' },
      encodingAesKey: { env: 'BOT_AES_KEY' },
      miniProgramAppid: DEMO.wechat.appid,
      notices: {
        by: 'app-message',
        firstOpening: true,
        laterReaders: true,
        accessRequests: true,
        refusedAttempts: true,
        expiringTomorrow: true,
      },
    },
  ],
})

/** What was kept stays; what an older Sealcard did not have yet is added. */
const keep = (file, make) => {
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const whole = { ...make(), ...kept }
  if (Object.keys(whole).length > Object.keys(kept).length)
    writeFileSync(file, JSON.stringify(whole, null, 2), { mode: 0o600 })
  return whole
}
