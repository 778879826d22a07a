import { applyDecorators, Controller } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { ApiBearerAuth, ApiCookieAuth, ApiHeader, ApiTags } from '@nestjs/swagger'
import { Problems } from '../openapi/api-docs.js'
import type { Permission } from './principals.js'
import { Route } from './route-options.js'

/**
 * Who may call a route. `anyone`: no identity needed. `member`: a live session of a viewer. `bot`: a callback signed
 * with the bot's keys. `server`: an automation token of that role, bound to an app. `administrator`: any live administrator,
 * whatever the role. Otherwise a permission, which the administrator's role must hold.
 */
export type AccessRule = 'anyone' | 'member' | 'bot' | 'server' | 'administrator' | Permission

/** On a controller or a route; the route's own counts. A route without a rule is refused, and a test says so. */
export const Rule = Reflector.createDecorator<AccessRule>()

export interface AdminRouteOptions {
  /** Whether an automation token may call it, too: not when it is about the caller's own account. Default: yes. */
  readonly tokens?: boolean
  /**
   * Whether automation tokens may call it. If not, SEALCARD_ADMIN_TOKEN is the only token that may: the operator of the
   * machine holds it. Default: yes.
   */
  readonly automation?: boolean
  /** Whether it is open to an account that has no second factor yet. Default: no. */
  readonly enrolling?: boolean
}

/** On a route for administrators: whom its rule does not mean, or means although they may do nothing else. */
export const AdminRoute = Reflector.createDecorator<AdminRouteOptions>()

/** The route is for administrators whom `rule` permits: its rule, and what the document says of them. */
export const ForAdministrators = (rule: Permission | 'administrator') =>
  applyDecorators(
    Rule(rule),
    Route({ identity: 'administrator' }),
    ApiBearerAuth(),
    ApiCookieAuth(),
    ApiHeader({
      name: 'X-CSRF-Token',
      required: false,
      description: 'With the cookie, for every method but GET: `csrf` of the login',
    }),
    Problems('ERR_SESSION', 'ERR_FORBIDDEN'),
  )

/** A controller of what is administered. Each route says by `@Rule` which permission it needs. */
export const Administrators = () =>
  applyDecorators(
    Controller('v1/admin'),
    Route({ identity: 'administrator' }),
    ApiTags('Administrators'),
    ApiBearerAuth(),
    Problems('ERR_SESSION', 'ERR_FORBIDDEN'),
  )

/** The route is for servers of an app's adopter; the controller gets the caller by `@Server()`. */
export const ForServers = () =>
  applyDecorators(
    Rule('server'),
    Route({ identity: 'server' }),
    ApiBearerAuth(),
    Problems('ERR_SESSION', 'ERR_FORBIDDEN'),
  )

/** The route needs a live session; the controller gets it by `@Me()`. */
export const Authenticated = () =>
  applyDecorators(
    Rule('member'),
    Route({ identity: 'member' }),
    ApiBearerAuth(),
    Problems('ERR_SESSION'),
  )
