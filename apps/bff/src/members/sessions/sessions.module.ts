import { Global, Module } from '@nestjs/common'
import { LoginExchange, LoginLimit, SessionService } from './session.service.js'
import { PreviousKeys, ViewerKeysRepository } from './viewer-keys.js'
import { SessionIdentity } from './session-identity.js'
import { SessionController } from './session.controller.js'
import { SessionRepository } from './session.repository.js'
import { ViewerLookups, ViewerRepository } from './viewer.repository.js'

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
