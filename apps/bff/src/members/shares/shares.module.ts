import { Module } from '@nestjs/common'
import { CardsModule } from '../cards/cards.module.js'
import { ShareController } from './share.controller.js'
import { ShareRepository } from './share.repository.js'
import { ShareService } from './share.service.js'

@Module({
  imports: [CardsModule],
  controllers: [ShareController],
  providers: [ShareService, ShareRepository],
  exports: [ShareRepository],
})
export class SharesModule {}
