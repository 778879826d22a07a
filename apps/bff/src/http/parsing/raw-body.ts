import { Injectable } from '@nestjs/common'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../../core/errors/api-error.js'
import { optionsOf } from '../access/route-options.js'

/**
 * `@Route(RAW_BODY)`: the controller gets the bytes of the body as they arrived, whatever the Content-Type. For signed
 * callbacks: the platform does not document their Content-Type, and nothing is parsed before it is verified.
 */
export const RAW_BODY = { rawBody: true } as const

const RAW_TYPE = 'application/x-sealcard-raw'
/** Room for the longest message of a platform, quoted and escaped; other bodies have a limit of their own. */
const MAX_BYTES = 262_144

export const wantsRawBody = (request: FastifyRequest): boolean =>
  optionsOf(request).rawBody === true

const verified = new WeakSet<FastifyRequest>()

/** Its signature holds: from now on an error is an error of ours. */
export const isVerified = (request: FastifyRequest): boolean => verified.has(request)
export const markVerified = (request: FastifyRequest): void => void verified.add(request)

/** Who answers for the requests whose bodies are raw. */
export interface RawBodyJudge {
  /** Before the body is read. @returns whether it is to be; otherwise the request was answered */
  mayRead(request: FastifyRequest, reply: FastifyReply): boolean
  /** The framework found something wrong with the body: answers it. */
  refuseUnreadable(request: FastifyRequest, reply: FastifyReply): void
}

/** Where the edge finds the judge of raw bodies. Without a judge, every raw body is refused. */
@Injectable()
export class RawBodies {
  judge: RawBodyJudge | undefined

  mayRead(request: FastifyRequest, reply: FastifyReply): boolean {
    if (this.judge) return this.judge.mayRead(request, reply)
    void reply.code(403).send()
    return false
  }

  refuseUnreadable(request: FastifyRequest, reply: FastifyReply): void {
    if (this.judge) this.judge.refuseUnreadable(request, reply)
    else void reply.code(403).send()
  }
}

/** All routes share this parser. A raw body for another route is refused like any type that the route does not take. */
export const acceptRawBodies = (fastify: FastifyInstance, bodies: RawBodies): void => {
  const options = { parseAs: 'buffer', bodyLimit: MAX_BYTES } as const
  fastify.addContentTypeParser(RAW_TYPE, options, async (request: FastifyRequest, body: Buffer) => {
    if (!wantsRawBody(request)) throw new ApiError('ERR_MEDIA_TYPE')
    return body
  })
  fastify.addHook('onRequest', (request, reply, done) => {
    if (wantsRawBody(request)) {
      // The judge has answered.
      if (!bodies.mayRead(request, reply)) return
      request.raw.headers['content-type'] = RAW_TYPE
    }
    done()
  })
}
