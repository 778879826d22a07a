import { Module } from '@nestjs/common'
import { CardsModule } from '../cards/cards.module.js'
import { SharesModule } from '../shares/shares.module.js'
import { EvidenceService } from './evidence.js'
import { Judgement } from './judgement.js'
import { OpeningRecorder } from './opening-recorder.js'
import { OpeningStatusService } from './opening-status.service.js'
import { OpeningController } from './opening.controller.js'
import { OpeningRepository } from './opening.repository.js'
import { OpeningService } from './opening.service.js'
import { RejectionLimits } from './rejection-limits.js'
import { RosterService } from './roster.service.js'
import { ViewClaim } from './view-claim.js'

@Module({
  imports: [CardsModule, SharesModule],
  controllers: [OpeningController],
  providers: [
    OpeningService,
    OpeningStatusService,
    OpeningRepository,
    OpeningRecorder,
    EvidenceService,
    Judgement,
    RejectionLimits,
    RosterService,
    ViewClaim,
  ],
  exports: [OpeningRepository],
})
export class OpeningsModule {}
