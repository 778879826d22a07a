import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { IssuedAccess } from './issued-access.js'

const BY = { actor: 'service', address: 'local' }

/**
 * A version before left tokens and invitations to accounts that were disabled or demoted. They end before the first
 * request is served.
 */
@Injectable()
export class OrphanedAccess implements OnApplicationBootstrap {
  constructor(
    private readonly storage: DataSource,
    private readonly issued: IssuedAccess,
    private readonly audit: AuditLog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!(await this.issued.hasOrphans(this.storage.manager))) return
    await this.audit.transact((transaction) => this.issued.endOrphans(transaction, BY))
  }
}
