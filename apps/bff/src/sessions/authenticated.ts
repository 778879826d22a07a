import { applyDecorators, UseGuards } from '@nestjs/common'
import { ApiBearerAuth } from '@nestjs/swagger'
import { Problems } from '../http/api-docs.js'
import { SessionGuard } from './session.guard.js'

/** The route needs a live session; the controller gets it by `@Me()`. */
export const Authenticated = () =>
  applyDecorators(UseGuards(SessionGuard), ApiBearerAuth(), Problems('ERR_SESSION'))
