import { Body, Get, Inject, Injectable, Put, Query } from '@nestjs/common'
import {
  CompanyPolicy,
  CompanyPolicyVersions,
  ListPolicyVersions,
  PolicyMakers,
  SetCompanyPolicy,
} from '@sealcard/protocol'
import { type EntityManager, In } from 'typeorm'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { sha256 } from '../../core/crypto/digest.js'
import { ApiError, inputError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import {
  CardMakerEntity,
  CompanyPolicyEntity,
  CompanyPolicyVersionEntity,
} from '../../members/card-rules/company-policy.entity.js'
import { CompanyPolicyService, POLICY_ID } from '../../members/card-rules/company-policy.service.js'
import { ViewerEntity } from '../../members/sessions/viewer.entity.js'
import { Apps } from '../../platforms/registry/platforms.js'
import { PolicyHistory } from './policy-history.js'

/** Replaces the whole policy of the company, if the administrator saw the present version. */
@Injectable()
export class ChangePolicy {
  constructor(
    private readonly company: CompanyPolicyService,
    private readonly apps: Apps,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiError ERR_CONFLICT when the version has changed; ERR_INPUT for an unknown app or maker */
  async set(by: AdminPrincipal, asked: SetCompanyPolicy): Promise<CompanyPolicy> {
    const { version, reason, makers: named, ...rules } = asked
    const makers = [...new Set(named)]
    for (const app of Object.keys(rules.apps))
      if (!this.apps.find(app)) throw inputError(`apps.${app}`, 'no such app')
    return this.audit.transact(async ({ manager, record }) => {
      await refuseUnknown(manager, makers)
      const set = {
        version: version + 1,
        rules,
        changedAt: this.clock.now(),
        changedBy: by.actor,
      }
      const { affected } = await manager.update(
        CompanyPolicyEntity,
        { id: POLICY_ID, version },
        set,
      )
      if (affected !== 1) throw new ApiError('ERR_CONFLICT')
      await manager.insert(CompanyPolicyVersionEntity, {
        ...set,
        makers: makers.length,
        reason: reason ?? null,
      })
      await manager.deleteAll(CardMakerEntity)
      if (makers.length > 0)
        await manager.insert(
          CardMakerEntity,
          makers.map((viewerId) => ({ viewerId })),
        )
      // An audit entry holds one line: the digest stands for the policy.
      const digest = sha256(JSON.stringify({ ...rules, makers }), 'hex').slice(0, 16)
      const why = [`version=${version + 1} rules=${digest}`, ...(reason ? [reason] : [])].join(' ')
      record(adminAuditEntry(by, { kind: 'policy.set', subject: POLICY_ID, why }))
      return this.company.read(manager)
    })
  }
}

const refuseUnknown = async (manager: EntityManager, makers: readonly string[]): Promise<void> => {
  if (makers.length === 0) return
  const where = { id: In([...makers]) }
  const known = await manager.find(ViewerEntity, { select: { id: true }, where })
  const ids = new Set(known.map(({ id }) => id))
  const index = makers.findIndex((id) => !ids.has(id))
  if (index >= 0) throw inputError(`makers.${index}`, 'no such person')
}

@Administrators()
export class AdminPolicyController {
  constructor(
    private readonly company: CompanyPolicyService,
    private readonly change: ChangePolicy,
    private readonly history: PolicyHistory,
  ) {}

  @Get('policy')
  @Rule('read')
  @Answers(200, CompanyPolicy)
  @Problems()
  read(): Promise<CompanyPolicy> {
    return this.company.read()
  }

  @Get('policy/makers')
  @Rule('read')
  @Answers(200, PolicyMakers)
  @Problems()
  makers(): Promise<PolicyMakers> {
    return this.history.makers()
  }

  @Get('policy/versions')
  @Rule('read')
  @Answers(200, CompanyPolicyVersions)
  @Problems('ERR_INPUT')
  versions(
    @Query(valid(ListPolicyVersions, 'query')) query: ListPolicyVersions,
  ): Promise<CompanyPolicyVersions> {
    return this.history.page(query)
  }

  @Put('policy')
  @Rule('manage')
  @Answers(200, CompanyPolicy)
  @Problems(...BODY_ERRORS, 'ERR_CONFLICT')
  set(
    @Admin() by: AdminPrincipal,
    @Body(valid(SetCompanyPolicy)) policy: SetCompanyPolicy,
  ): Promise<CompanyPolicy> {
    return this.change.set(by, policy)
  }
}
