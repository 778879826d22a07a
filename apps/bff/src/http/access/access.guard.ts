import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import { ApiError } from '../../core/errors/api-error.js'
import { type AccessRule, AdminRoute, type AdminRouteOptions, Rule } from './decorators.js'
import { Identities } from './identities.js'
import { MACHINE, adminOf, allows, type Permission } from './principals.js'

/** Holds every route to its rule. A route without a rule refuses every request. */
@Injectable()
export class AccessGuard implements CanActivate {
  /** By method and class: to read metadata for each request costs more than to judge it. */
  readonly #rules = new WeakMap<object, WeakMap<object, RouteRule>>()

  constructor(
    private readonly reflector: Reflector,
    private readonly identities: Identities,
  ) {}

  /** Makes a promise only where somebody must be asked. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { rule, options } = this.#ruleOf(context)
    if (rule === undefined) throw new TypeError('a route without a rule')
    if (rule === 'anyone' || rule === 'bot') return true
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    if (rule === 'server') return this.identities.ask(rule, request).then(() => true)
    if (rule !== 'member') return this.#admits(rule, options, request)
    return (
      this.identities.isJustFound(request) ||
      this.identities.ask('member', request).then(() => true)
    )
  }

  async #admits(
    rule: 'administrator' | Permission,
    { tokens = true, automation = true, enrolling = false }: AdminRouteOptions,
    request: FastifyRequest,
  ): Promise<true> {
    await this.identities.ask('administrator', request)
    const admin = adminOf(request)
    const called = admin.actor === MACHINE ? tokens : tokens && automation
    if (admin.login ? !admin.login.enrolled && !enrolling : !called)
      throw new ApiError('ERR_FORBIDDEN')
    if (rule !== 'administrator' && !allows(admin.role, rule)) throw new ApiError('ERR_FORBIDDEN')
    return true
  }

  #ruleOf(context: ExecutionContext): RouteRule {
    const [handler, controller] = [context.getHandler(), context.getClass()]
    const known = this.#rules.get(handler)?.get(controller)
    if (known) return known
    const places = [handler, controller]
    const rule = this.reflector.getAllAndOverride(Rule, places) as AccessRule | undefined
    const options = this.reflector.getAllAndOverride(AdminRoute, places) as
      AdminRouteOptions | undefined
    const found: RouteRule = { rule, options: options ?? {} }
    const ofHandler = this.#rules.get(handler) ?? new WeakMap<object, RouteRule>()
    this.#rules.set(handler, ofHandler.set(controller, found))
    return found
  }
}

interface RouteRule {
  readonly rule: AccessRule | undefined
  readonly options: AdminRouteOptions
}
