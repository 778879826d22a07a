import { applyDecorators, UseGuards } from '@nestjs/common'
import { ApiBearerAuth } from '@nestjs/swagger'
import { Route } from '../../http/access/route-options.js'
import { Rule } from '../../http/access/rule.js'
import { Problems } from '../../http/openapi/api-docs.js'
import { SessionGuard } from './session.guard.js'

/** The route needs a live session; the controller gets it by `@Me()`. */
export const Authenticated = () =>
  applyDecorators(
    Rule('member'),
    Route({ identity: 'member' }),
    UseGuards(SessionGuard),
    ApiBearerAuth(),
    Problems('ERR_SESSION'),
  )
