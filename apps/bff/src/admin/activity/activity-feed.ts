import { Injectable } from '@nestjs/common'
import {
  type ActKind,
  type Activity,
  type ActivityPage,
  type ListActivity,
  OPENING_REASONS,
} from '@sealcard/protocol'
import { AuditEntryEntity } from '../../audit/audit.entities.js'
import { wireTime } from '../../core/time.js'
import { AuditList } from '../lists/audit-list.js'
import { AuditNames } from '../lists/audit-names.js'

/** What the feed tells: acts on cards and people. The rest of the audit needs the permission `audit`. */
const TOLD: readonly ActKind[] = [
  'opening',
  'opening.acknowledge',
  'card.create',
  'card.change',
  'card.delete',
  'card.extend',
  'card.revoke',
  'share.create',
  'access.request',
  'viewer.block',
  'viewer.unblock',
  'viewer.revoke_cards',
  'viewer.offboard',
  'session.revoke',
]

/** Lines of audit entries. Words that an administrator typed stay in the audit. */
@Injectable()
export class ActivityFeed {
  constructor(
    private readonly audit: AuditList,
    private readonly names: AuditNames,
  ) {}

  async page({ limit, cursor }: ListActivity): Promise<ActivityPage> {
    const list = 'admin.activity'
    const { entries, nextCursor } = await this.audit.entries(
      list,
      { kinds: TOLD },
      { limit, cursor },
    )
    return { items: await this.lines(entries), nextCursor }
  }

  async lines(entries: readonly AuditEntryEntity[]): Promise<Activity[]> {
    const named = await this.names.of(entries.flatMap(({ actor, subject }) => [actor, subject]))
    return entries.map((entry) => ({
      id: `${entry.chainId}:${entry.seq}`,
      at: wireTime(entry.at),
      kind: entry.kind,
      decision: entry.decision,
      by: named(entry.actor),
      about: named(entry.subject),
      reason: entry.kind === 'opening' ? openingReason(entry.reason) : null,
    }))
  }
}

/** The entry's reason goes on with the network: `proof_used network=203.0.113.0/24`. */
const openingReason = (reason: string): string | null => {
  const [first = ''] = reason.split(' ')
  return Object.hasOwn(OPENING_REASONS, first) ? first : null
}
