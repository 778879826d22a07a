import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PinoLogger } from 'nestjs-pino'
import type { ApiError } from '../core/errors/api-error.js'
import {
  PlatformError,
  PlatformUnreachable,
  seenAddress,
} from '../platforms/calls/platform-error.js'

/**
 * One line per request, but for probes and metrics: its id (nestjs-pino adds it as `requestId`), method, route *pattern*,
 * status and duration. The query, the headers and the body stay out: they hold tokens, codes and proofs. So does the path;
 * where no route matches, its words that are ours say what somebody, or a gateway, got wrong.
 */
@Injectable()
export class RequestLog {
  readonly #words = new Set<string>()

  constructor(private readonly logger: PinoLogger) {
    logger.setContext('http')
  }

  answered(request: FastifyRequest, reply: FastifyReply): void {
    this.logger.info(
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

  /** A route is there from now on. @param url its pattern */
  routed(url: string): void {
    for (const part of url.split('/')) if (/^[a-z]/.test(part)) this.#words.add(part)
  }

  #named({ method, routeOptions, raw }: FastifyRequest) {
    const { url } = routeOptions
    if (url !== undefined) return { method, route: url }
    return { method, route: 'unmatched', path: pathOf(raw.url ?? '', this.#words) }
  }

  jobFailed(job: string, error: unknown): void {
    this.logger.error({ job, err: withoutValues(error) }, 'job failed')
  }
}

const PATH = 200

/**
 * A path up to the query, also to one that was encoded. Of its parts only the words of our own routes are told: whatever
 * else somebody put there may be a secret, somebody's userid, or what a terminal obeys. `…` stands for it.
 */
export const pathOf = (url: string, words: ReadonlySet<string>): string =>
  url
    .slice(0, PATH)
    .replace(/(?:[?#]|%3f|%23).*$/is, '')
    .split('/')
    .map((part) => (part === '' || words.has(part.toLowerCase()) ? part : '…'))
    .join('/')

/** What a platform answered, or that it did not: to whom and to what. Where in the code that arose says nothing more. */
const ofPlatform = (error: unknown): object | undefined => {
  if (error instanceof PlatformError) {
    const { name: type, code, app, operation, errcode, errmsg, rid } = error
    return { type, code, app, operation, errcode, rid, address: seenAddress(errcode, errmsg) }
  }
  if (error instanceof PlatformUnreachable) {
    const { name: type, code, app, operation, reason, detail } = error
    return { type, code, app, operation, reason, detail }
  }
  return undefined
}

/**
 * What an error is and where it arose. TypeORM's QueryFailedError carries the parameters of the query, and drivers
 * quote values in their messages, so of an unknown error only name, code and the frames of its stack are logged.
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
