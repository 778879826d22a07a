import type { AppConfig } from '../../../core/config/config.js'
import { proxyOf, shownProxy } from '../../../core/config/proxy-url.js'
import { Ways } from '../../../platforms/calls/platform-call.js'
import {
  PlatformError,
  PlatformUnreachable,
  proxyStatus,
} from '../../../platforms/calls/platform-error.js'
import type { Platform } from '../../../platforms/registry/platform.js'
import {
  type Check,
  type Context,
  ok,
  type Said,
  warning,
  wrong,
  skewFinding,
} from '../support/check.js'
import type { PlatformProbe } from '../support/platform-probe.js'

/** Each app by itself: a silent app must not hide the wrong secret of another app. */
export const platforms: Check = {
  name: 'platforms',
  timeoutMs: 20_000,
  async run(context) {
    const probe = context.probe(context.config)
    try {
      const { apps } = context.config
      return (await Promise.all(apps.map((app) => examineApp(context, probe, app)))).flat()
    } finally {
      await probe.close()
    }
  },
}

const examineApp = async (
  context: Context,
  probe: PlatformProbe,
  app: AppConfig,
): Promise<readonly Said[]> => {
  const answer = await answerOf(context, app)
  if (answer.some(({ status }) => status === 'wrong')) return answer
  return [...answer, ...(await credentials(context, probe, app))]
}

/** From the first request that needs the secret to the one that logs a person in. */
const credentials = async (
  { platforms }: Context,
  probe: PlatformProbe,
  app: AppConfig,
): Promise<readonly Said[]> => {
  try {
    const token = await probe.token(app)
    await probe.login(app, token)
    return [
      ok('token', 'gives an access token, and takes logins from this server’s address', app.id),
    ]
  } catch (error) {
    if (error instanceof PlatformError) return [explainErrcode(platforms.of(app), app, error)]
    if (error instanceof PlatformUnreachable) return [unreachable(app, error)]
    throw error
  }
}

const unreachable = (app: AppConfig, { operation, reason }: PlatformUnreachable): Said =>
  reason === 'busy'
    ? warning('busy', `${operation}: the platform is busy`, 'Run the doctor again later.', app.id)
    : wrong(
        'no-sense',
        `${operation}: no answer of the platform’s API (${reason})`,
        'See whether a proxy or a login page stands between this server and the platform, and whether apiBase is right.',
        app.id,
      )

const CONNECT_MS = 5_000
const DNS = /^(ENOTFOUND|EAI_\w+|EDNS\w*)$/
const TLS =
  /^(CERT_\w+|ERR_TLS_\w+|ERR_SSL_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|EPROTO)$/

/** Whether the platform of an app answers at all, and what time it has. */
const answerOf = async (
  { http, clock, config }: Context,
  app: AppConfig,
): Promise<readonly Said[]> => {
  const { host } = new URL(app.apiBase)
  const proxy = proxyOf(app, config.proxies)
  const by = proxy && `the proxy ${shownProxy(proxy)}`
  const ways = new Ways(config.proxies, CONNECT_MS)
  const asked = clock.now()
  try {
    const { date } = await http.ask(`${app.apiBase}/`, ways.of(app))
    const skew = date === undefined ? [] : skewFinding(asked, clock.now(), Date.parse(date), app.id)
    return [ok('reachable', `${host} answers${by ? ` by ${by}` : ''}`, app.id), ...skew]
  } catch (error) {
    if (by) return [notReachedBy(by, app.id, host, error)]
    return [notReached(app.id, host, codeOf(error))]
  } finally {
    await ways.close()
  }
}

/** The proxy looks the name up and connects; only the certificate is the host's, or that of a proxy that opens TLS. */
const notReachedBy = (by: string, app: string, host: string, error: unknown): Said => {
  const status = proxyStatus(error)
  if (status) {
    const what = `${by} makes no way to ${host} (${status})`
    const todo = 'Correct its user and password, and let it pass this host.'
    return wrong('proxy', what, todo, app)
  }
  const code = codeOf(error)
  if (TLS.test(code)) return notReached(app, host, code)
  const todo = 'Check HTTPS_PROXY or `proxy` of this app; NO_PROXY names hosts that need none.'
  return wrong('proxy', `no connection to ${host} by ${by} (${code})`, todo, app)
}

const notReached = (app: string, host: string, code: string): Said => {
  if (DNS.test(code)) {
    const todo = 'Check the name in apiBase, and the resolver of this machine (/etc/resolv.conf).'
    return wrong('dns', `the name ${host} is not found (${code})`, todo, app)
  }
  if (TLS.test(code)) {
    const todo =
      'A proxy that opens TLS? Give its certificate in NODE_EXTRA_CA_CERTS, or let this host pass it by.'
    return wrong('tls', `${host} shows no certificate to trust (${code})`, todo, app)
  }
  const todo = 'Let this server out to port 443 of the host; check firewall, route and proxy.'
  return wrong('connect', `no connection to ${host} (${code})`, todo, app)
}

const codeOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  if (typeof code === 'string') return code
  return typeof name === 'string' ? name : 'unknown'
}

/** What an error of the app's platform means for the operator. */
export const explainErrcode = (
  { errcodes }: Pick<Platform, 'errcodes'>,
  app: AppConfig,
  { operation, errcode, errmsg, rid, address }: PlatformError,
): Said => {
  const advice = errcodes[errcode]
  const said = `${operation} answered ${errcode}${rid ? `, request ${rid}` : ''}`
  if (!advice) {
    const todo = 'Look the number up in the platform’s documentation.'
    return wrong('errcode', `${said}: ${errmsg}`, todo, app.id)
  }
  const { code, what, todo, zh, passes = false } = advice
  const finding = `${what}${address ? `: ${address}` : ''} (${said})`
  return { status: passes ? 'warning' : 'wrong', about: app.id, code, what: finding, todo, zh }
}
