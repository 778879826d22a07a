import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CONFIG, type Config } from '../../core/config/config.js'
import { inputError, OverloadedError } from '../../core/errors/api-error.js'
import { CLOCK_STATUS, type ClockStatus } from '../../core/ports/clock.js'
import { Metrics } from '../../observability/metrics.js'
import { Readiness } from '../../observability/readiness.js'
import { RequestLog } from '../../observability/request-log.js'
import { Identities } from '../access/identities.js'
import { limitBody } from '../access/route-options.js'
import { AddressLimits } from '../limits/address-limits.js'
import { serveDocs } from '../openapi/api-docs.js'
import { parseJson, refuseOtherForms } from '../parsing/json-parser.js'
import { acceptRawBodies, RawBodies } from '../parsing/raw-body.js'
import { ProblemFilter } from '../problems/problem.js'
import { replyWithProblem } from './client-error-handler.js'
import { LoadShedding, isLimitExempt, OPERATIONS } from './load-shedding.js'
import { ProxyWatch } from './proxy-watch.js'

/** Seconds: the source of time compares itself so often. */
const CLOCK_RETRY_AFTER = 60

/** What surrounds every request; shared by `start.ts` and the tests. Call it before the application listens. */
export const configureEdge = async (app: NestFastifyApplication): Promise<void> => {
  const fastify = app.getHttpAdapter().getInstance()
  const { limits, cors } = app.get<Config>(CONFIG)
  if (cors) allowOrigins(app, cors.origins)
  // Before there are any: routes are made when the application begins.
  fastify.addHook('onRoute', (route) => limitBody(route, limits.bodyBytes))
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async ({ headers }: FastifyRequest, body: Buffer) => {
      refuseOtherForms(headers)
      return parseJson(body)
    },
  )
  const log = app.get(RequestLog)
  fastify.addHook('onRoute', ({ url }) => log.routed(url))
  app.useGlobalFilters(app.get(ProblemFilter))
  await app.register(asRoot((instance) => addHooks(instance, app)) as never)
  serveDocs(app)
  replyWithProblem(fastify.server)
}

/**
 * Pages of these origins may call the API with the token of a session. Cookies stay out: a page of another origin never
 * acts as an administrator, or as a reader of the web page, who is logged in here.
 */
const allowOrigins = (app: NestFastifyApplication, origins: readonly string[]): void =>
  app.enableCors({
    origin: [...origins],
    credentials: false,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key'],
    exposedHeaders: ['Retry-After', 'X-Request-Id'],
    maxAge: 600,
  })

/**
 * A hook that waits for nothing calls `done`. An async hook makes a promise for each request. After an async
 * `onSend` the response is not yet sent when the handler ends. Nest then waits for the end of every response.
 */
const addHooks = (fastify: FastifyInstance, app: NestFastifyApplication): void => {
  const limits = app.get(AddressLimits)
  const log = app.get(RequestLog)
  const metrics = app.get(Metrics)
  const readiness = app.get(Readiness)
  const proxies = app.get(ProxyWatch)
  const clock = app.get<ClockStatus>(CLOCK_STATUS)

  fastify.addHook('onRequest', (request, reply, done) => {
    const path = pathOf(request.url)
    void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id)
    // Simplest true statement: only the document of the API may lie in a cache. A path has many spellings (`/%761`).
    if (path.startsWith('/docs')) void reply.header('content-security-policy', DOCS_CSP)
    else void reply.header('cache-control', 'no-store')
    proxies.see(request)
    // By a wrong time a card could open that is over. The job `clock` logs what is wrong.
    if (!OPERATIONS.has(path) && clock.problem !== undefined)
      throw new OverloadedError(CLOCK_RETRY_AFTER)
    if (!isLimitExempt(request, path)) limits.request(request.ip, bytesOf(request))
    // RFC 9112 3.2.
    if (request.raw.httpVersion === '1.1' && request.headers.host === undefined)
      throw inputError('Host', 'is missing')
    if (hasTwo(request.raw.rawHeaders, 'host')) throw inputError('Host', 'is there twice')
    done()
  })

  acceptRawBodies(fastify, app.get(RawBodies))
  app.get(Identities).addHooks(fastify)
  app.get(LoadShedding).addHooks(fastify)

  // As late as possible: a request may have been running when the draining began.
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.draining) void reply.header('Connection', 'close')
    done()
  })

  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched'
    metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime)
    if (!OPERATIONS.has(route)) log.answered(request, reply)
    done()
  })
}

/** A URL without its query. */
const pathOf = (url: string): string => {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}

/** Node gives the first of them; a proxy may have read the last. @param headers names and values, in turn */
const hasTwo = (headers: readonly string[], name: string): boolean => {
  let found = 0
  for (let i = 0; i < headers.length; i += 2) {
    const text = headers[i] ?? ''
    if (text.length === name.length && text.toLowerCase() === name) found += 1
  }
  return found > 1
}

/** What it says that its body has; one that does not say it may be as long as its route allows. */
const bytesOf = ({ headers, routeOptions }: FastifyRequest): number =>
  headers['transfer-encoding'] === undefined
    ? Number(headers['content-length'] ?? 0)
    : routeOptions.bodyLimit

/** The page of the API's document styles itself inline. */
const DOCS_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"

/** A plugin that applies to the whole server and not to a scope of its own; loads after those registered before. */
const asRoot = (add: (fastify: FastifyInstance) => void) =>
  Object.assign(async (fastify: FastifyInstance) => add(fastify), {
    [Symbol.for('skip-override')]: true,
  })

/**
 * What helmet sets on every answer, as constants: helmet computes the same text for each answer anew, which costs more
 * than the rest of a short request. A test compares them with helmet's own. In small letters, as Fastify keeps them.
 */
export const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
} as const
