import type { z } from 'zod'
import { type AppConfig, type Config, anyOf, formOf, type PlatformForm } from './config.js'
import {
  sampleEncodingAesKeys,
  sampleSecrets,
  sampleTokens,
  sampleWebhookSecrets,
} from './keyring-text.js'
import type { Secret } from './secret.js'

/** `['apps', 0, 'secret']` → `apps[0].secret`. */
const keyOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((key, part) => {
    if (typeof part === 'number') return `${key}[${part}]`
    return key ? `${key}.${String(part)}` : String(part)
  }, '')

/** One line for each mistake that the schema found; an unknown key is named itself. */
export const schemaMistakes = (issues: readonly z.core.$ZodIssue[]): string[] =>
  issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `${keyOf([...issue.path, key])}: unknown key`)
    }
    return [`${keyOf(issue.path) || 'the config file'}: ${issue.message}`]
  })

const list = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value)
    ? value.map((entry: unknown) =>
        typeof entry === 'object' && entry !== null ? { ...entry } : {},
      )
    : []

/**
 * Mistakes that no single key shows: an id that occurs twice; a bot whose app is missing or cannot have bots; two bots
 * whose app sends the same messages. Reads the raw file, so that one run reports these and the schema's mistakes.
 */
export const crossMistakes = (raw: unknown, platforms: readonly PlatformForm[]): string[] => {
  const file = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>
  const apps = list(file['apps'])
  const bots = list(file['bots'])
  return [
    ...duplicates('apps', apps),
    ...duplicates('bots', bots),
    ...bots.flatMap((bot, i) =>
      appOfBot(bot, apps, platforms).map((what) => `bots[${i}].app: ${what}`),
    ),
    ...bots.flatMap((bot, i) =>
      sendsMessages(bot) && bots.slice(0, i).some((other) => sendsMessagesOf(other, bot['app']))
        ? [`bots[${i}].notices.by: another bot of this app has app-message already`]
        : [],
    ),
  ]
}

/** Only some platforms have bots: a bot must know its people by the names that their logins have. */
const appOfBot = (
  bot: Record<string, unknown>,
  apps: Record<string, unknown>[],
  platforms: readonly PlatformForm[],
): string[] => {
  if (typeof bot['app'] !== 'string') return []
  const app = apps.find(({ id }) => id === bot['app'])
  if (!app) return ['no app has this id']
  const platform = platforms.find(({ name }) => name === app['platform'])
  if (!platform || platform.bots) return []
  const withBots = platforms.filter(({ bots }) => bots).map(({ title }) => title)
  return [`must be a ${anyOf(withBots)} app`]
}

const sendsMessages = ({ notices }: Record<string, unknown>): boolean =>
  typeof notices === 'object' && notices !== null && 'by' in notices && notices.by === 'app-message'

/** The app sends the messages, whichever of its bots asks for them. Two bots would send everything twice. */
const sendsMessagesOf = (bot: Record<string, unknown>, app: unknown): boolean =>
  bot['app'] === app && sendsMessages(bot)

const duplicates = (name: string, entries: Record<string, unknown>[]): string[] =>
  entries.flatMap(({ id }, i) =>
    typeof id === 'string' && entries.findIndex((entry) => entry['id'] === id) < i
      ? [`${name}[${i}].id: used twice`]
      : [],
  )

/** `unofficialApiBase` beside the platform's own address. It would still hold after a later change of the address. */
export const baseMistakes = (
  { apps }: Pick<Config, 'apps'>,
  platforms: readonly PlatformForm[],
): string[] =>
  apps.flatMap((app, i) =>
    app.unofficialApiBase && app.apiBase === formOf(platforms, app)?.officialApiBase
      ? [`apps[${i}].unofficialApiBase: apiBase is the platform's own: remove it`]
      : [],
  )

/** Every call carries secrets. They go to the platform, or over TLS to a host that the configuration names on purpose. */
const apiBaseMistake = (app: AppConfig, platforms: readonly PlatformForm[]): string | undefined => {
  const official = formOf(platforms, app)?.officialApiBase
  if (app.apiBase === official) return undefined
  if (!app.unofficialApiBase) {
    return `${official}; for a relay of yours or a private WeCom, https and "unofficialApiBase": true`
  }
  return app.apiBase.startsWith('https://') ? undefined : 'https'
}

/** Addresses and keys that are right for trying out and wrong for members' cards. */
export const productionMistakes = (
  file: Pick<Config, 'apps' | 'bots'>,
  platforms: readonly PlatformForm[],
): string[] => [
  ...file.apps.flatMap((app, i) => {
    const mistake = apiBaseMistake(app, platforms)
    return mistake ? [`apps[${i}].apiBase: in production it must be ${mistake}`] : []
  }),
  ...file.apps.flatMap(({ secret }, i) =>
    sampleSecrets.has(secret.reveal()) ? [`apps[${i}].secret: is the simulator's`] : [],
  ),
  ...file.apps.flatMap(({ webhooks = [] }, i) =>
    webhooks.flatMap(({ secret, previous }, n) => [
      ...sampleWebhookSecret(`apps[${i}].webhooks[${n}].secret`, secret),
      ...(previous
        ? sampleWebhookSecret(`apps[${i}].webhooks[${n}].previous.secret`, previous.secret)
        : []),
    ]),
  ),
  ...file.bots.flatMap((bot, i) => [
    ...sampleBotKeys(`bots[${i}]`, bot),
    ...(bot.previous ? sampleBotKeys(`bots[${i}].previous`, bot.previous) : []),
  ]),
]

const sampleWebhookSecret = (key: string, secret: Secret): string[] =>
  sampleWebhookSecrets.has(secret.reveal()) ? [`${key}: is a sample of the documentation`] : []

const sampleBotKeys = (key: string, keys: { token: Secret; encodingAesKey: Secret }): string[] => [
  ...(sampleTokens.has(keys.token.reveal())
    ? [`${key}.token: is a sample of the documentation`]
    : []),
  ...(sampleEncodingAesKeys.has(keys.encodingAesKey.reveal())
    ? [`${key}.encodingAesKey: is a sample of the documentation`]
    : []),
]
