import { Injectable } from '@nestjs/common'
import type {
  CompanyPolicyVersion,
  CompanyPolicyVersions,
  ListPolicyVersions,
  Named,
  PolicyMakers,
} from '@sealcard/protocol'
import { DataSource, LessThan } from 'typeorm'
import { wireTime } from '../../core/time.js'
import { PageCursor } from '../../http/pagination/page-cursor.js'
import {
  CardMakerEntity,
  CompanyPolicyVersionEntity,
} from '../../members/card-rules/company-policy.entity.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { AuditNames } from '../lists/audit-names.js'

const LIST = ['admin.policy']

/** What the policy was before, and whom the present one lists. */
@Injectable()
export class PolicyHistory {
  constructor(
    private readonly storage: DataSource,
    private readonly cursors: PageCursor,
    private readonly names: AuditNames,
    private readonly views: ViewerViews,
  ) {}

  async page({ limit, cursor }: ListPolicyVersions): Promise<CompanyPolicyVersions> {
    const after = await this.cursors.decode(LIST, cursor)
    const rows = await this.storage.manager.find(CompanyPolicyVersionEntity, {
      ...(after && { where: { version: LessThan(after.at) } }),
      order: { version: 'DESC' },
      take: limit + 1,
    })
    const placeOf = ({ version }: CompanyPolicyVersionEntity) => ({ at: version, id: 'version' })
    const { page, nextCursor } = await this.cursors.cut(LIST, rows, limit, placeOf)
    const named = await this.names.of(page.map(({ changedBy }) => changedBy))
    return { items: page.map((row) => versionView(row, named(row.changedBy))), nextCursor }
  }

  async makers(): Promise<PolicyMakers> {
    const rows = await this.storage.manager.find(CardMakerEntity, { order: { viewerId: 'ASC' } })
    return { items: await Promise.all(rows.map(({ viewerId }) => this.views.of(viewerId))) }
  }
}

const versionView = (row: CompanyPolicyVersionEntity, by: Named): CompanyPolicyVersion => ({
  ...row.rules,
  version: row.version,
  makers: row.makers,
  changedAt: wireTime(row.changedAt),
  by,
  reason: row.reason,
})
