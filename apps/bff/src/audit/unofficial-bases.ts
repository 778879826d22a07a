import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { type AppConfig, CONFIG, type Config } from '../core/config/config.js'
import { AuditLog } from './audit-log.js'

/** The apps whose calls, and the secrets in them, go to another host than the platform's; and that host. */
export const unofficialBases = (apps: readonly AppConfig[]): { app: string; host: string }[] =>
  apps
    .filter(({ unofficialApiBase }) => unofficialApiBase)
    .map(({ id, apiBase }) => ({ app: id, host: new URL(apiBase).host }))

/** Records such a host of the configuration at each start, before the service answers a request. */
@Injectable()
export class UnofficialBases implements OnApplicationBootstrap {
  constructor(
    private readonly audit: AuditLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const bases = unofficialBases(this.config.apps)
    if (bases.length === 0) return
    await this.audit.transact(async ({ record }) => {
      for (const { app, host } of bases) {
        const fact = { kind: 'app.apiBase', actor: 'config', subject: app, decision: 'unofficial' }
        record({ ...fact, reason: `host=${host}` })
      }
    })
  }
}
