import { Inject, Injectable } from '@nestjs/common'
import type { NameSource } from '@sealcard/protocol'
import { DataSource, type EntityManager, IsNull, Not } from 'typeorm'
import { CONFIG, type Config } from '../../core/config/config.js'
import { Vault } from '../../core/crypto/vault.js'
import { Job } from '../../core/jobs/job.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY, SECOND } from '../../core/time.js'
import { ViewerEntity } from '../sessions/viewer.entity.js'
import { NamePolicy } from './name-policy.js'
import { nameRef } from './viewer-views.js'

/** Names of people, sealed at rest. */
@Injectable()
export class NameStore {
  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    private readonly policy: NamePolicy,
    @Inject(CONFIG) private readonly config: Pick<Config, 'apps'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param name null: there is none; from where is recorded all the same, and when */
  async put(
    viewerId: string,
    name: string | null,
    from: NameSource,
    manager: EntityManager = this.storage.manager,
  ): Promise<void> {
    await manager.update(
      ViewerEntity,
      { id: viewerId },
      {
        sealedName: name === null ? null : this.vault.seal(nameRef(viewerId), name),
        nameFrom: from,
        namedAt: this.clock.now(),
      },
    )
  }

  /**
   * Erases names that do not come from where the app's names come from now: they were switched off, or their source was
   * changed. They are not shown in the meantime. @returns how many
   */
  @Job({ name: 'names', everyMs: DAY, firstMs: 10 * SECOND })
  async eraseOthers(): Promise<number> {
    let erased = 0
    for (const app of this.config.apps) {
      const { affected } = await this.storage.manager.update(
        ViewerEntity,
        [
          { appId: app.id, nameFrom: Not(this.policy.of(app)) },
          { appId: app.id, nameFrom: IsNull(), sealedName: Not(IsNull()) },
        ],
        { sealedName: null, nameFrom: null, namedAt: null },
      )
      erased += affected ?? 0
    }
    return erased
  }
}
