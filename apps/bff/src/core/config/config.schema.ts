import { isIP } from 'node:net'
import { z } from 'zod'
import { type AppConfig, anyOf, type PlatformForm } from './config.js'
import { PROXY_FORM, readProxyUrl } from './proxy-url.js'
import { isTimeZone } from '../time-zone.js'
import { type SchemaContext, secret } from './secret.schema.js'
import { utcTime } from './utc-time.schema.js'
import { webhooks } from './webhook.schema.js'

const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be 1 to 64 letters, digits, - or _')

const apiBase = z.string().transform((text, ctx) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const plain = url && !url.search && !url.hash && !url.username && !url.password
  if (!plain || !/^https?:$/.test(url.protocol)) {
    ctx.addIssue({ code: 'custom', message: 'must be an http(s) URL, without a query' })
    return z.NEVER
  }
  return text.replace(/\/+$/, '')
})

/** `none`, or a secret like others; in clear it is one only with a password in it. */
const appProxy = ({ env, inClear }: SchemaContext) =>
  z.preprocess(
    (given) => {
      if (typeof given === 'string' && given.includes('@')) inClear?.()
      return given
    },
    secret({ env }, /./s, PROXY_FORM).transform((value, ctx) => {
      if (value.reveal() === 'none') return 'none' as const
      const proxy = readProxyUrl(value.reveal())
      if (typeof proxy !== 'string') return proxy
      ctx.addIssue({ code: 'custom', message: proxy })
      return z.NEVER
    }),
  )

const timeZone = z
  .string()
  .refine(isTimeZone, 'must be a time zone of the IANA database, such as Asia/Shanghai')

const pagePath = z
  .string()
  .max(256)
  .regex(
    /^(?:\/[\w-][\w.-]*)+$/,
    'must be a page of the mini-program, such as /pages/open/index, without a query',
  )

const login = z.enum(['platform', 'server'], { error: 'must be "platform" or "server"' })

/** A platform without a directory gives no names. */
const nameSources = (givesNames: boolean) => {
  const known = givesNames ? (['platform', 'self', 'off'] as const) : (['self', 'off'] as const)
  return z.enum(known, { error: `must be ${anyOf(known.map((name) => `"${name}"`))}` })
}

/** An entry of `apps`. The platforms' adapters say which keys each platform has. */
const app = (
  context: SchemaContext,
  platforms: readonly PlatformForm[],
): z.ZodType<AppConfig, AppConfig> => {
  const way = {
    unofficialApiBase: z.boolean().optional(),
    proxy: appProxy(context).optional(),
    timeZone: timeZone.optional(),
    openPath: pagePath.optional(),
    cardPath: pagePath.optional(),
    homePath: pagePath.optional(),
    login: login.optional(),
    webhooks: webhooks(context).optional(),
  }
  const appSecret = secret(context, /^[\x21-\x7e]{1,512}$/, 'must be printable, without spaces')
  const forms = platforms.map(({ name, appKeys, officialApiBase, givesNames }) =>
    z.strictObject({
      id,
      platform: z.literal(name),
      ...appKeys,
      secret: appSecret,
      apiBase: apiBase.default(officialApiBase),
      ...way,
      names: nameSources(givesNames).optional(),
    }),
  )
  const names = platforms.map(({ name }) => `"${name}"`)
  return z.discriminatedUnion('platform', forms as never, { error: `must be ${anyOf(names)}` })
}

/** What an administrator copies from the bot's page in WeCom's console. */
const botKeys = (context: SchemaContext) => ({
  token: secret(context, /^[A-Za-z0-9]{1,32}$/, 'must be 1 to 32 letters and digits'),
  encodingAesKey: secret(context, /^[A-Za-z0-9]{43}$/, 'must be 43 letters and digits'),
})

const botNotices = z.strictObject({
  by: z
    .enum(['conversation', 'app-message'], { error: 'must be "conversation" or "app-message"' })
    .default('conversation'),
  firstOpening: z.boolean().default(false),
  laterReaders: z.boolean().default(false),
  refusedAttempts: z.boolean().default(false),
  accessRequests: z.boolean().default(false),
  expiringTomorrow: z.boolean().default(false),
})

const bot = (context: SchemaContext) =>
  z.strictObject({
    id,
    app: z.string(),
    aibotid: z.string().min(1).max(128).optional(),
    ...botKeys(context),
    receiveId: z.string().max(128).default(''),
    previous: z
      .strictObject({
        ...botKeys(context),
        until: utcTime().optional(),
      })
      .optional(),
    miniProgramAppid: z
      .string()
      .regex(/^wx[0-9a-f]{16}$/, 'must be wx and 16 hex digits')
      .optional(),
    notices: botNotices.prefault({}),
  })

const count = (standard: number) => z.int().min(1).max(1_000_000_000).default(standard)
const days = (standard: number) => z.int().min(1).max(365).default(standard)

const windows = z
  .strictObject({ shareDays: days(7), verifyDays: days(120) })
  .refine(({ shareDays, verifyDays }) => shareDays <= verifyDays, {
    path: ['shareDays'],
    error: 'must not exceed verifyDays',
  })

const limits = z.strictObject({
  loginsPerPersonPerMinute: count(6),
  loginsPerAddressPerMinute: count(600),
  rejectedProofsPerSession: count(10),
  rejectedProofsPerPersonPerHour: count(30),
  serverRequestsPerTokenPerMinute: count(6000),
  cardsPerPersonPerMinute: count(30),
  cardsPerPersonPerDay: count(500),
  sharesPerPersonPerMinute: count(60),
  openingsPerPersonPerMinute: count(120),
  requestsPerAddressPerSecond: count(200),
  adminGuessesPerMinute: count(30),
  requestsAtOnce: count(16),
  requestsWaiting: count(1000),
  bodyBytes: z.int().min(1024).max(16_777_216).default(65_536),
})

const platformCalls = z.strictObject({
  timeoutMs: z.int().min(50).max(3_000).default(3_000),
  breakerMs: z.int().min(50).max(60_000).default(3_000),
})

const receipts = z.strictObject({
  issuer: z
    .string()
    .regex(/^[\x21-\x7e]{1,256}$/, 'must be 1 to 256 visible ASCII characters, such as an address')
    .default('sealcard'),
  keyDays: days(30),
})

const log = z.strictObject({
  level: z.enum(['debug', 'info', 'warn', 'error'], {
    error: 'must be "debug", "info", "warn" or "error"',
  }),
})

const metrics = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65_535),
})

/** As a browser writes it: RFC 6454. A pattern would let in what nobody thought of. */
const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:\/\//.test(text) && new URL(text).origin === text,
    'must be an origin, such as https://cards.example.com, without a path',
  )

const cors = z.strictObject({ origins: z.array(origin).min(1).max(50) })

const isAddress = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (!family || more.length) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

const proxy = z.string().refine(isAddress, 'must be an IP address or a CIDR range')

/** The config file. Unknown keys are mistakes. */
export const configFile = (context: SchemaContext, platforms: readonly PlatformForm[]) =>
  z.strictObject({
    // Where editors find the JSON Schema. The service does not read it.
    $schema: z.string().optional(),
    apps: z.array(app(context, platforms)).min(1, 'must name at least one app'),
    bots: z.array(bot(context)).default([]),
    windows: windows.prefault({}),
    limits: limits.prefault({}),
    platformCalls: platformCalls.prefault({}),
    receipts: receipts.prefault({}),
    log: log.optional(),
    metrics: metrics.optional(),
    cors: cors.optional(),
    trustedProxies: z.array(proxy).optional(),
  })

/** JSON Schema (draft 7) of the config file, for editors: names, forms and defaults of the keys. */
export const configFileSchema = (platforms: readonly PlatformForm[]): object =>
  z.toJSONSchema(configFile({ env: {} }, platforms), {
    target: 'draft-7',
    io: 'input',
    // Some rules are code. The loader checks them.
    unrepresentable: 'any',
  })

export type ConfigFile = z.infer<ReturnType<typeof configFile>>
