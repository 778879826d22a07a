import { Injectable } from '@nestjs/common'
import type { AppConfig } from '../../core/config/config.js'
import { Platforms } from '../../platforms/registry/platforms.js'
import { WebTickets } from '../../platforms/web-tickets/web-tickets.js'

/** What may open a proof; null: a decoy stands in for it. */
export interface ProofKeys {
  readonly current: string | null
  readonly previous: string | null
}

const NONE: ProofKeys = { current: null, previous: null }

/**
 * The keys of proofs from web pages. They are the app's and serve all its people, so a proof says by `curReceiver` alone
 * whose it is.
 */
@Injectable()
export class PageKeys {
  constructor(
    private readonly platforms: Platforms,
    private readonly tickets: WebTickets,
  ) {}

  /** @throws PlatformError, PlatformUnreachable: whatever the share and the proof are */
  async of(app: AppConfig): Promise<ProofKeys> {
    const rules = this.platforms.of(app).web
    if (!rules?.isVerified(app)) return NONE
    const { current, previous } = await this.tickets.toOpen(app)
    return {
      current: rules.proofKey(app, current),
      previous: previous === null ? null : rules.proofKey(app, previous),
    }
  }
}
