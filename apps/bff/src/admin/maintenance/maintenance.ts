import { Body, Injectable, Post, Req, Res } from '@nestjs/common'
import { ApiProduces } from '@nestjs/swagger'
import { Act, AuditReport, RewrapReport, VerifyAudit } from '@sealcard/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DataSource } from 'typeorm'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { verifyAudit } from '../../audit/verify-audit.js'
import { Vault } from '../../core/crypto/vault.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { Rewrap } from '../../lifecycle/rewrap.service.js'
import { MaintenanceLease } from './maintenance-lease.js'
import { streamProgress, type Tell } from './ndjson-progress.js'

const MAX_FAULTS = 100

/** Work that reads whole tables. Over all processes, one run of each kind at a time. */
@Injectable()
export class MaintenanceService {
  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    private readonly rewrapping: Rewrap,
    private readonly audit: AuditLog,
    private readonly lease: MaintenanceLease,
  ) {}

  /** @throws ApiError ERR_CONFLICT while another verification runs */
  verify(by: AdminPrincipal, { expect }: VerifyAudit, tell: Tell): Promise<AuditReport> {
    return this.lease.hold('audit.verify', async (renew) => {
      const { chains, entries, faults } = await verifyAudit(this.storage, this.vault, {
        ...(expect && { expected: expect }),
        progress: (done, total) => {
          renew()
          tell({ entries: done, total })
        },
      })
      const intact = faults.length === 0
      const why = `chains=${chains} entries=${entries} faults=${faults.length}`
      const decision = intact ? 'intact' : 'broken'
      await this.audit.append(
        adminAuditEntry(by, { kind: 'audit.verify', subject: 'audit', decision, why }),
      )
      return { intact, chains, entries, faults: faults.slice(0, MAX_FAULTS) }
    })
  }

  /** @throws ApiError ERR_CONFLICT while another rewrap runs */
  rewrap(by: AdminPrincipal, why: string | undefined, tell: Tell): Promise<RewrapReport> {
    return this.lease.hold('keys.rewrap', async (renew) => {
      const report = await this.rewrapping.run((progress) => {
        renew()
        tell(progress)
      })
      const { primary, rows, moved, overtaken, failed } = report
      const clean = failed === 0 && overtaken === 0
      const counts = `rows=${rows} moved=${moved} failed=${failed} overtaken=${overtaken}`
      await this.audit.append(
        adminAuditEntry(by, {
          kind: 'keys.rewrap',
          subject: primary,
          decision: clean ? 'done' : 'incomplete',
          why: why === undefined ? counts : `${counts} ${why}`,
        }),
      )
      const failures = report.failures.map((failure) => ({ ...failure }))
      return { clean, primary, rows, moved, overtaken, failed, failures }
    })
  }
}

/** Long work; `Accept: application/x-ndjson` for progress. */
@Administrators()
export class MaintenanceController {
  constructor(private readonly works: MaintenanceService) {}

  @Post('audit/verify')
  @Rule('audit')
  @Answers(200, AuditReport)
  @ApiProduces('application/json', 'application/x-ndjson')
  @Problems(...BODY_ERRORS, 'ERR_CONFLICT')
  async verify(
    @Admin() by: AdminPrincipal,
    @Body(valid(VerifyAudit)) body: VerifyAudit,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await streamProgress(request, reply, (tell) => this.works.verify(by, body, tell))
  }

  @Post('keys/rewrap')
  @Rule('manage')
  @Answers(200, RewrapReport)
  @ApiProduces('application/json', 'application/x-ndjson')
  @Problems(...BODY_ERRORS, 'ERR_CONFLICT')
  async rewrap(
    @Admin() by: AdminPrincipal,
    @Body(valid(Act)) { reason }: Act,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await streamProgress(request, reply, (tell) => this.works.rewrap(by, reason, tell))
  }
}
