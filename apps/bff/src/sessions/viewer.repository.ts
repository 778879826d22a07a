import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { ApiError } from '../http/api-error.js'
import { Pepper } from '../pepper/pepper.service.js'
import { CLOCK, type Clock } from '../ports/clock.js'
import { RANDOM, type Random } from '../ports/random.js'
import { retried } from '../storage/serialization.js'
import { isUniqueViolation } from '../storage/storage-error.js'
import { Vault } from '../vault/vault.js'
import { moveLimits } from './limit-traces.js'
import { ViewerEntity } from './viewer.entity.js'

const ref = (id: string) => ({ table: 'viewers', row: id, purpose: 'key' })

/** Of a first login that lost against a concurrent transaction. */
const MAX_TRIES = 4

/** People, under ids of ours. */
@Injectable()
export class ViewerRepository {
  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    private readonly pepper: Pepper,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** The row of somebody who logged in before; null for everybody else. */
  async find(appId: string, viewerKey: string): Promise<ViewerEntity | null> {
    const lookup = await this.pepper.hash('viewer', appId, viewerKey)
    return this.storage.manager.findOneBy(ViewerEntity, { lookup })
  }

  /** @param viewerKey the platform's name for the person @returns our id for the person in this app */
  async idOf(appId: string, viewerKey: string): Promise<string> {
    const lookup = await this.pepper.hash('viewer', appId, viewerKey)
    const known = await this.storage.manager.findOneBy(ViewerEntity, { lookup })
    if (known) return known.id
    const id = this.random.id()
    const now = this.clock.now()
    const row = {
      id,
      appId,
      lookup,
      sealedKey: this.vault.seal(ref(id), viewerKey),
      createdAt: now,
      seenAt: now,
    }
    try {
      const from = await this.traceOf(lookup)
      await retried(MAX_TRIES, () =>
        this.storage.transaction(async (manager) => {
          await manager.insert(ViewerEntity, row)
          await moveLimits(manager, { from, to: id, now })
        }),
      )
      return id
    } catch (error) {
      // Two first logins at once: the other one made the row.
      if (isUniqueViolation(error)) return this.idOf(appId, viewerKey)
      throw error
    }
  }

  /** Whose the limits are while the person is erased: see `moveLimits`. */
  async traceOf(lookup: string): Promise<string> {
    return (await this.pepper.hash('viewer', 'erased', 'limits', lookup)).slice(0, 22)
  }

  /** The openid or userid; null for nobody. */
  async keyOf(id: string): Promise<string | null> {
    const row = await this.storage.manager.findOneBy(ViewerEntity, { id })
    return row && this.vault.unseal(ref(id), row.sealedKey)
  }

  /** Holds the viewer's row until the transaction ends, so that what is counted per person is counted exactly. */
  async lock(manager: EntityManager, id: string): Promise<void> {
    // Erased a moment ago: whoever is here still has no session any more.
    if (!(await this.hold(manager, id))) throw new ApiError('ERR_SESSION')
  }

  /** The same for whoever needs no session. @returns whether there is such a person */
  async hold(manager: EntityManager, id: string): Promise<boolean> {
    const { affected } = await manager.update(ViewerEntity, { id }, { seenAt: this.clock.now() })
    return affected === 1
  }
}
