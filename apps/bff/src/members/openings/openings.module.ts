import { Global, Module } from '@nestjs/common'
import { CardsModule } from '../cards/cards.module.js'
import { MOVE_LIMITS } from '../sessions/move-limits.js'
import { SharesModule } from '../shares/shares.module.js'
import { moveLimits } from './limit-traces.js'
import { OpeningDecider } from './opening-decider.js'
import { OpeningRecorder } from './opening-recorder.js'
import { OpeningStatusService } from './opening-status.service.js'
import { OpeningController } from './opening.controller.js'
import { OpeningRepository } from './opening.repository.js'
import { OpeningService } from './opening.service.js'
import { ProofVerifier } from './proof-verifier.js'
import { RejectionLimits } from './rejection-limits.js'
import { RosterService } from './roster.service.js'
import { ViewClaim } from './view-claim.js'

/** Global, because sessions, which come before, ask for `MOVE_LIMITS`. */
@Global()
@Module({
  imports: [CardsModule, SharesModule],
  controllers: [OpeningController],
  providers: [
    OpeningService,
    OpeningStatusService,
    OpeningRepository,
    OpeningRecorder,
    ProofVerifier,
    OpeningDecider,
    RejectionLimits,
    RosterService,
    ViewClaim,
    { provide: MOVE_LIMITS, useValue: moveLimits },
  ],
  exports: [OpeningRepository, MOVE_LIMITS],
})
export class OpeningsModule {}
