import { AdminAccountEntity } from '../accounts/admin-account.entity.js'
import { AdminSessionEntity } from '../accounts/admin-sessions.js'
import { AutomationTokenEntity } from '../accounts/automation-token.entity.js'
import { LoginThrottleEntity } from '../accounts/login-throttle.js'
import { SetupTokenEntity } from '../accounts/setup-tokens.js'
import { MaintenanceLeaseEntity } from '../admin/maintenance/maintenance-lease.js'
import { DayCountEntity, HourCountEntity } from '../admin/stats/counts.entities.js'
import {
  AuditChainEntity,
  AuditCheckpointEntity,
  AuditEntryEntity,
} from '../audit/audit.entities.js'
import { BotCallbackEntity } from '../bots/storage/bot-callback.entity.js'
import { BotJobEntity } from '../bots/storage/bot-job.entity.js'
import { BotNoticeCursorEntity } from '../bots/storage/bot-notice-cursors.js'
import { BotNoticeEntity } from '../bots/storage/bot-notice.entity.js'
import { BotPersonEntity } from '../bots/storage/bot-person.entity.js'
import { BotRefusalEntity } from '../bots/storage/bot-refusal.repository.js'
import { HashKeyEntity } from '../database/keyed-hash/hash-key.entity.js'
import {
  CardMakerEntity,
  CompanyPolicyEntity,
  CompanyPolicyVersionEntity,
} from '../members/card-rules/company-policy.entity.js'
import { CardEntity, CardViewerEntity } from '../members/cards/card.entity.js'
import { IdempotencyEntity } from '../members/cards/idempotent-cards.js'
import { DoctorRunEntity } from '../members/web-doctor/doctor-run.entity.js'
import { NoticeChoiceEntity } from '../members/notices/notice-choice.entity.js'
import { SubscriptionEntity } from '../members/notices/subscription.entity.js'
import { OpeningEntity, ProofEntity } from '../members/openings/opening.entity.js'
import { ReceiptKeyEntity } from '../members/receipts/receipt-key.entity.js'
import { AccessRequestEntity } from '../members/requests/access-request.entity.js'
import {
  CardPairEntity,
  SearchProgressEntity,
  ViewerPairEntity,
} from '../members/search/pair.entities.js'
import { BlockedPersonEntity } from '../members/sessions/blocked-person.entity.js'
import { SessionEntity } from '../members/sessions/session.entity.js'
import { ViewerKeysEntity } from '../members/sessions/viewer-keys.js'
import { ViewerEntity } from '../members/sessions/viewer.entity.js'
import { ShareEntity } from '../members/shares/share.entity.js'
import { WebhookDeliveryEntity } from '../webhooks/storage/delivery.entity.js'
import { WebhookExpiryEntity } from '../webhooks/storage/expiry.entity.js'
import { WebhookStateEntity } from '../webhooks/storage/state.entity.js'
import { WebLoginEntity } from '../members/web/web-login.entity.js'
import { AccessTokenEntity } from '../platforms/tokens/access-token.entity.js'
import { WebTicketEntity } from '../platforms/web-tickets/web-ticket.entity.js'

/** Every entity of the service. A new entity is added here. */
export const entities = [
  AccessTokenEntity,
  WebTicketEntity,
  HashKeyEntity,
  ViewerEntity,
  ViewerKeysEntity,
  BlockedPersonEntity,
  CardPairEntity,
  ViewerPairEntity,
  SearchProgressEntity,
  SessionEntity,
  WebLoginEntity,
  CardEntity,
  IdempotencyEntity,
  ShareEntity,
  OpeningEntity,
  ProofEntity,
  CardViewerEntity,
  AccessRequestEntity,
  SubscriptionEntity,
  NoticeChoiceEntity,
  ReceiptKeyEntity,
  DoctorRunEntity,
  AuditChainEntity,
  AuditEntryEntity,
  AuditCheckpointEntity,
  BotCallbackEntity,
  BotJobEntity,
  BotPersonEntity,
  BotNoticeEntity,
  BotNoticeCursorEntity,
  BotRefusalEntity,
  WebhookDeliveryEntity,
  WebhookStateEntity,
  WebhookExpiryEntity,
  CompanyPolicyEntity,
  CompanyPolicyVersionEntity,
  CardMakerEntity,
  DayCountEntity,
  HourCountEntity,
  MaintenanceLeaseEntity,
  AdminAccountEntity,
  AdminSessionEntity,
  AutomationTokenEntity,
  SetupTokenEntity,
  LoginThrottleEntity,
]
