import { isIP } from 'node:net'
import { unofficialBases } from '../../../audit/unofficial-bases.js'
import { productionMistakes } from '../../../core/config/config-mistakes.js'
import { isSampleKey } from '../../../core/config/keyring-text.js'
import { type Check, ok, warning, wrong, type Said } from '../support/check.js'

const TODO =
  'Correct it before members use it: with NODE_ENV=production the service would not start.'

/** In production these are mistakes of the configuration. The doctor reports them beforehand. */
export const production: Check = {
  name: 'production',
  timeoutMs: 1_000,
  run({ config, platforms }) {
    const bases = unofficialBases(config.apps).map(({ app, host }) =>
      warning(
        'unofficial-api-base',
        `the calls of this app, and the secrets in them, go to ${host} instead of the platform`,
        'See that this host is yours; otherwise remove apiBase and unofficialApiBase.',
        app,
      ),
    )
    if (config.mode === 'production') return [ok('production', 'runs in production mode'), ...bases]
    const samples = config.keyring.keys.filter(({ secret }) =>
      isSampleKey(Buffer.from(secret.reveal(), 'base64')),
    )
    return [
      warning(
        'development',
        'runs in development mode, which takes sample keys and simulators',
        'Set NODE_ENV=production where members use it.',
      ),
      ...bases,
      ...productionMistakes(config, platforms.all).map((mistake) =>
        warning('not-for-production', mistake, TODO),
      ),
      ...samples.map(({ id }) =>
        warning('sample-key', 'the key is a sample', 'Draw one with openssl rand -base64 32.', id),
      ),
    ]
  },
}

/** `engines` of the package. */
const OLDEST = [20, 19] as const

export const runtime: Check = {
  name: 'node',
  timeoutMs: 1_000,
  run({ nodeVersion }) {
    const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
    const good = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
    if (good) return [ok('version', `Node ${nodeVersion}`)]
    const todo = `Install Node ${OLDEST.join('.')} or newer.`
    return [wrong('version-old', `Node ${nodeVersion} is too old`, todo)]
  },
}

/** Who may read the config file, when secrets stand in it. */
export const configFile: Check = {
  name: 'config file',
  timeoutMs: 5_000,
  async run({ config, files }) {
    if (!config.file) return []
    const { path, secretsInClear } = config.file
    if (!secretsInClear) return [ok('config-without-secrets', `${path} holds no secret in clear`)]
    const mode = (await files.stat(path))?.mode ?? 0
    if ((mode & 0o077) === 0) {
      return [ok('config-private', `${path} holds secrets, and its owner alone may read it`)]
    }
    const what = `others on this machine may read ${path}, which holds secrets in clear (mode ${mode.toString(8)})`
    const todo = `chmod 600 ${path}, or name the secrets as { "env": NAME }.`
    return [warning('config-readable', what, todo)]
  },
}

const NONE = 'none; every request counts by the address that it comes from'
/** Wider than any private network is: 10.0.0.0/8, fc00::/7. */
const WIDEST = { 4: 8, 6: 7 } as const

export const proxies: Check = {
  name: 'trusted proxies',
  timeoutMs: 1_000,
  run({ config: { trustedProxies, server, mode } }) {
    if (!trustedProxies) return [ofNone(server.host, mode === 'production')]
    if (trustedProxies.length === 0) return [ok('none', NONE)]
    const wide = trustedProxies.filter(tooWide)
    if (wide.length === 0) return [ok('named', trustedProxies.join(', '))]
    return wide.map((range) =>
      wrong(
        'too-wide',
        'nearly every host counts as a proxy: any client can write its own address, and the limits per address have no effect',
        'Name the addresses of the proxies alone.',
        range,
      ),
    )
  },
}

const tooWide = (range: string): boolean => {
  const [address = '', bits] = range.split('/')
  const family = isIP(address)
  return bits !== undefined && (family === 4 || family === 6) && Number(bits) < WIDEST[family]
}

/** Who listens on this machine alone is reached through something on this machine. */
const ofNone = (host: string, production: boolean): Said =>
  production && ['127.0.0.1', '::1', 'localhost'].includes(host)
    ? wrong(
        'none-behind-proxy',
        `HOST is ${host} and no proxy is trusted: all members together have one address, and one stranger uses up its limits`,
        'Add the reverse proxy to trustedProxies ("127.0.0.1" for one on this machine), and let it set X-Forwarded-For. Without one, write [].',
      )
    : ok('none', NONE)
