import type { MigrationInterface } from 'typeorm'
import { AccessTokens1770000000000 } from './1770000000000-access-tokens.js'
import { Members1770000001000 } from './1770000001000-members.js'
import { ProofsByOpening1770000002000 } from './1770000002000-proofs-by-opening.js'
import { PreviousKeys1770000003000 } from './1770000003000-previous-keys.js'
import { Bots1770000004000 } from './1770000004000-bots.js'
import { Administrators1770000005000 } from './1770000005000-administrators.js'
import { Administration1770000006000 } from './1770000006000-administration.js'
import { AuditOfActors1770000007000 } from './1770000007000-audit-of-actors.js'
import { BotNotices1770000008000 } from './1770000008000-bot-notices.js'
import { HourCounts1770000009000 } from './1770000009000-hour-counts.js'
import { BotWordsOfPeople1770000010000 } from './1770000010000-bot-words-of-people.js'
import { SharesApart1770000011000 } from './1770000011000-shares-apart.js'
import { GiversOfSetups1770000021000 } from './1770000021000-givers-of-setups.js'
import { BotRefusals1770000023000 } from './1770000023000-bot-refusals.js'
import { SharesBySharer1770000027000 } from './1770000027000-shares-by-sharer.js'
import { Names1770000031000 } from './1770000031000-names.js'
import { WebTickets1770000040000 } from './1770000040000-web-tickets.js'
import { WebLogins1770000041000 } from './1770000041000-web-logins.js'
import { H5DoctorRuns1770000042000 } from './1770000042000-h5-doctor-runs.js'
import { RejectedOfSessions1770000051000 } from './1770000051000-rejected-of-sessions.js'
import { AccessRequests1795902203000 } from './1795902203000-access-requests.js'
import { NoticesOfMembers1795903172000 } from './1795903172000-notices-of-members.js'
import { LifeOfCards1795903778000 } from './1795903778000-life-of-cards.js'
import { BlockedPeople1795903900000 } from './1795903900000-blocked-people.js'
import { SearchPairs1795905000000 } from './1795905000000-search-pairs.js'
import { ServersOfAdopters1795915740000 } from './1795915740000-servers-of-adopters.js'
import { PolicyVersions1795916100000 } from './1795916100000-policy-versions.js'
import { Webhooks1795918400000 } from './1795918400000-webhooks.js'

/** In the order they run. A released migration never changes; add another. */
export const migrations: (new () => MigrationInterface)[] = [
  AccessTokens1770000000000,
  Members1770000001000,
  ProofsByOpening1770000002000,
  PreviousKeys1770000003000,
  Bots1770000004000,
  Administrators1770000005000,
  Administration1770000006000,
  AuditOfActors1770000007000,
  BotNotices1770000008000,
  HourCounts1770000009000,
  BotWordsOfPeople1770000010000,
  SharesApart1770000011000,
  GiversOfSetups1770000021000,
  BotRefusals1770000023000,
  SharesBySharer1770000027000,
  Names1770000031000,
  WebTickets1770000040000,
  WebLogins1770000041000,
  H5DoctorRuns1770000042000,
  RejectedOfSessions1770000051000,
  AccessRequests1795902203000,
  NoticesOfMembers1795903172000,
  LifeOfCards1795903778000,
  BlockedPeople1795903900000,
  SearchPairs1795905000000,
  ServersOfAdopters1795915740000,
  PolicyVersions1795916100000,
  Webhooks1795918400000,
]
