import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import { ApiError } from '../core/errors/api-error.js'
import { MACHINE, setAdmin } from '../http/access/admin-principal.js'
import { Callers } from '../http/access/callers.js'
import { allows } from '../http/access/roles.js'
import { Rule } from '../http/access/rule.js'
import { AdminIdentity } from './admin-identity.js'

/** Holds every route to its rule; without one, nobody gets in. Members are judged by `SessionGuard`. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly identity: AdminIdentity,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()]
    const rule = this.reflector.getAllAndOverride(Rule, places)
    if (rule === undefined) throw new TypeError('a route without a rule')
    if (rule === 'anyone' || rule === 'member' || rule === 'bot') return true
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const admin = await this.identity.identify(request)
    const {
      tokens = true,
      automation = true,
      enrolling = false,
    } = this.reflector.getAllAndOverride(Callers, places) ?? {}
    const called = admin.actor === MACHINE ? tokens : tokens && automation
    if (admin.login ? !admin.login.enrolled && !enrolling : !called) {
      throw new ApiError('ERR_FORBIDDEN')
    }
    if (rule !== 'administrator' && !allows(admin.role, rule)) throw new ApiError('ERR_FORBIDDEN')
    setAdmin(request, admin)
    return true
  }
}
