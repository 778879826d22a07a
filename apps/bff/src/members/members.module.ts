import { Module } from '@nestjs/common'
import { CONFIG, type Config } from '../core/config/config.js'
import { PageFiles } from '../http/pages/page-files.js'
import { CompanyPolicyService } from './card-rules/company-policy.service.js'
import { PolicyController } from './card-rules/policy.controller.js'
import { CardChanges } from './cards/card-changes.js'
import { CardContent } from './cards/card-content.js'
import { CardLists } from './cards/card-lists.js'
import { CardController } from './cards/card.controller.js'
import { CardRepository } from './cards/card.repository.js'
import { CardService } from './cards/card.service.js'
import { CardFactory, CreateCardService } from './cards/create-card.js'
import { IdempotencyRepository, IdempotentCards } from './cards/idempotent-cards.js'
import { TitleSearch } from './cards/title-search.js'
import { DoctorRuns } from './web-doctor/doctor-runs.js'
import { H5DoctorController } from './web-doctor/h5-doctor.controller.js'
import { MeController } from './names/me.controller.js'
import { NamePolicy } from './names/name-policy.js'
import { NameStore } from './names/name-store.js'
import { ChangeCardService } from './own-cards/change-card.js'
import { DeleteCardService } from './own-cards/delete-card.js'
import { OwnCardController } from './own-cards/own-card.controller.js'
import { OwnCardView } from './own-cards/own-card.view.js'
import { OwnName } from './names/own-name.js'
import { PlatformNames } from './names/platform-names.js'
import { ViewerViews } from './names/viewer-views.js'
import { MyNoticesService, NoticeChoices } from './notices/my-notices.js'
import { NoticeController } from './notices/notice.controller.js'
import { SubscriptionRepository } from './notices/subscription.repository.js'
import { Subscriptions } from './notices/subscriptions.js'
import { Acknowledgements } from './openings/acknowledgements.js'
import { GroupReader } from './openings/group-reader.js'
import { GroupWriter } from './openings/group-writer.js'
import { OPENING_LIMITS } from './openings/limit-traces.js'
import { OpeningJudge } from './openings/opening-judge.js'
import { OpeningStatusService } from './openings/opening-status.service.js'
import { OpeningController } from './openings/opening.controller.js'
import { OpeningRepository } from './openings/opening.repository.js'
import { OpeningService } from './openings/opening.service.js'
import { PageKeys } from './openings/page-keys.js'
import { ProofSources } from './openings/proof-sources.js'
import { ProofVerifier } from './openings/proof-verifier.js'
import { RefusalsService } from './openings/refusals.service.js'
import { RosterService } from './openings/roster.service.js'
import { ReceiptKeyController } from './receipts/receipt-key.controller.js'
import { ReceiptKeys } from './receipts/receipt-keys.js'
import { Receipts } from './receipts/receipts.js'
import { AccessRequestRepository } from './requests/access-request.repository.js'
import { AccessRequests, AskingService } from './requests/access-requests.js'
import { moveAsks } from './requests/asks-of-erased.js'
import { RequestNotes } from './requests/request-note.js'
import { RequestController } from './requests/request.controller.js'
import { SearchBackfill } from './backfill/search-backfill.js'
import { SearchIndex } from './search/search-index.js'
import { OwnedCards } from './servers/owned-cards.js'
import { ServerCards } from './servers/server-cards.js'
import { ServerOpenings } from './servers/server-openings.js'
import { ServerSessions } from './servers/server-sessions.js'
import { ServerController } from './servers/server.controller.js'
import { AFTER_LOGIN } from './sessions/after-login.js'
import { LIMIT_MOVES, type LimitMoves } from './sessions/limit-moves.js'
import { SessionIdentity } from './sessions/session-identity.js'
import { SessionController } from './sessions/session.controller.js'
import { SessionRepository } from './sessions/session.repository.js'
import { LoginGroups } from './sessions/login-groups.js'
import { LoginExchange, SessionService, SessionStart } from './sessions/session.service.js'
import { PreviousKeys, ViewerKeysRepository } from './sessions/viewer-keys.js'
import { ViewerLookups, ViewerRepository } from './sessions/viewer.repository.js'
import { ShareDeclarer, ShareViews } from './shares/declared-shares.js'
import { ShareLabels } from './shares/share-labels.js'
import { ShareStore, UsableShares } from './shares/share-store.js'
import { ShareController } from './shares/share.controller.js'
import { ShareRepository } from './shares/share.repository.js'
import { ShareService } from './shares/share.service.js'
import { PageController } from './web/page.controller.js'
import { SignatureController } from './web/signature.controller.js'
import { WebLoginController } from './web/web-login.controller.js'
import { WebLoginService } from './web/web-login.service.js'
import { WebLogins } from './web/web-logins.js'

/** A person who comes back after an erasure has the limits that they had. */
const allLimits: LimitMoves = {
  tables: [...OPENING_LIMITS.tables, 'access_requests'],
  async move(manager, move) {
    await OPENING_LIMITS.move(manager, move)
    await moveAsks(manager, move)
  },
}

/** What members do: log in, make cards, share and open them. */
@Module({
  controllers: [
    SessionController,
    MeController,
    CardController,
    OwnCardController,
    PolicyController,
    ShareController,
    OpeningController,
    RequestController,
    NoticeController,
    H5DoctorController,
    WebLoginController,
    SignatureController,
    PageController,
    ServerController,
    ReceiptKeyController,
  ],
  providers: [
    SessionService,
    LoginExchange,
    LoginGroups,
    SessionStart,
    WebLogins,
    WebLoginService,
    { provide: PageFiles, useFactory: ({ page }: Config) => new PageFiles(page), inject: [CONFIG] },
    SessionIdentity,
    SessionRepository,
    ViewerRepository,
    ViewerLookups,
    ViewerKeysRepository,
    PreviousKeys,
    NamePolicy,
    NameStore,
    OwnName,
    PlatformNames,
    ViewerViews,
    CompanyPolicyService,
    CardChanges,
    CardLists,
    TitleSearch,
    CardService,
    CardFactory,
    CreateCardService,
    IdempotentCards,
    OwnCardView,
    ChangeCardService,
    DeleteCardService,
    CardRepository,
    IdempotencyRepository,
    CardContent,
    ShareService,
    ShareDeclarer,
    ShareStore,
    ShareViews,
    ShareLabels,
    UsableShares,
    ShareRepository,
    OpeningService,
    OpeningStatusService,
    OpeningRepository,
    GroupReader,
    GroupWriter,
    OpeningJudge,
    PageKeys,
    Acknowledgements,
    ProofSources,
    ProofVerifier,
    RosterService,
    RefusalsService,
    SearchIndex,
    SearchBackfill,
    AskingService,
    AccessRequests,
    AccessRequestRepository,
    RequestNotes,
    Subscriptions,
    SubscriptionRepository,
    NoticeChoices,
    MyNoticesService,
    DoctorRuns,
    ReceiptKeys,
    Receipts,
    OwnedCards,
    ServerCards,
    ServerOpenings,
    ServerSessions,
    { provide: LIMIT_MOVES, useValue: allLimits },
    { provide: AFTER_LOGIN, useExisting: PlatformNames },
  ],
  exports: [
    ViewerRepository,
    ViewerViews,
    NamePolicy,
    CompanyPolicyService,
    CardChanges,
    CardRepository,
    CardLists,
    CardContent,
    ShareLabels,
    OpeningRepository,
    RequestNotes,
    NoticeChoices,
    RosterService,
    SubscriptionRepository,
    SearchIndex,
  ],
})
export class MembersModule {}
