import { z } from 'zod'
import { utc } from '../text.js'

/** Words for people, in Chinese and in English. */
const BothLanguages = z.object({ zh: z.string(), en: z.string() })

/** A registered app; never its secret. */
export const AdminApp = z.discriminatedUnion('platform', [
  z.object({ id: z.string(), platform: z.literal('wechat'), appid: z.string() }),
  z.object({
    id: z.string(),
    platform: z.literal('wecom'),
    corpid: z.string(),
    agentid: z.int(),
    /** Absent: the app has no web page. */
    h5: z.object({ origin: z.string(), keyDerivation: z.string() }).optional(),
  }),
])
export type AdminApp = z.infer<typeof AdminApp>

/** `GET /v1/admin/apps` */
export const AdminApps = z.object({ items: z.array(AdminApp) })
export type AdminApps = z.infer<typeof AdminApps>

/** How old a ticket of a web page is; null where there is none at the moment. */
const TicketAge = z.object({ ageSeconds: z.int(), fetchedAt: utc, expiresAt: utc }).nullable()

/** How one app's platform does. */
export const AppHealth = z.object({
  app: z.string(),
  /** Of the shared access token; null where the app has none at the moment. */
  token: z
    .object({
      /** `memory`: this process holds it. `database`: it is there, and this process has not needed it yet. */
      source: z.enum(['memory', 'database']),
      ageSeconds: z.int(),
      fetchedAt: utc,
      expiresAt: utc,
    })
    .nullable(),
  /** Of the app's web page, as the database has them: the app's own, and its corp's. Absent: the app has no web page. */
  tickets: z.object({ agent: TicketAge, corp: TicketAge }).optional(),
  /** As this process sees the platform. */
  breaker: z.enum(['closed', 'open', 'half-open']),
  lastSuccessAt: utc.nullable(),
  lastError: z
    .object({
      at: utc,
      operation: z.string(),
      code: z.string(),
      /** What the code means, and what to do; null for a number that only the platform's documentation explains. */
      advice: z
        .object({
          /** Stable: `ip-not-allowed`. */
          code: z.string(),
          what: BothLanguages,
          todo: BothLanguages,
          /** It passes by itself. */
          passes: z.boolean(),
        })
        .nullable(),
    })
    .nullable(),
  /** When the circuit breaker was open, latest first; since this process began, at most twenty. */
  outages: z.array(z.object({ from: utc, to: utc.nullable() })),
  /** Latest authentic callback of the app's bots within two days. */
  lastCallbackAt: utc.nullable(),
})
export type AppHealth = z.infer<typeof AppHealth>

export const BotCallbacks = z.object({
  bot: z.string(),
  app: z.string(),
  lastCallbackAt: utc.nullable(),
})

/** `GET /v1/admin/health` */
export const AdminHealth = z.object({
  at: utc,
  apps: z.array(AppHealth),
  bots: z.array(BotCallbacks),
})
export type AdminHealth = z.infer<typeof AdminHealth>
