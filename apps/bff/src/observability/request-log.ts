import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PinoLogger } from 'nestjs-pino'
import type { ApiError } from '../core/errors/api-error.js'
import { PlatformError, PlatformUnreachable } from '../platforms/calls/platform-error.js'

/**
 * Logs one line per request, except for probes and metrics. The line has the id of the request,
 * method, route *pattern*, status and duration. The query, the headers and the body stay out: they hold tokens, codes and
 * proofs. The path stays out too. Where no route matches, the line has those words of the path that our routes have: they
 * show what a caller or a gateway got wrong.
 */
@Injectable()
export class RequestLog {
  readonly #words = new Set<string>()
  /**
   * Hides nothing: each field of such a line is named here, and none of them is secret. To look for what is to be hidden
   * takes three times as long as to write the line.
   */
  readonly #lines: PinoLogger['logger']

  constructor(private readonly logger: PinoLogger) {
    const context = 'http'
    logger.setContext(context)
    this.#lines = logger.logger.child({ context }, { redact: [] })
  }

  answered(request: FastifyRequest, reply: FastifyReply): void {
    this.#lines.info(
      { ...this.#named(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
  }

  failed(request: FastifyRequest, error: ApiError): void {
    this.logger.error(
      { ...this.#named(request), code: error.code, err: withoutValues(error.cause) },
      'failed',
    )
  }

  /** Adds a route. @param url its pattern */
  routed(url: string): void {
    for (const part of url.split('/')) if (/^[a-z]/.test(part)) this.#words.add(part)
  }

  #named({ id: requestId, method, routeOptions, raw }: FastifyRequest) {
    const { url } = routeOptions
    if (url !== undefined) return { requestId, method, route: url }
    return { requestId, method, route: 'unmatched', path: pathOf(raw.url ?? '', this.#words) }
  }
}

const PATH = 200

/**
 * A path up to the query, also up to an encoded one. Of its parts only the words of our own routes stay. Any other part
 * may be a secret, a userid, or what a terminal obeys: it becomes `…`.
 */
export const pathOf = (url: string, words: ReadonlySet<string>): string =>
  url
    .slice(0, PATH)
    .replace(/(?:[?#]|%3f|%23).*$/is, '')
    .split('/')
    .map((part) => (part === '' || words.has(part.toLowerCase()) ? part : '…'))
    .join('/')

/** What a platform answered, or why no answer came, with app and operation. A stack says nothing more. */
const ofPlatform = (error: unknown): object | undefined => {
  if (error instanceof PlatformError) {
    const { name: type, code, app, operation, errcode, rid, address } = error
    return { type, code, app, operation, errcode, rid, address }
  }
  if (error instanceof PlatformUnreachable) {
    const { name: type, code, app, operation, reason, detail } = error
    return { type, code, app, operation, reason, detail }
  }
  return undefined
}

/**
 * What an error is and where it arose. TypeORM's QueryFailedError carries the parameters of the query, and drivers quote
 * values in their messages. So of an unknown error only the name, the code and the frames of the stack are logged.
 */
export const withoutValues = (error: unknown): object => {
  if (!(error instanceof Error)) return { type: typeof error }
  const platform = ofPlatform(error)
  if (platform) return platform
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    at: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(error.cause instanceof Error ? { cause: withoutValues(error.cause) } : {}),
  }
}
