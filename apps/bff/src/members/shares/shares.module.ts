import { Module } from '@nestjs/common'
import { CardsModule } from '../cards/cards.module.js'
import { ShareDeclarer } from './share-declarer.js'
import { ShareStore } from './share-store.js'
import { ShareViews } from './share-views.js'
import { ShareController } from './share.controller.js'
import { ShareRepository } from './share.repository.js'
import { ShareService } from './share.service.js'
import { UsableShares } from './usable-shares.js'

@Module({
  imports: [CardsModule],
  controllers: [ShareController],
  providers: [ShareService, ShareDeclarer, ShareStore, ShareViews, UsableShares, ShareRepository],
  exports: [ShareRepository],
})
export class SharesModule {}
