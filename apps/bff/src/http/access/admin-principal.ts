import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Role } from './roles.js'

/** The actor of SEALCARD_ADMIN_TOKEN. */
export const MACHINE = 'token:env'

/** The administrator who calls: a person with an account, or an automation token. */
export interface AdminPrincipal {
  /** As the audit names it: `admin:<account id>` or `token:<token id>`; `token:env` is SEALCARD_ADMIN_TOKEN. */
  readonly actor: string
  readonly role: Role
  /** Where the request came from: an IP address, by the rules for trusted proxies. */
  readonly address: string
  /** Only a person: which login, of whom. */
  readonly login?: AdminLogin
  /** Only an automation token. */
  readonly token?: AdminToken
}

export interface AdminLogin {
  readonly sessionId: string
  readonly accountId: string
  readonly name: string
  /** Whether the account has its second factor. */
  readonly enrolled: boolean
  /** When it ends at the latest, ms UTC. */
  readonly endsAt: number
}

export interface AdminToken {
  readonly name: string
  /** ms UTC; null for SEALCARD_ADMIN_TOKEN. */
  readonly endsAt: number | null
}

const principals = new WeakMap<FastifyRequest, AdminPrincipal>()

export const setAdmin = (request: FastifyRequest, admin: AdminPrincipal) => {
  principals.set(request, admin)
}

/** The caller, in a controller under `/v1/admin`. */
export const Admin = createParamDecorator(
  (_: unknown, context: ExecutionContext): AdminPrincipal => {
    const admin = principals.get(context.switchToHttp().getRequest<FastifyRequest>())
    if (!admin) throw new TypeError('@Admin() needs an administrator’s @Rule()')
    return admin
  },
)
