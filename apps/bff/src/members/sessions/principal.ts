import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { AppConfig } from '../../core/config/config.js'

/** Who is calling. */
export interface Principal {
  readonly sessionId: string
  readonly viewerId: string
  readonly app: AppConfig
  /** From which network, for the audit; empty where no request tells. */
  readonly network?: string
}

const principals = new WeakMap<FastifyRequest, Principal>()

export const setPrincipal = (request: FastifyRequest, principal: Principal) => {
  principals.set(request, principal)
}

/** The caller, in a controller behind `@Authenticated()`. */
export const Me = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = principals.get(context.switchToHttp().getRequest<FastifyRequest>())
  if (!principal) throw new TypeError('@Me() needs @Authenticated()')
  return principal
})
