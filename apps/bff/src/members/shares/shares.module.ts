import { Module } from '@nestjs/common'
import { CardsModule } from '../cards/cards.module.js'
import { ShareDeclarer, ShareViews } from './declared-shares.js'
import { ShareStore, UsableShares } from './share-store.js'
import { ShareController } from './share.controller.js'
import { ShareRepository } from './share.repository.js'
import { ShareService } from './share.service.js'

@Module({
  imports: [CardsModule],
  controllers: [ShareController],
  providers: [ShareService, ShareDeclarer, ShareStore, ShareViews, UsableShares, ShareRepository],
  exports: [ShareRepository],
})
export class SharesModule {}
