import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../../../scripts/lib/ports.mjs'
import { service } from '../../../../scripts/lib/service.mjs'
import { BOT } from './world.mjs'

export const ADMIN_TOKEN = 'an-administrators-token-of-the-bench-001'
const SEED = path.resolve(import.meta.dirname, '../seed.mjs')
const many = 1_000_000
/** As docs/capacity.md advises for a busy process; the servers beside it have it, too. */
export const NODE = ['--max-semi-space-size=64']

/** The keyring of the bench's own databases; a database that is given comes with its own. */
const OWN_KEYRING = `k1:${createHash('sha256').update('bench').digest('base64')}`
export const keyring = () => process.env.SEALCARD_KEYRING ?? OWN_KEYRING

/** The database that SEEDED names, or a small one of the bench's own. */
export const seededDatabase = ({ cards, openings }) => {
  if (process.env.SEEDED) return { url: process.env.SEEDED, remove: () => {} }
  const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-bench-'))
  const url = `sqlite:${path.join(dir, 'seeded.sqlite')}`
  const args = ['--database', url, '--cards', String(cards), '--openings', String(openings)]
  execFileSync(process.execPath, [SEED, ...args], {
    stdio: ['ignore', 'inherit', 'ignore'],
    env: { ...process.env, SEALCARD_KEYRING: keyring() },
  })
  return { url, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/**
 * The built service on a database, in a process of its own. @param apiBase of a platform; the apps are the seeder's
 * @param [main] another build of it
 */
export const startService = async (
  databaseUrl,
  apiBase = 'http://127.0.0.1:9',
  main = 'apps/bff/dist/main.js',
) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-bench-'))
  const port = await freePort(0)
  const config = path.join(dir, 'config.json')
  const wechat = (id, n) => ({
    id,
    platform: 'wechat',
    appid: `wx000000000000000${n}`,
    secret: 'bench',
    apiBase,
  })
  const wecom = (id, n) => ({
    id,
    platform: 'wecom',
    corpid: `ww000000000000000${n}`,
    agentid: n,
    secret: 'bench',
    apiBase,
  })
  writeFileSync(
    config,
    JSON.stringify({
      apps: [
        wechat('acme-wechat', 1),
        wecom('acme-wecom', 1),
        wechat('beta-wechat', 2),
        wecom('beta-wecom', 2),
      ],
      bots: [{ id: 'desk', app: 'acme-wecom', ...BOT }],
      limits: {
        loginsPerPersonPerMinute: many,
        loginsPerAddressPerMinute: many,
        cardsPerPersonPerMinute: many,
        cardsPerPersonPerDay: many,
        sharesPerPersonPerMinute: many,
        openingsPerPersonPerMinute: many,
        adminGuessesPerMinute: many,
        requestsPerAddressPerSecond: many,
      },
    }),
  )
  const bff = service('the BFF', [...NODE, main], {
    HOST: '127.0.0.1',
    PORT: String(port),
    NODE_ENV: 'development',
    SEALCARD_CONFIG: config,
    DATABASE_URL: databaseUrl,
    SEALCARD_KEYRING: keyring(),
    SEALCARD_ADMIN_TOKEN: ADMIN_TOKEN,
  })
  try {
    await bff.ready
  } catch (error) {
    rmSync(dir, { recursive: true, force: true })
    throw error
  }
  return {
    port,
    pid: bff.pid,
    kill: () => bff.kill(),
    async stop() {
      await bff.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
