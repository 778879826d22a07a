import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PlatformError } from '../operations/platform-error.js'
import { KNOWN_UNSIMULATED, SERVER_ROUTES } from '../operations/server-routes.js'
import type { ServerInput, ServerRoute } from '../operations/types.js'
import { wechatError, withRid } from '../operations/wechat/errors.js'
import { wecomError, withHint } from '../operations/wecom/errors.js'
import type { FaultEffect } from '../world/faults.js'
import { wordsOf } from './calls/masked-words.js'
import { closest } from '../closest.js'
import { deliver, isExecuted } from './deliver.js'
import type { Deps } from './deps.js'
import { masked } from './request-log.js'

const addressOf = (route: ServerRoute): string => `/${route.host}${route.path}`
const ROUTES = new Map(SERVER_ROUTES.map((route) => [addressOf(route), route]))

/** `/api.weixin.qq.com/…` and `/qyapi.weixin.qq.com/…`: the platforms' own paths behind their host as first segment. */
export const platformRoutes = (app: FastifyInstance, deps: Deps): void => {
  for (const host of ['api.weixin.qq.com', 'qyapi.weixin.qq.com']) {
    app.all(`/${host}/*`, (request, reply) => answer(deps, request, reply))
  }
}

const answer = async (
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const url = new URL(request.url, 'http://simulator.invalid')
  const route = ROUTES.get(url.pathname)
  if (!route) return notSimulated(deps, url.pathname, reply)
  const query = Object.fromEntries(url.searchParams)
  const effect = deps.world.takeFault(route.id)
  const input = { method: request.method, query, body: (request.body as string | undefined) ?? '' }
  const body = isExecuted(effect) ? execute(deps, route, input, request.ip) : {}
  const shown = effect?.kind === 'errcode' ? scripted(deps, route, effect, request.ip) : body
  await deps.saver.flush()
  const gone = effect !== null && ['black-hole', 'reset', 'reset-mid-body'].includes(effect.kind)
  deps.requests.addCall({
    at: deps.world.now(),
    operation: route.id,
    method: request.method,
    path: route.path,
    query: masked(query),
    status: gone ? null : effect && 'status' in effect ? effect.status : 200,
    errcode: Number(shown['errcode'] ?? 0),
    fault: effect?.kind ?? null,
  })
  const errcode = Number(shown['errcode'] ?? 0)
  deps.calls.add({
    layer: 'platform',
    phone: null,
    ms: reply.elapsedTime,
    name: route.id,
    failed: gone || errcode !== 0 || (effect !== null && 'status' in effect),
    outcome: outcomeOf(effect, gone, errcode),
    args: { method: request.method, query, body: wordsOf(input.body) },
    answer: gone ? null : shown,
    clear: null,
  })
  const text = JSON.stringify(shown)
  await deliver(
    reply,
    { status: 200, contentType: contentTypeOf(route), body: text },
    effect,
    deps.timer,
  )
  return reply
}

const outcomeOf = (effect: FaultEffect | null, gone: boolean, errcode: number): string => {
  if (effect && 'status' in effect) return String(effect.status)
  if (gone) return effect?.kind ?? ''
  return errcode === 0 ? 'ok' : `errcode ${errcode}`
}

/** W5: the Content-Type of jscode2session is UNCONFIRMED. SIM: text/plain, because callers must not depend on it. */
const contentTypeOf = (route: ServerRoute): string =>
  route.id === 'wechat.jscode2session' ? 'text/plain' : 'application/json; charset=utf-8'

const execute = (
  { world }: Deps,
  route: ServerRoute,
  input: ServerInput,
  ip: string,
): Record<string, unknown> => {
  try {
    if (!methodFits(world.settings.wechat.activityCreateByPost, route, input.method)) {
      // Q15, general codes: 43001 needs GET, 43002 needs POST.
      const errcode = route.method === 'GET' ? 43001 : 43002
      throw route.host === 'api.weixin.qq.com' ? wechatError(errcode) : wecomError(errcode)
    }
    return route.run(world, input, { ip })
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    return errorBody(world, route, error, ip)
  }
}

const methodFits = (activityByPost: boolean, route: ServerRoute, method: string): boolean =>
  method === route.method ||
  // A POST form of createActivityId is UNCONFIRMED (setting wechat.activityCreateByPost).
  (route.id === 'wechat.activityid.create' && method === 'POST' && activityByPost)

const errorBody = (
  world: Deps['world'],
  route: ServerRoute,
  error: Pick<PlatformError, 'errcode' | 'errmsg'>,
  ip: string,
): Record<string, unknown> => ({
  errcode: error.errcode,
  errmsg:
    route.host === 'api.weixin.qq.com' ? withRid(world, error.errmsg) : withHint(world, ip, error),
})

const scripted = (
  { world }: Deps,
  route: ServerRoute,
  effect: Extract<FaultEffect, { kind: 'errcode' }>,
  ip: string,
): Record<string, unknown> => {
  const make = route.host === 'api.weixin.qq.com' ? wechatError : wecomError
  const { errcode, errmsg } = make(effect.errcode)
  return errorBody(world, route, { errcode, errmsg: effect.errmsg ?? errmsg }, ip)
}

const notSimulated = ({ log }: Deps, path: string, reply: FastifyReply): FastifyReply => {
  const near = closest(path, ROUTES.keys())
  const known = KNOWN_UNSIMULATED.includes(path)
  const message = known
    ? `${path} exists on the platform, but this simulator does not do it.`
    : `${path} is not a server API this simulator knows.`
  log.warn(`501 ${message} Closest: ${near}`)
  return reply.code(501).send({ error: 'not_simulated', message, closest: near })
}
