import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { PERMISSIONS, type Permission, ROLES } from '@sealcard/protocol'
import type { FastifyRequest } from 'fastify'
import type { AppConfig } from '../../core/config/config.js'

/** `app`: of a mini-program, by its bearer token. `web`: of a web page, by its cookie. Neither counts for the other. */
export type SessionKind = 'app' | 'web'

/** The member who calls. */
export interface Principal {
  readonly sessionId: string
  readonly kind: SessionKind
  /** When the session ends by itself; milliseconds UTC. */
  readonly expiresAt: number
  readonly viewerId: string
  readonly app: AppConfig
  /** The caller's network, for the audit; empty without a request that shows it. */
  readonly network?: string
  /** Who acts in the member's place, for the audit: `token:<id>` of an adopter's server. Absent: the member. */
  readonly by?: string
}

/** The reason of an entry of the audit: the words that there are, and who acted in the member's place. */
export const actReason = ({ by }: Principal, ...words: readonly (string | undefined)[]): string =>
  [...words, by].filter((word) => word !== undefined).join(' ')

const members = new WeakMap<FastifyRequest, Principal>()

export const setPrincipal = (request: FastifyRequest, principal: Principal) => {
  members.set(request, principal)
}

/** The caller, in a controller behind `@Authenticated()`. */
export const Me = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = members.get(context.switchToHttp().getRequest<FastifyRequest>())
  if (!principal) throw new TypeError('@Me() needs @Authenticated()')
  return principal
})

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

const administrators = new WeakMap<FastifyRequest, AdminPrincipal>()

export const setAdmin = (request: FastifyRequest, admin: AdminPrincipal) => {
  administrators.set(request, admin)
}

/** @throws TypeError when no guard asked who it is */
export const adminOf = (request: FastifyRequest): AdminPrincipal => {
  const admin = administrators.get(request)
  if (!admin) throw new TypeError('@Admin() needs an administrator’s @Rule()')
  return admin
}

/** The caller, in a controller under `/v1/admin`. */
export const Admin = createParamDecorator((_: unknown, context: ExecutionContext): AdminPrincipal =>
  adminOf(context.switchToHttp().getRequest<FastifyRequest>()),
)

/** The role of a token that an adopter’s server calls with. It is no administrator. */
export const SERVER = 'server'

/** An adopter’s server that calls, by an automation token that is bound to one app. */
export interface ServerPrincipal {
  /** As the audit names it: `token:<token id>`. */
  readonly actor: string
  readonly app: AppConfig
}

const servers = new WeakMap<FastifyRequest, ServerPrincipal>()

export const setServer = (request: FastifyRequest, server: ServerPrincipal) => {
  servers.set(request, server)
}

/** The caller, in a controller behind `@ForServers()`. */
export const Server = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const server = servers.get(context.switchToHttp().getRequest<FastifyRequest>())
  if (!server) throw new TypeError('@Server() needs @ForServers()')
  return server
})

export { PERMISSIONS, type Permission, ROLES }

export type Role = keyof typeof ROLES

/** What an automation token may be. */
export type TokenRole = Role | typeof SERVER

export const allows = (role: Role, permission: Permission): boolean =>
  (ROLES[role] as readonly Permission[]).includes(permission)
