import { type TicketKeyDerivation, ticketKeyDerivations } from '@sealcard/crypto'
import { z } from 'zod'
import type { AppConfig, PlatformSetup } from '../../core/config/config.js'
import type { WebSettings } from '../registry/web-platform.js'

/** An app of a corp's own, with the mini-program that is linked to it. */
export interface WecomAppConfig extends AppConfig {
  corpid: string
  agentid: number
  /** Absent: the app has no web page. */
  h5?: WecomH5Config | undefined
}

export interface WecomH5Config extends WebSettings {
  /** How the key of proofs is made from the app's ticket. `unverified`: the doctor did not find it out yet. */
  readonly keyDerivation: 'unverified' | TicketKeyDerivation
  /** Where the platform's pages are. Others than these are for a private WeCom, and for trying out. */
  readonly authorizeBase: string
  readonly webLoginBase: string
}

export const OFFICIAL_API_BASE = 'https://qyapi.weixin.qq.com'
export const OFFICIAL_PAGES = {
  authorizeBase: 'https://open.weixin.qq.com',
  webLoginBase: 'https://login.work.weixin.qq.com',
} as const

const isOrigin = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text

const origin = z
  .string({ error: 'must be the address of your host, such as https://cards.example.com' })
  .refine(isOrigin, {
    error:
      'must be scheme and host as a browser writes them, without a path, a / at the end or a default port, such as https://cards.example.com',
  })

const pageBase = (official: string) =>
  z
    .string()
    .refine(
      (text) => /^https?:\/\/[^\s?#@]+$/.test(text) && URL.canParse(text) && !text.endsWith('/'),
      { error: 'must be an http(s) URL, without a query or a / at the end' },
    )
    .default(official)

const DERIVATIONS = ['unverified', ...ticketKeyDerivations] as const

/** Also what a browser shows of the file: WeCom's files are a line of letters and digits. */
const verifyFile = z.strictObject({
  name: z
    .string({ error: 'must be the name of the downloaded file' })
    .regex(
      /^WW_verify_[A-Za-z0-9]{1,64}\.txt$/,
      'must be the name of the downloaded file, such as WW_verify_AbCd1234.txt, without a folder',
    ),
  content: z
    .string({ error: 'must be what the downloaded file holds' })
    .regex(
      /^[\x21-\x7e]{1,256}(\r?\n)?$/,
      'must be what the downloaded file holds: one line of text',
    ),
})

const h5 = z.strictObject({
  origin,
  keyDerivation: z
    .enum(DERIVATIONS, { error: `must be one of ${DERIVATIONS.join(', ')}` })
    .default('unverified'),
  verifyFile: verifyFile.optional(),
  authorizeBase: pageBase(OFFICIAL_PAGES.authorizeBase),
  webLoginBase: pageBase(OFFICIAL_PAGES.webLoginBase),
})

/** The keys of `apps[]` that only WeCom's apps have. */
export const wecomAppKeys = {
  corpid: z
    .string()
    .regex(/^w[a-z][0-9A-Za-z_-]{16,62}$/, 'must be a corpid, such as ww and 16 hex digits'),
  agentid: z.int().positive(),
  h5: h5.optional(),
}

export const wecomSetup: PlatformSetup = {
  secret: { variable: 'WECOM_SECRET', where: 'work.weixin.qq.com: 应用管理 → 应用 → Secret' },
  keys: {
    corpid: 'work.weixin.qq.com: 我的企业 → 企业ID',
    agentid: 'work.weixin.qq.com: 应用管理 → 应用 → AgentId',
  },
  simulated: {
    id: 'demo-wecom',
    keys: { corpid: 'ww0000000000000001', agentid: 1000002 },
    secret: 'fake-wecom-secret-00000000000000000000000001',
    path: '/qyapi.weixin.qq.com',
  },
}
