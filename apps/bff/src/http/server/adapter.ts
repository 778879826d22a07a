import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../core/config/config.js'
import { parseQuery } from '../parsing/json-parser.js'
import { PROBLEM_TYPE, asApiError, problemOf } from '../problems/problem.js'
import { newRequestId, handleClientErrors } from './client-error-handler.js'
import { anyOf } from './proxy-watch.js'

/** Fastify as the edge needs it; errors reach our filter unmapped, with their cause. */
class EdgeAdapter extends FastifyAdapter {
  override mapException(error: unknown): unknown {
    return error
  }
}

/** Milliseconds. */
interface RequestTimeouts {
  /** For a request to arrive whole. */
  readonly requestMs: number
  /** Between two checks of who took longer: such a client holds its connection for so long more. */
  readonly checkMs: number
}

export const createAdapter = (
  { limits, trustedProxies }: Config,
  { requestMs, checkMs }: RequestTimeouts = { requestMs: 30_000, checkMs: 5_000 },
) =>
  new EdgeAdapter({
    bodyLimit: limits.bodyBytes,
    // Without a trusted proxy, X-Forwarded-For is what the client writes: it counts for nothing.
    trustProxy: trustedProxies?.length ? anyOf(trustedProxies) : false,
    rewriteUrl: ({ url = '' }) => withoutLastSlash(url),
    genReqId: newRequestId,
    requestIdHeader: false,
    logger: false,
    // A request on a kept-alive connection is served while the process drains; see the drain hook.
    return503OnClosing: false,
    // No part of the service uses Express-style middleware; its engine would run for each request.
    skipMiddie: true,
    requestTimeout: requestMs,
    // Without it Node would refuse by itself, in a form of its own; the edge does.
    http: {
      requireHostHeader: false,
      connectionsCheckingInterval: checkMs,
      // Here, too: heads get no longer then. Node gives them 60 s by itself, and takes the longer of the two for the whole.
      requestTimeout: requestMs,
    },
    routerOptions: {
      // Our ids are short, but a long id must get the same answer as an unknown one. No URL is longer than Node's headers.
      maxParamLength: 16_384,
      querystringParser: parseQuery,
    },
    frameworkErrors: refuseUrl,
    clientErrorHandler: handleClientErrors,
  })

/**
 * Of callbacks: some gateways write a `/` behind a path, and the platform's administrator cannot see that. And of the
 * pages, whose files lie below `/h5/` and `/console/`.
 */
const withoutLastSlash = (url: string): string =>
  /^\/(v1\/bots|h5|console)\//.test(url) ? withoutSlashOfSome(url) : url

const withoutSlashOfSome = (url: string): string =>
  url.replace(/^(\/v1\/bots\/[^/?]+\/callback|\/h5|\/console)\/(?=\?|$)/, '$1')

/** A URL that cannot be decoded is refused before any hook or filter runs. */
const refuseUrl = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
  const { code, status, issues } = asApiError(error)
  void reply
    .header('X-Request-Id', request.id)
    .header('X-Content-Type-Options', 'nosniff')
    .header('Cache-Control', 'no-store')
  // Of a bot whose name cannot be read, too: not authentic.
  if (request.url.startsWith('/v1/bots/')) void reply.code(403).send()
  else
    void reply
      .code(status)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify(problemOf(code, request.id, issues)))
}
