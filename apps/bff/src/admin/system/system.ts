import { Get, Inject, Injectable } from '@nestjs/common'
import { AdminRole, AdminRoles, AdminSystem } from '@sealcard/protocol'
import { CONFIG, type Config } from '../../core/config/config.js'
import { Vault } from '../../core/crypto/vault.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { wireTime } from '../../core/time.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { ROLES } from '../../http/access/principals.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { LoadShedding } from '../../http/server/load-shedding.js'
import { RetentionService } from '../../lifecycle/retention.service.js'
import { AuditList } from '../lists/audit-list.js'
import { AuditNames } from '../lists/audit-names.js'

/** How the service does, apart from the platforms. */
@Injectable()
export class SystemService {
  constructor(
    private readonly vault: Vault,
    private readonly retention: RetentionService,
    private readonly load: LoadShedding,
    private readonly audit: AuditList,
    private readonly names: AuditNames,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(): Promise<AdminSystem> {
    const { mode, database, windows } = this.config
    const { last } = this.retention
    return {
      at: wireTime(this.clock.now()),
      mode,
      database: database.kind,
      windows: { shareDays: windows.shareDays, verifyDays: windows.verifyDays },
      keyring: { primary: this.vault.primaryKeyId, keys: [...this.vault.keyIds] },
      retention: last && {
        endedAt: wireTime(last.endedAt),
        rows: last.rows,
        failed: [...last.failed],
      },
      queues: this.load.queues,
      rewrapped: await this.#lastOf('keys.rewrap'),
      verified: await this.#lastOf('audit.verify'),
    }
  }

  async #lastOf(kind: string): Promise<AdminSystem['verified']> {
    const { entries } = await this.audit.entries('', { kind }, { limit: 1 })
    const [entry] = entries
    if (!entry) return null
    const { at, actor, decision, reason } = entry
    const by = (await this.names.of([actor]))(actor)
    return { at: wireTime(at), by, decision, what: countsIn(reason) }
  }
}

/** The counts of an entry's reason, without the address and without an administrator's words. */
const countsIn = (reason: string): string =>
  (reason.match(/\b(?!address=)[a-z]+=\d+\b/g) ?? []).join(' ')

@Administrators()
export class SystemController {
  constructor(private readonly system: SystemService) {}

  @Get('system')
  @Rule('read')
  @Answers(200, AdminSystem)
  @Problems()
  read(): Promise<AdminSystem> {
    return this.system.read()
  }

  @Get('roles')
  @Rule('read')
  @Answers(200, AdminRoles)
  @Problems()
  roles(): AdminRoles {
    return {
      items: AdminRole.options.map((role) => ({ role, permissions: [...ROLES[role]] })),
    }
  }
}
