import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CookieJar } from 'tough-cookie'
import { authorize } from '../../operations/pages/authorize.js'
import { readBelow } from '../../adapters/folder.js'
import type { Deps } from '../deps.js'
import { deviceId, type Frame, type Official } from './hosts.js'
import { errorPage, loginPage } from './official-pages.js'
import { answerHeaders, requestHeaders, withScript } from './page-headers.js'
import { agentOf } from './user-agent.js'

/** Where the server finds requests to a frame's host. */
export const FRAME_PREFIX = '/web-frame'
const SCRIPT = '/__simulator__/bridge.js'

/** Requests to `<host>.<device>.localhost` are those of a web page on a phone, or in a computer's browser. */
export const frameUrl = (
  deps: Pick<Deps, 'hosts'>,
  host: string | undefined,
  url: string,
): string => (host !== undefined && deps.hosts.find(host) !== null ? FRAME_PREFIX + url : url)

/** The web view of each phone, and a computer's browser: a page's requests, with the cookies of that device alone. */
export const webFrames = (app: FastifyInstance, deps: Deps, phoneDir: string): void => {
  const jars = new Map<string, CookieJar>()
  deps.world.listen(({ type }) => {
    if (type === 'reset') jars.clear()
  })
  const jarOf = (device: string): CookieJar => {
    const known = jars.get(device)
    if (known) return known
    const jar = new CookieJar(undefined, { prefixSecurity: 'strict', looseMode: false })
    jars.set(device, jar)
    return jar
  }

  app.all(`${FRAME_PREFIX}/*`, async (request, reply) => {
    const frame = deps.hosts.find(request.headers.host ?? '')
    if (!frame) return reply.code(404).send('no such frame')
    const path = request.url.slice(FRAME_PREFIX.length)
    if (path === SCRIPT) return sendScript(reply, frame, phoneDir)
    if (deps.hosts.isOfficial(frame.origin)) {
      return sendOfficial(deps, frame.origin, frame, path, request, reply)
    }
    return passOn(deps, frame, path, jarOf(deviceId(frame.device)), request, reply)
  })
}

const portOf = (request: FastifyRequest): string =>
  /:(\d+)$/.exec(request.headers.host ?? '')?.[1] ?? ''

/** What the client injects: what it says it is, and its bridge. */
const sendScript = async (
  reply: FastifyReply,
  { device }: Frame,
  phoneDir: string,
): Promise<FastifyReply> => {
  if (!device) return reply.code(404).send('no client, no bridge')
  const file = await readBelow(phoneDir, 'bridge.js')
  const agent = JSON.stringify(agentOf(device))
  const body = `globalThis.__simulatorAgent__=${agent};\n${file?.bytes.toString() ?? ''}`
  return reply.header('cache-control', 'no-store').type('text/javascript; charset=utf-8').send(body)
}

const redirect = (
  deps: Deps,
  frame: Frame,
  location: string,
  port: string,
): { to: string } | { error: string } => {
  if (!/^https?:\/\//i.test(location)) return { to: location }
  const to = deps.hosts.framed(frame.device, location, port)
  if (to === null) return { error: `This device cannot reach ${location.slice(0, 200)}` }
  // Q17: the link to the authorize page ends with #wechat_redirect.
  const official = to.includes('/connect/oauth2/authorize?')
  if (official && !to.endsWith('#wechat_redirect')) return { error: '链接缺少 #wechat_redirect' }
  return { to }
}

const sendOfficial = (
  deps: Deps,
  origin: Official,
  frame: Frame,
  path: string,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const url = new URL(path, origin)
  const query = Object.fromEntries(url.searchParams)
  const leave = (location: string) => {
    const next = redirect(deps, frame, location, portOf(request))
    return 'error' in next ? errorPage(reply, 200, next.error) : reply.redirect(next.to, 302)
  }
  switch (origin + url.pathname) {
    case 'https://open.weixin.qq.com/connect/oauth2/authorize': {
      const answer = authorize(deps.world, frame.device, query)
      return 'error' in answer ? errorPage(reply, 200, answer.error) : leave(answer.location)
    }
    case 'https://login.work.weixin.qq.com/wwlogin/sso/login':
      return loginPage(deps, query, reply, leave)
    default:
      return errorPage(reply, 404, `${origin}${url.pathname}: 模拟器没有这个页面 not simulated`)
  }
}

const passOn = async (
  deps: Deps,
  frame: Frame,
  path: string,
  jar: CookieJar,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { device, origin, frameOrigin } = frame
  const target = deps.hosts.target(origin)
  if (target === null) return errorPage(reply, 502, `${origin} is not in the list of domains`)
  // The page knows only the frame's address; the service must hear the world's.
  const translated = (text: string) =>
    text
      .replaceAll(frameOrigin, origin)
      .replaceAll(encodeURIComponent(frameOrigin), encodeURIComponent(origin))
  const address = origin + path
  const body = typeof request.body === 'string' ? translated(request.body) : undefined
  const cookie = await jar.getCookieString(address, { sameSiteContext: siteOf(request) })
  const answer = await deps.web.send({
    url: target + translated(path),
    method: request.method,
    headers: {
      ...requestHeaders(request.headers, translated),
      ...(device && { 'user-agent': agentOf(device).userAgent }),
      ...(cookie === '' ? {} : { cookie }),
    },
    ...(body === undefined || request.method === 'GET' || request.method === 'HEAD'
      ? {}
      : { body }),
  })
  if (answer.kind === 'unreachable') return errorPage(reply, 502, `${origin}: ${answer.reason}`)
  for (const [name, value] of answer.headers) {
    if (name.toLowerCase() === 'set-cookie')
      await jar.setCookie(value, address, { ignoreError: true })
  }
  const location = answer.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  reply.code(answer.status).headers(answerHeaders(answer.headers, device && frameOrigin + SCRIPT))
  if (location !== undefined) {
    const next = redirect(deps, frame, location, portOf(request))
    if ('error' in next) return errorPage(reply, 200, next.error)
    reply.header('location', next.to)
  }
  const type = answer.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const injected = device !== null && /^text\/html/i.test(type)
  return reply.send(injected ? withScript(answer.body, SCRIPT) : answer.body)
}

/** Lax cookies come along when a page is opened from elsewhere, strict ones do not. */
const siteOf = ({ headers, method }: FastifyRequest): 'strict' | 'lax' | 'none' => {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return 'strict'
  return headers['sec-fetch-mode'] === 'navigate' && method === 'GET' ? 'lax' : 'none'
}
