import { Injectable } from '@nestjs/common'
import type { AuditReport, RewrapReport, VerifyAudit } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { verifyAudit } from '../../audit/verify-audit.js'
import { Vault } from '../../core/crypto/vault.js'
import type { AdminPrincipal } from '../../http/access/principals.js'
import { Rewrap } from '../../lifecycle/rewrap.service.js'
import { MaintenanceLease } from './maintenance-lease.js'
import type { Tell } from './ndjson-progress.js'

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
