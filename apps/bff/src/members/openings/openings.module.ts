import { Global, Module } from '@nestjs/common'
import { CardsModule } from '../cards/cards.module.js'
import { MOVE_LIMITS } from '../sessions/limit-moves.js'
import { SharesModule } from '../shares/shares.module.js'
import { moveLimits } from './limit-traces.js'
import { GroupReader } from './group-reader.js'
import { GroupWriter } from './group-writer.js'
import { OpeningJudge } from './opening-judge.js'
import { OpeningStatusService } from './opening-status.service.js'
import { OpeningController } from './opening.controller.js'
import { OpeningRepository } from './opening.repository.js'
import { OpeningService } from './opening.service.js'
import { ProofSources } from './proof-sources.js'
import { ProofVerifier } from './proof-verifier.js'
import { RosterService } from './roster.service.js'

/** Global, because sessions, which come before, ask for `MOVE_LIMITS`. */
@Global()
@Module({
  imports: [CardsModule, SharesModule],
  controllers: [OpeningController],
  providers: [
    OpeningService,
    OpeningStatusService,
    OpeningRepository,
    GroupReader,
    GroupWriter,
    OpeningJudge,
    ProofSources,
    ProofVerifier,
    RosterService,
    { provide: MOVE_LIMITS, useValue: moveLimits },
  ],
  exports: [OpeningRepository, MOVE_LIMITS],
})
export class OpeningsModule {}
