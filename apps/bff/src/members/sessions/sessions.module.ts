import { Global, Module } from '@nestjs/common'
import { LoginExchange } from './login-exchange.js'
import { LoginLimit } from './login-limit.js'
import { PreviousKeys } from './previous-keys.service.js'
import { SessionIdentity } from './session-identity.js'
import { SessionController } from './session.controller.js'
import { SessionRepository } from './session.repository.js'
import { SessionService } from './session.service.js'
import { ViewerKeysRepository } from './viewer-keys.repository.js'
import { ViewerLookups } from './viewer-lookups.js'
import { ViewerRepository } from './viewer.repository.js'

/** Global, because every member's route asks its guard. */
@Global()
@Module({
  controllers: [SessionController],
  providers: [
    SessionService,
    LoginExchange,
    LoginLimit,
    SessionIdentity,
    SessionRepository,
    ViewerRepository,
    ViewerLookups,
    ViewerKeysRepository,
    PreviousKeys,
  ],
  exports: [
    SessionIdentity,
    SessionRepository,
    ViewerRepository,
    ViewerLookups,
    ViewerKeysRepository,
  ],
})
export class SessionsModule {}
