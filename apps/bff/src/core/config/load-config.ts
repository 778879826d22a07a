import path from 'node:path'
import {
  baseMistakes,
  crossMistakes,
  productionMistakes,
  schemaMistakes,
} from './config-mistakes.js'
import { readConfigText, describeText, isQuoted, withoutLineBreaks } from './config-text.js'
import {
  type Config,
  ConfigError,
  type DatabaseConfig,
  type KeyringConfig,
  formOf,
  type PlatformForm,
} from './config.js'
import { configFile, type ConfigFile } from './config.schema.js'
import { readDatabaseUrl } from './database-url.js'
import { clockFileMistake } from '../ports/clock-file.js'
import { readKeyring } from './keyring-text.js'
import { readProxies } from './proxy-url.js'
import { Secret } from './secret.js'
import { withFiles } from './variables-of-files.js'

type Env = Record<string, string | undefined>

const MODES: Record<string, Config['mode']> = {
  production: 'production',
  development: 'development',
  test: 'development',
}
/** `apps/bff`, whether this runs as source, as compiled modules or out of the one file that is made of them. */
const PACKAGE = import.meta.dirname.replace(/^(.*)[\\/](?:src|dist)(?:[\\/].*)?$/, '$1')
const BUILT_PAGE = path.join(PACKAGE, '../web/dist')
const BUILT_CONSOLE = path.join(PACKAGE, '../console/dist')
const BUILT_HELP = path.join(PACKAGE, '../docs/dist')
/** Of printable characters. A longer one would never be let in: see `AdminIdentity`. */
const ADMIN_TOKEN = /^[\x21-\x7e]{32,512}$/

/**
 * Reads all configuration: the environment and the file that SEALCARD_CONFIG names.
 * @param readFile the bytes of a file; throws when it can't be read
 * @param platforms those that an app may be of
 * @throws ConfigError with every mistake there is, one line each, naming its key and never a secret
 */
export const loadConfig = (
  given: Env,
  readFile: (path: string) => Uint8Array,
  platforms: readonly PlatformForm[],
): Config => {
  const mistakes: string[] = []
  const env = withFiles(withoutLineBreaks(given), readFile, mistakes)
  const mode = readMode(env, mistakes)
  const production = mode === 'production'
  const port = readPort(env, mistakes)
  const database = readDatabase(env, mistakes)
  const keyring = readKeys(env, production, mistakes)
  const adminToken = readAdminToken(env, mistakes)
  const proxies = readProxies(env, mistakes)
  const file = readConfigFile(env, readFile, platforms, production, mistakes)
  const clockFile = readClockFile(env, readFile, production, mistakes)
  const page = env['SEALCARD_WEB'] || BUILT_PAGE
  if (production && file?.apps.some((app) => formOf(platforms, app)?.hasPage?.(app)))
    mistakes.push(...pageMistakes(page, readFile))
  if (mistakes.length || !database || !keyring || !file) throw new ConfigError(mistakes)
  return {
    mode,
    server: { host: env['HOST'] || '127.0.0.1', port },
    database,
    apps: file.apps,
    bots: file.bots,
    windows: file.windows,
    limits: file.limits,
    platformCalls: file.platformCalls,
    receipts: file.receipts,
    ...(file.log && { log: file.log }),
    ...(file.metrics && { metrics: file.metrics }),
    ...(file.cors && { cors: file.cors }),
    ...(file.trustedProxies && { trustedProxies: file.trustedProxies }),
    keyring,
    page,
    console: env['SEALCARD_CONSOLE'] || BUILT_CONSOLE,
    help: env['SEALCARD_HELP'] || BUILT_HELP,
    ...(file.file && { file: file.file }),
    ...(proxies && { proxies }),
    ...(adminToken && { adminToken }),
    ...(clockFile !== undefined && { clockFile }),
  }
}

/** Without its page, every link of a card would lead to nothing. */
const pageMistakes = (page: string, readFile: (path: string) => Uint8Array): string[] => {
  try {
    readFile(path.join(page, 'index.html'))
    return []
  } catch {
    return ['SEALCARD_WEB: it is not the folder of the built web page: it has no index.html']
  }
}

/** Only the exact word relaxes anything: a typing error must not start a service that takes sample keys. */
const readMode = (env: Env, mistakes: string[]): Config['mode'] => {
  const mode = MODES[env['NODE_ENV'] || 'development']
  if (!mode) mistakes.push('NODE_ENV: must be production, development or test')
  return mode ?? 'production'
}

const readPort = (env: Env, mistakes: string[]): number => {
  const text = env['PORT'] || '3000'
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) mistakes.push('PORT: must be 0 to 65535')
  return port
}

const readDatabase = (env: Env, mistakes: string[]): DatabaseConfig | undefined => {
  const database = readDatabaseUrl(env['DATABASE_URL'] || 'sqlite:./data/sealcard.sqlite')
  if (typeof database !== 'string') return database
  mistakes.push(`DATABASE_URL: ${database}`)
  return undefined
}

const readKeys = (env: Env, production: boolean, mistakes: string[]): KeyringConfig | undefined => {
  const text = env['SEALCARD_KEYRING']
  if (!text) {
    mistakes.push(
      'SEALCARD_KEYRING: not set; it must read <id>:<base64 of 32 bytes>[,…]. A new one: npx sealcard init, or echo "SEALCARD_KEYRING=k1:$(openssl rand -base64 32)" >> sealcard.env',
    )
    return undefined
  }
  const keyring = readKeyring(text, production)
  if (!Array.isArray(keyring)) return keyring
  mistakes.push(...keyring.map((mistake) => `SEALCARD_KEYRING: ${mistake}`))
  return undefined
}

const readAdminToken = (env: Env, mistakes: string[]): Secret | undefined => {
  const text = env['SEALCARD_ADMIN_TOKEN']
  if (text === undefined) return undefined
  if (isQuoted(text) || !ADMIN_TOKEN.test(text)) {
    const what = 'must be 32 to 512 printable characters, without spaces'
    mistakes.push(`SEALCARD_ADMIN_TOKEN: ${what}: it ${describeText(text)}`)
  }
  return new Secret(text)
}

/** Who moves the time opens cards that are over: never where members' cards are. */
const readClockFile = (
  env: Env,
  readFile: (path: string) => Uint8Array,
  production: boolean,
  mistakes: string[],
): string | undefined => {
  const file = env['SEALCARD_CLOCK_FILE'] || undefined
  if (file === undefined) return undefined
  const mistake = production
    ? 'is for development only: unset it, the time is then that of this machine'
    : clockFileMistake(file, readFile)
  if (mistake !== undefined) mistakes.push(`SEALCARD_CLOCK_FILE: ${mistake}`)
  return file
}

const readConfigFile = (
  env: Env,
  readFile: (path: string) => Uint8Array,
  platforms: readonly PlatformForm[],
  production: boolean,
  mistakes: string[],
): (ConfigFile & Pick<Config, 'file'>) | undefined => {
  const configPath = env['SEALCARD_CONFIG']
  const raw = configPath
    ? readConfigText(configPath, readFile)
    : 'not set; it names the config file. A new one: npx sealcard init'
  if (typeof raw === 'string') {
    mistakes.push(`SEALCARD_CONFIG: ${raw}`)
    return undefined
  }
  let secretsInClear = false
  const inClear = () => void (secretsInClear = true)
  const file = configFile({ env, inClear, readFile }, platforms).safeParse(raw.json)
  mistakes.push(...(file.success ? [] : schemaMistakes(file.error.issues)))
  mistakes.push(...crossMistakes(raw.json, platforms))
  if (!file.success) return undefined
  mistakes.push(...baseMistakes(file.data, platforms))
  for (const platform of platforms)
    mistakes.push(...(platform.appsMistakes?.(file.data.apps, production) ?? []))
  if (production) mistakes.push(...productionMistakes(file.data, platforms))
  return { ...file.data, file: { path: configPath ?? '', secretsInClear } }
}
