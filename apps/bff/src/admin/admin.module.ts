import { Module } from '@nestjs/common'
import { BotsModule } from '../bots/bots.module.js'
import { CONFIG, type Config } from '../core/config/config.js'
import { LifecycleModule } from '../lifecycle/lifecycle.module.js'
import { MembersModule } from '../members/members.module.js'
import { ActivityFeed } from './activity/activity-feed.js'
import { ActivityController } from './activity/activity.controller.js'
import { CardTimeline } from './activity/card-timeline.js'
import { OverviewService } from './activity/overview.js'
import { AppHealthService } from './apps/app-health.service.js'
import { AppController } from './apps/app.controller.js'
import { AdminPolicyController, ChangePolicy } from './card-rules/admin-policy.js'
import { ConsoleController, ConsoleFiles } from './console/console.controller.js'
import { PolicyHistory } from './card-rules/policy-history.js'
import { ExportController, ExportService } from './exports/exports.js'
import { AuditChains } from './lists/audit-chains.js'
import { AuditList } from './lists/audit-list.js'
import { AuditNames } from './lists/audit-names.js'
import { CardNames } from './lists/card-names.js'
import { CardDetail } from './lists/card-detail.js'
import { CardList, ReportedCard } from './lists/card-list.js'
import { CardRosterController } from './lists/card-roster.js'
import { KnownFilters } from './lists/known-filters.js'
import { ListController } from './lists/list.controller.js'
import { OpeningList } from './lists/opening-list.js'
import { RequestList, RequestListController } from './lists/request-list.js'
import { SessionList } from './lists/session-list.js'
import { TitleSearch } from './lists/title-search.js'
import { MaintenanceLease } from './maintenance/maintenance-lease.js'
import { MaintenanceController, MaintenanceService } from './maintenance/maintenance.js'
import { BlockController, Blocking } from './people/block.js'
import { OffboardController, Offboarding } from './people/offboarding.js'
import { PeopleController, PeopleService } from './people/people.js'
import { ViewerList, ViewerListController } from './people/viewer-list.js'
import { WatermarkController, Watermarks } from './people/watermarks.js'
import {
  CardRevocation,
  RevocationController,
  SessionRevocation,
} from './revocations/revocations.js'
import { ViewerLookup } from './revocations/viewer-lookup.js'
import { SystemController, SystemService } from './system/system.js'
import { CountEvents } from './stats/count-events.js'
import { DailyRollup } from './stats/daily-rollup.js'
import { StatsService } from './stats/stats.service.js'
import { WebhooksModule } from '../webhooks/webhooks.module.js'
import { WebhookController, WebhookList, WebhookTrial } from './webhooks/webhooks.js'

/** What administrators see and do. `accounts/` says who they are. */
@Module({
  imports: [MembersModule, BotsModule, WebhooksModule, LifecycleModule],
  // Nest matches in this order: a fixed path goes before a path with an id.
  controllers: [
    ExportController,
    ListController,
    ActivityController,
    AppController,
    SystemController,
    RevocationController,
    ViewerListController,
    PeopleController,
    BlockController,
    OffboardController,
    WatermarkController,
    CardRosterController,
    RequestListController,
    MaintenanceController,
    AdminPolicyController,
    ConsoleController,
    WebhookController,
  ],
  providers: [
    CardList,
    OpeningList,
    SessionList,
    AuditList,
    AuditNames,
    AuditChains,
    SystemService,
    PolicyHistory,
    ActivityFeed,
    CardTimeline,
    OverviewService,
    ReportedCard,
    TitleSearch,
    KnownFilters,
    CardDetail,
    CardNames,
    ViewerLookup,
    CardRevocation,
    SessionRevocation,
    PeopleService,
    ViewerList,
    Blocking,
    Offboarding,
    Watermarks,
    RequestList,
    AppHealthService,
    CountEvents,
    DailyRollup,
    StatsService,
    ExportService,
    MaintenanceLease,
    MaintenanceService,
    ChangePolicy,
    {
      provide: ConsoleFiles,
      useFactory: ({ console }: Config) => new ConsoleFiles(console),
      inject: [CONFIG],
    },
    WebhookList,
    WebhookTrial,
  ],
  exports: [MaintenanceLease],
})
export class AdminModule {}
