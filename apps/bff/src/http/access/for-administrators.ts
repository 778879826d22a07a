import { applyDecorators } from '@nestjs/common'
import { ApiBearerAuth, ApiCookieAuth, ApiHeader } from '@nestjs/swagger'
import { Problems } from '../openapi/api-docs.js'
import type { Permission } from './roles.js'
import { Route } from './route-options.js'
import { Rule } from './rule.js'

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
