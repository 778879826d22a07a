import type { AppConfig, ProxiesConfig } from './config.js'
import { isQuoted } from './config-text.js'
import { Secret } from './secret.js'

type Env = Record<string, string | undefined>

export const PROXY_FORM = 'must be http://[user:password@]host:port'

/**
 * A proxy as `HTTPS_PROXY` and the config file name it; without a scheme it is `http:`.
 * @returns the URL, which is secret because it may hold a password, or the mistake as text that shows none
 */
export const readProxyUrl = (text: string): Secret | string => {
  if (isQuoted(text)) return 'stands in quotes: remove them'
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`
  if (!URL.canParse(whole)) return PROXY_FORM
  const url = new URL(whole)
  const bare = url.pathname === '/' && !url.search && !url.hash
  if (!/^https?:$/.test(url.protocol) || !bare) return PROXY_FORM
  try {
    decodeURIComponent(url.username + url.password)
  } catch {
    return 'has a % that stands for itself: in a password it must be percent-encoded (%25)'
  }
  return new Secret(url.href)
}

/** The small names come first, as everywhere. Each mistake names the variable that was read. */
export const readProxies = (env: Env, mistakes: string[]): ProxiesConfig | undefined => {
  const read = (...names: string[]): Secret | undefined => {
    const name = names.find((one) => env[one])
    const proxy = name === undefined ? undefined : readProxyUrl(env[name] ?? '')
    if (typeof proxy === 'string') mistakes.push(`${name}: ${proxy}`)
    return typeof proxy === 'string' ? undefined : proxy
  }
  const https = read('https_proxy', 'HTTPS_PROXY')
  const http = read('http_proxy', 'HTTP_PROXY')
  const except = (env['no_proxy'] || env['NO_PROXY'] || '').split(/[\s,]+/).filter(Boolean)
  return https || http ? { https, http, except } : undefined
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** By which proxy the calls of an app leave; its own word comes before the environment's. */
export const proxyOf = (
  { apiBase, proxy }: Pick<AppConfig, 'apiBase' | 'proxy'>,
  proxies: ProxiesConfig | undefined,
): Secret | undefined => {
  if (proxy === 'none') return undefined
  if (proxy) return proxy
  const url = new URL(apiBase)
  if (!proxies || LOOPBACK.test(url.hostname)) return undefined
  if (proxies.except.some((entry) => isExcepted(url, entry))) return undefined
  return url.protocol === 'https:' ? proxies.https : proxies.http
}

/** `*`; `host`, and with it all below it; `.host`, `*.host`; each with `:port` if it is meant for that alone. */
const isExcepted = (url: URL, entry: string): boolean => {
  if (entry === '*') return true
  const [, name = '', port] = /^(.+?)(?::(\d+))?$/.exec(entry) ?? []
  const actual = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (port !== undefined && port !== actual) return false
  const host = name.replace(/^\*?\./, '').toLowerCase()
  return url.hostname === host || url.hostname.endsWith(`.${host}`)
}

/** `host:port`, which may be shown. */
export const shownProxy = (proxy: Secret): string => new URL(proxy.reveal()).host
