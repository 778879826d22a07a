import { applyDecorators, UseGuards } from '@nestjs/common'
import { ApiBearerAuth } from '@nestjs/swagger'
import { Rule } from '../access/rule.js'
import { Problems } from '../http/api-docs.js'
import { Route } from '../http/route-options.js'
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
