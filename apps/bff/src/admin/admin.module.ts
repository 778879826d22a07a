import { Module } from '@nestjs/common'
import { BotsModule } from '../bots/bots.module.js'
import { CardsModule } from '../cards/cards.module.js'
import { PrivacyModule } from '../privacy/privacy.module.js'
import { ActController } from './acts/act.controller.js'
import { CardRevocation } from './acts/card-revocation.js'
import { KnownPerson } from './acts/known-person.js'
import { SessionRevocation } from './acts/session-revocation.js'
import { AppController } from './apps/app.controller.js'
import { AppHealthService } from './apps/app-health.service.js'
import { ExportController } from './exports/export.controller.js'
import { ExportService } from './exports/export.service.js'
import { AuditList } from './lists/audit-list.js'
import { CardDetail } from './lists/card-detail.js'
import { CardList } from './lists/card-list.js'
import { ListController } from './lists/list.controller.js'
import { OpeningList } from './lists/opening-list.js'
import { ReportedCard } from './lists/reported-card.js'
import { SessionList } from './lists/session-list.js'
import { PeopleController } from './people/people.controller.js'
import { PeopleService } from './people/people.service.js'
import { CountEvents } from './stats/count-events.js'
import { DayFold } from './stats/day-fold.js'
import { StatsService } from './stats/stats.service.js'
import { WorkController } from './work/work.controller.js'
import { WorkLease } from './work/work-lease.js'
import { WorkService } from './work/work.service.js'

/** What administrators see and do. Who they are: see `access/` and `accounts/`. */
@Module({
  imports: [CardsModule, BotsModule, PrivacyModule],
  // A fixed path goes before one with an id in its place.
  controllers: [
    ExportController,
    ListController,
    AppController,
    ActController,
    PeopleController,
    WorkController,
  ],
  providers: [
    CardList,
    OpeningList,
    SessionList,
    AuditList,
    ReportedCard,
    CardDetail,
    KnownPerson,
    CardRevocation,
    SessionRevocation,
    PeopleService,
    AppHealthService,
    CountEvents,
    DayFold,
    StatsService,
    ExportService,
    WorkLease,
    WorkService,
  ],
  exports: [DayFold],
})
export class AdminModule {}
