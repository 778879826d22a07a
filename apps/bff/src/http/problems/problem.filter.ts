import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { OverloadedError } from '../../core/errors/api-error.js'
import { RequestLog } from '../../observability/request-log.js'
import { isVerified, RawBodies, wantsRawBody } from '../parsing/raw-body.js'
import { asApiError, problemOf } from './problem.js'

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
      .send(problemOf(problem.code, request.id, problem.issues))
  }
}
