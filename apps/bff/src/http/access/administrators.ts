import { applyDecorators, Controller } from '@nestjs/common'
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger'
import { Problems } from '../openapi/api-docs.js'
import { Route } from './route-options.js'

/** A controller of what is administered. Each route says by `@Rule` which permission it needs. */
export const Administrators = () =>
  applyDecorators(
    Controller('v1/admin'),
    Route({ identity: 'administrator' }),
    ApiTags('Administrators'),
    ApiBearerAuth(),
    Problems('ERR_SESSION', 'ERR_FORBIDDEN'),
  )
