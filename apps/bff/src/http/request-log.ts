import { Injectable } from '@nestjs/common'
import { PinoLogger } from 'nestjs-pino'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PlatformError, PlatformUnreachable } from '../platforms/platform-error.js'
import { seenAddress } from '../platforms/seen-address.js'
import type { ApiError } from './api-error.js'

/**
 * One line per request, but for probes and metrics: its id (nestjs-pino adds it as `requestId`), method, route *pattern*,
 * status and duration. The query, the headers and the body stay out: they hold tokens, codes and proofs. So does the path,
 * unless no route matches it: then it is all that says what somebody, or a gateway, got wrong.
 */
@Injectable()
export class RequestLog {
  constructor(private readonly logger: PinoLogger) {
    logger.setContext('http')
  }

  answered(request: FastifyRequest, reply: FastifyReply): void {
    this.logger.info(
      { ...named(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
  }

  failed(request: FastifyRequest, error: ApiError): void {
    this.logger.error(
      { ...named(request), code: error.code, err: withoutValues(error.cause) },
      'failed',
    )
  }

  jobFailed(job: string, error: unknown): void {
    this.logger.error({ job, err: withoutValues(error) }, 'job failed')
  }
}

const named = ({ method, routeOptions, raw }: FastifyRequest) =>
  routeOptions.url === undefined
    ? { method, route: 'unmatched', path: pathOf(raw.url ?? '') }
    : { method, route: routeOptions.url }

const PATH = 200

/** Up to the query, also to one that was encoded; nothing that a terminal obeys; nothing as long as a token of ours. */
export const pathOf = (url: string): string => {
  const path = url
    .slice(0, 4 * PATH)
    .replace(/(?:[?#]|%3f|%23).*$/is, '')
    .replace(/[^\x21-\x7e]/gu, (sign) => encodeURIComponent(sign.toWellFormed()))
    .replace(/[\w-]{40,}/g, '…')
  return path.length > PATH ? `${path.slice(0, PATH)}…` : path
}

/** What a platform answered, or that it did not: to whom and to what. Where in the code that arose says nothing more. */
function ofPlatform(error: unknown): object | undefined {
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
export function withoutValues(error: unknown): object {
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
