import { AdminAccountEntity } from '../accounts/admin-account.entity.js'
import { AdminSessionEntity } from '../accounts/admin-session.entity.js'
import { AutomationTokenEntity } from '../accounts/automation-token.entity.js'
import { LoginLaneEntity } from '../accounts/login-lane.entity.js'
import { SetupTokenEntity } from '../accounts/setup-token.entity.js'
import { WorkLeaseEntity } from '../admin/maintenance/work-lease.entity.js'
import { DayCountEntity } from '../admin/stats/day-count.entity.js'
import { HourCountEntity } from '../admin/stats/hour-count.entity.js'
import { AuditChainEntity } from '../audit/audit-chain.entity.js'
import { AuditCheckpointEntity } from '../audit/audit-checkpoint.entity.js'
import { AuditEntryEntity } from '../audit/audit-entry.entity.js'
import { BotCallbackEntity } from '../bots/storage/bot-callback.entity.js'
import { BotJobEntity } from '../bots/storage/bot-job.entity.js'
import { BotNoticeCursorEntity } from '../bots/storage/bot-notice-cursor.entity.js'
import { BotNoticeEntity } from '../bots/storage/bot-notice.entity.js'
import { BotPersonEntity } from '../bots/storage/bot-person.entity.js'
import { BotRefusalEntity } from '../bots/storage/bot-refusal.entity.js'
import { PepperEntity } from '../database/keyed-hash/pepper.entity.js'
import { CardMakerEntity } from '../members/card-rules/card-maker.entity.js'
import { CompanyPolicyEntity } from '../members/card-rules/company-policy.entity.js'
import { CardViewerEntity } from '../members/cards/card-viewer.entity.js'
import { CardEntity } from '../members/cards/card.entity.js'
import { IdempotencyEntity } from '../members/cards/idempotency.entity.js'
import { OpeningEntity } from '../members/openings/opening.entity.js'
import { ProofEntity } from '../members/openings/proof.entity.js'
import { SessionEntity } from '../members/sessions/session.entity.js'
import { ViewerKeysEntity } from '../members/sessions/viewer-keys.entity.js'
import { ViewerEntity } from '../members/sessions/viewer.entity.js'
import { ShareEntity } from '../members/shares/share.entity.js'
import { AccessTokenEntity } from '../platforms/tokens/access-token.entity.js'

/** Every entity of the service; a capability adds its own here. */
export const entities = [
  AccessTokenEntity,
  PepperEntity,
  ViewerEntity,
  ViewerKeysEntity,
  SessionEntity,
  CardEntity,
  IdempotencyEntity,
  ShareEntity,
  OpeningEntity,
  ProofEntity,
  CardViewerEntity,
  AuditChainEntity,
  AuditEntryEntity,
  AuditCheckpointEntity,
  BotCallbackEntity,
  BotJobEntity,
  BotPersonEntity,
  BotNoticeEntity,
  BotNoticeCursorEntity,
  BotRefusalEntity,
  CompanyPolicyEntity,
  CardMakerEntity,
  DayCountEntity,
  HourCountEntity,
  WorkLeaseEntity,
  AdminAccountEntity,
  AdminSessionEntity,
  AutomationTokenEntity,
  SetupTokenEntity,
  LoginLaneEntity,
]
