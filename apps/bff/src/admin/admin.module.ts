import { Module } from '@nestjs/common'
import { CardsModule } from '../cards/cards.module.js'
import { AuditList } from './lists/audit-list.js'
import { CardList } from './lists/card-list.js'
import { ListController } from './lists/list.controller.js'
import { OpeningList } from './lists/opening-list.js'
import { ReportedCard } from './lists/reported-card.js'
import { SessionList } from './lists/session-list.js'

/** What administrators see and do. Who they are: see `access/` and `accounts/`. */
@Module({
  imports: [CardsModule],
  controllers: [ListController],
  providers: [CardList, OpeningList, SessionList, AuditList, ReportedCard],
})
export class AdminModule {}
