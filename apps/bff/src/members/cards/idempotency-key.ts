import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { IdempotencyKey } from '@sealcard/protocol'
import type { FastifyRequest } from 'fastify'
import { check } from '../../http/parsing/validation.js'

/** The `Idempotency-Key` header; undefined where the client sent none. A header sent twice is refused. */
export const IdempotencyKeyHeader = createParamDecorator(
  (_: unknown, context: ExecutionContext) => {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>()
    return check(IdempotencyKey.optional(), headers['idempotency-key'], 'Idempotency-Key')
  },
)
