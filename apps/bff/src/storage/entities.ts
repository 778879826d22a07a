import { AdminAccountEntity } from '../accounts/admin-account.entity.js'
import { AdminSessionEntity } from '../accounts/admin-session.entity.js'
import { AutomationTokenEntity } from '../accounts/automation-token.entity.js'
import { LoginLaneEntity } from '../accounts/login-lane.entity.js'
import { SetupTokenEntity } from '../accounts/setup-token.entity.js'
import { CardMakerEntity } from '../policy/card-maker.entity.js'
import { CompanyPolicyEntity } from '../policy/company-policy.entity.js'
import { DayCountEntity } from '../admin/stats/day-count.entity.js'
import { HourCountEntity } from '../admin/stats/hour-count.entity.js'
import { WorkLeaseEntity } from '../admin/work/work-lease.entity.js'
import { AuditChainEntity } from '../audit/audit-chain.entity.js'
import { AuditCheckpointEntity } from '../audit/audit-checkpoint.entity.js'
import { AuditEntryEntity } from '../audit/audit-entry.entity.js'
import { BotCallbackEntity } from '../bots/storage/bot-callback.entity.js'
import { BotJobEntity } from '../bots/storage/bot-job.entity.js'
import { BotNoticeEntity } from '../bots/storage/bot-notice.entity.js'
import { BotNoticeCursorEntity } from '../bots/storage/bot-notice-cursor.entity.js'
import { BotPersonEntity } from '../bots/storage/bot-person.entity.js'
import { BotRefusalEntity } from '../bots/storage/bot-refusal.entity.js'
import { CardEntity } from '../cards/card.entity.js'
import { IdempotencyEntity } from '../cards/idempotency.entity.js'
import { CardViewerEntity } from '../openings/card-viewer.entity.js'
import { OpeningEntity } from '../openings/opening.entity.js'
import { ProofEntity } from '../openings/proof.entity.js'
import { PepperEntity } from '../pepper/pepper.entity.js'
import { AccessTokenEntity } from '../platforms/access-token.entity.js'
import { SessionEntity } from '../sessions/session.entity.js'
import { ViewerKeysEntity } from '../sessions/viewer-keys.entity.js'
import { ViewerEntity } from '../sessions/viewer.entity.js'
import { ShareEntity } from '../shares/share.entity.js'

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
