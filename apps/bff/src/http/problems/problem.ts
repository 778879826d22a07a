import {
  HttpException,
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  Injectable,
} from '@nestjs/common'
import { ERRORS, type ErrorCode, type Problem } from '@sealcard/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError, inputError, OverloadedError } from '../../core/errors/api-error.js'
import { DomainError } from '../../core/errors/domain-error.js'
import { isStorageUnavailable, StorageConfigError } from '../../database/storage-error.js'
import { RequestLog } from '../../observability/request-log.js'
import {
  LoginRejected,
  PlatformError,
  PlatformUnreachable,
} from '../../platforms/calls/platform-error.js'
import { isVerified, RawBodies, wantsRawBody } from '../parsing/raw-body.js'

/** Seconds after which a client may try a failed dependency again. */
const DEPENDENCY_RETRY = 5

/** @returns the same error where it is ours, else what it means to a client; the original stays as `cause` */
export const asApiError = (error: unknown): ApiError => {
  if (error instanceof ApiError) return error
  if (error instanceof DomainError) return new ApiError(error.code, { cause: error })

  if (error instanceof LoginRejected) return new ApiError('ERR_LOGIN_REJECTED', { cause: error })
  if (error instanceof PlatformError || error instanceof PlatformUnreachable) {
    return new ApiError('ERR_PLATFORM_UNAVAILABLE', { cause: error, retryAfter: DEPENDENCY_RETRY })
  }
  if (isStorageUnavailable(error) || error instanceof StorageConfigError) {
    return new ApiError('ERR_STORAGE_UNAVAILABLE', { cause: error, retryAfter: DEPENDENCY_RETRY })
  }
  const byStatus = frameworkStatus(error)
  if (byStatus === 413) return new ApiError('ERR_TOO_LARGE', { cause: error })
  if (byStatus === 415) return new ApiError('ERR_MEDIA_TYPE', { cause: error })
  // An over-long path names nothing that is there; a wrong method neither.
  if (byStatus === 404 || byStatus === 405 || byStatus === 414)
    return new ApiError('ERR_NOT_FOUND', { cause: error })
  if (byStatus !== undefined && byStatus >= 400 && byStatus < 500)
    return inputError('request', 'is malformed')
  return new ApiError('ERR_INTERNAL', { cause: error })
}

/** The status that Fastify or Nest gave an error of their own. */
const frameworkStatus = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus()
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}

/** The document of RFC 9457. Member order is fixed, so that equal refusals are equal bytes. */
export const problemOf = (
  code: ErrorCode,
  requestId: string,
  issues?: ApiError['issues'],
  limit?: ApiError['limit'],
): Problem => {
  const { status, title } = ERRORS[code]
  return {
    type: `urn:sealcard:error:${code}`,
    title,
    status,
    code,
    requestId,
    ...(limit && { limit }),
    ...(issues && { issues: [...issues] }),
  }
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** The last-resort handler: every error of every layer leaves through here, as a problem document. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: RequestLog,
    private readonly rawBodies: RawBodies,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    this.send(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>())
  }

  send(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = asApiError(error)
    // In a flood a line of its own for each would be work added to what is too much already.
    if (problem.status >= 500 && !(problem instanceof OverloadedError))
      this.log.failed(request, problem)
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy()
      return
    }
    // A refused callback always gets the same answer, also when the framework refuses it before the signature check.
    if (problem.status < 500 && wantsRawBody(request) && !isVerified(request)) {
      this.rawBodies.refuseUnreadable(request, reply)
      return
    }
    if (problem.retryAfter !== undefined) {
      void reply.header('Retry-After', String(Math.max(1, Math.ceil(problem.retryAfter))))
    }
    void reply
      .code(problem.status)
      .type(PROBLEM_TYPE)
      .header('X-Request-Id', request.id)
      .send(problemOf(problem.code, request.id, problem.issues, problem.limit))
  }
}
