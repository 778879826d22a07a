import {
  And,
  type FindOptionsWhere,
  In,
  IsNull,
  LessThanOrEqual,
  MoreThan,
  Not,
  type ObjectLiteral,
  Raw,
} from 'typeorm'
import { AdminAccountEntity } from '../../../src/accounts/admin-account.entity.js'
import {
  ABSOLUTE_MS,
  AdminSessionEntity,
  AHEAD_MS,
} from '../../../src/accounts/admin-session.entity.js'
import { AutomationTokenEntity } from '../../../src/accounts/automation-token.entity.js'
import { LoginThrottleEntity } from '../../../src/accounts/login-throttle.js'
import { SetupTokenEntity } from '../../../src/accounts/setup-token.entity.js'
import { BotCallbackEntity } from '../../../src/bots/storage/bot-callback.entity.js'
import { BotJobEntity } from '../../../src/bots/storage/bot-job.entity.js'
import { BotNoticeEntity } from '../../../src/bots/storage/bot-notice.entity.js'
import { DAY, HOUR } from '../../../src/core/time.js'
import type { Retention } from '../../../src/database/retentions.js'
import { CardEntity, CardViewerEntity } from '../../../src/members/cards/card.entity.js'
import { IdempotencyEntity } from '../../../src/members/cards/idempotency.repository.js'
import { OpeningEntity, ProofEntity } from '../../../src/members/openings/opening.entity.js'
import { SESSION_MS, SessionEntity } from '../../../src/members/sessions/session.entity.js'
import { ViewerKeysEntity } from '../../../src/members/sessions/viewer-keys.entity.js'
import { ShareEntity } from '../../../src/members/shares/share.entity.js'
import { AccessTokenEntity } from '../../../src/platforms/tokens/access-token.entity.js'
import { LONGEST_LIFE_MS } from '../../../src/platforms/tokens/token-source.js'

/** Half of the promised day, so that a service that stood still for hours keeps the promise. */
export const CONTENT_MS = 12 * HOUR

type Where = FindOptionsWhere<ObjectLiteral>

/** What becomes of the rows of a table that have served a purpose. */
export interface RetentionRule {
  /** For the metric and the test. */
  readonly name: string
  /** The word at the columns that this rule keeps. */
  readonly retention: Retention
  readonly entity: new () => ObjectLiteral
  /** Rows that are due; several are alternatives. */
  readonly due: (now: number) => Where[]
  /** What their columns become; without it the rows are deleted. */
  readonly empty?: Readonly<Record<string, null>>
  /** Emptied in one transaction with an audit entry of this kind for each row. */
  readonly audited?: string
}

/** Due for `ms` milliseconds. */
const past = (now: number, ms: number) => LessThanOrEqual(now - ms)

/** Later than anything that lives for `ms` can end, by any two clocks: written while a clock was ahead, it would stay. */
const beyond = (now: number, ms: number) => MoreThan(now + ms + DAY)

/** The column names a card that nobody can open, now or by sharing it again. */
const noOpenCard = (now: number) =>
  Raw(
    (column) =>
      `NOT EXISTS (SELECT 1 FROM cards WHERE cards.id = ${column} AND cards.revoked_at IS NULL
        AND (cards.expires_at IS NULL OR cards.expires_at > :now))`,
    { now },
  )

/** No share is left whose verify window closes when the column says. */
const noShareEnding = () =>
  Raw((column) => `NOT EXISTS (SELECT 1 FROM shares WHERE shares.verify_until = ${column})`)

/** In the order they run. Each rule is done by one statement that looks again, so two processes do no harm. */
export const retentionRules: readonly RetentionRule[] = [
  {
    name: 'content',
    retention: 'content',
    entity: CardEntity,
    due: (now) => [
      { sealedBody: Not(IsNull()), revokedAt: past(now, CONTENT_MS) },
      { sealedBody: Not(IsNull()), expiresAt: past(now, CONTENT_MS) },
    ],
    empty: { sealedTitle: null, sealedBody: null },
    audited: 'card.erase',
  },
  {
    name: 'declared_values',
    retention: 'declared',
    entity: ShareEntity,
    due: (now) => [{ shareUntil: past(now, 0), sealedValue: Not(IsNull()) }],
    empty: { sealedValue: null },
  },
  {
    // Previous keys have minutes, not days: PreviousKeys erases them.
    name: 'session_keys',
    retention: 'sessionKey',
    entity: ViewerKeysEntity,
    due: (now) => [{ expiresAt: past(now, 0) }, { expiresAt: beyond(now, SESSION_MS) }],
  },
  {
    name: 'sessions',
    retention: 'session',
    entity: SessionEntity,
    due: (now) => [{ expiresAt: past(now, 0) }, { expiresAt: beyond(now, SESSION_MS) }],
  },
  {
    name: 'idempotency_keys',
    retention: 'idempotency',
    entity: IdempotencyEntity,
    due: (now) => [{ createdAt: past(now, 48 * HOUR) }],
  },
  {
    // Replies hold titles of cards. Without them a repeated callback is still recognised, and gets an empty reply.
    name: 'bot_replies',
    retention: 'chat',
    entity: BotCallbackEntity,
    due: (now) => [{ at: past(now, CONTENT_MS), sealedReply: Not(IsNull()) }],
    empty: { sealedReply: null, person: null },
  },
  {
    name: 'bot_callbacks',
    retention: 'idempotency',
    entity: BotCallbackEntity,
    due: (now) => [{ at: past(now, 48 * HOUR) }],
  },
  {
    // However it is delivered: an answer may be an hour old at most.
    name: 'bot_finished_jobs',
    retention: 'chat',
    entity: BotJobEntity,
    due: (now) => [{ createdAt: past(now, CONTENT_MS), state: In(['done', 'failed']) }],
  },
  {
    name: 'bot_jobs',
    retention: 'idempotency',
    entity: BotJobEntity,
    due: (now) => [{ createdAt: past(now, 48 * HOUR) }],
  },
  {
    name: 'bot_notices',
    retention: 'idempotency',
    entity: BotNoticeEntity,
    due: (now) => [{ createdAt: past(now, 48 * HOUR) }],
  },
  {
    name: 'access_tokens',
    retention: 'token',
    entity: AccessTokenEntity,
    due: (now) => [
      { expiresAt: past(now, 0), envelope: Not(IsNull()) },
      { expiresAt: beyond(now, LONGEST_LIFE_MS), envelope: Not(IsNull()) },
    ],
    empty: { envelope: null },
  },
  {
    // A share whose verify window closed is told so for a while, then it is unknown.
    name: 'shares',
    retention: 'share',
    entity: ShareEntity,
    due: (now) => [{ verifyUntil: past(now, 30 * DAY) }],
  },
  {
    // Never before its share, whatever the clock that said so: without the share no proof is accepted, and with it a
    // used one must be known for as long as any clock may still be inside the window.
    name: 'proofs',
    retention: 'proof',
    entity: ProofEntity,
    due: (now) => [{ expiresAt: And(past(now, 31 * DAY), noShareEnding()) }],
  },
  {
    // Rejected ones count against the limits for an hour at most.
    name: 'openings',
    retention: 'opening',
    entity: OpeningEntity,
    due: (now) => [{ at: past(now, 180 * DAY) }],
  },
  {
    name: 'rosters',
    retention: 'roster',
    entity: CardViewerEntity,
    due: (now) => [{ lastAt: past(now, 180 * DAY), cardId: noOpenCard(now) }],
  },
  {
    // A card that had long expired when it was made stays until its Idempotency-Key is gone for certain: whoever
    // repeats the request is answered with it.
    name: 'cards',
    retention: 'card',
    entity: CardEntity,
    due: (now) => [
      { createdAt: past(now, 3 * DAY), revokedAt: past(now, 180 * DAY) },
      { createdAt: past(now, 3 * DAY), expiresAt: past(now, 180 * DAY) },
    ],
  },
  {
    name: 'admin_sessions',
    retention: 'adminSession',
    entity: AdminSessionEntity,
    due: (now) => [
      { createdAt: past(now, ABSOLUTE_MS) },
      { endedAt: Not(IsNull()) },
      // Of a clock that was ahead: see AHEAD_MS. Left lying, it would count again once it is that late.
      { createdAt: MoreThan(now + AHEAD_MS) },
      { seenAt: MoreThan(now + AHEAD_MS) },
    ],
  },
  {
    name: 'admin_setup_tokens',
    retention: 'adminSetup',
    entity: SetupTokenEntity,
    due: (now) => [{ expiresAt: past(now, 0) }],
  },
  {
    name: 'admin_login_lanes',
    retention: 'adminLane',
    entity: LoginThrottleEntity,
    due: (now) => [{ lastAt: past(now, DAY) }],
  },
  {
    name: 'automation_tokens',
    retention: 'automationToken',
    entity: AutomationTokenEntity,
    due: (now) => [{ expiresAt: past(now, 180 * DAY) }, { revokedAt: past(now, 180 * DAY) }],
  },
  {
    name: 'admin_accounts',
    retention: 'adminAccount',
    entity: AdminAccountEntity,
    due: (now) => [{ disabledAt: past(now, 180 * DAY) }],
    audited: 'admin.delete',
  },
]
