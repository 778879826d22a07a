import { Inject, Injectable } from '@nestjs/common'
import type { NameSource } from '@sealcard/protocol'
import { DataSource, type EntityManager } from 'typeorm'
import { Grouped, type Settled } from '../../core/concurrency/grouped.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { Vault } from '../../core/crypto/vault.js'
import { Job } from '../../core/jobs/job.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY, SECOND } from '../../core/time.js'
import { integer, type Statement, Statements, text } from '../../database/statements.js'
import { retried } from '../../database/storage-error.js'
import { type Searchable, SearchIndex } from '../search/search-index.js'
import { ViewerEntity } from '../sessions/viewer.entity.js'
import { NamePolicy } from './name-policy.js'
import { nameRef } from './viewer-views.js'

/** Names of one statement. */
const MOST = 128
const MAX_TRIES = 4

/** A name that the platform gave; null: it has none. */
interface GivenName {
  readonly viewerId: string
  readonly name: string | null
  readonly from: NameSource
}

/** Names of people, sealed at rest. */
@Injectable()
export class NameStore {
  readonly #groups: Grouped<GivenName, void>
  readonly #update: Statement<Searchable>
  readonly #erase: Statement<{ id: string }>

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    private readonly policy: NamePolicy,
    private readonly index: SearchIndex,
    @Inject(CONFIG) private readonly config: Pick<Config, 'apps'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const sql = new Statements(storage)
    const given = sql.given(1, { id: 'varchar', sealed_name: 'text', name_from: 'varchar' })
    this.#update = sql.read<Searchable>(
      `UPDATE viewers SET sealed_name = given.sealed_name, name_from = given.name_from,
        named_at = $2 FROM ${given}
      WHERE viewers.id = given.id AND ${sql.heldFirst('viewers', ['id'], given)}
      RETURNING viewers.id, viewers.app_id AS "appId", viewers.created_at AS "createdAt"`,
      { id: text, appId: text, createdAt: integer },
    )
    this.#erase = sql.read<{ id: string }>(
      `UPDATE viewers SET sealed_name = NULL, name_from = NULL, named_at = NULL
      WHERE id IN (SELECT id FROM viewers WHERE app_id = $1
        AND (name_from <> $2 OR (name_from IS NULL AND sealed_name IS NOT NULL))${sql.hold})
      RETURNING id`,
      { id: text },
    )
    this.#groups = new Grouped<GivenName, void>({ most: MOST }, (group) => this.#write(group))
  }

  /** @param name null: there is none; from where is recorded all the same, and when */
  put(viewerId: string, name: string | null, from: NameSource): Promise<void> {
    return this.#groups.ask({ viewerId, name, from })
  }

  /** The same, in a transaction. */
  async putWithin(
    manager: EntityManager,
    viewerId: string,
    name: string | null,
    from: NameSource,
  ): Promise<void> {
    await manager.update(
      ViewerEntity,
      { id: viewerId },
      {
        sealedName: this.#sealed(viewerId, name),
        nameFrom: from,
        namedAt: this.clock.now(),
      },
    )
    const row = await manager.findOneBy(ViewerEntity, { id: viewerId })
    if (row) await this.index.replace(manager, 'name', row, name ?? '')
  }

  /** All of a person are one row: the last one counts. */
  async #write(group: readonly GivenName[]): Promise<Settled<void>[]> {
    const last = new Map(group.map((given) => [given.viewerId, given]))
    const rows = [...last.values()].map(({ viewerId, name, from }) => [
      viewerId,
      this.#sealed(viewerId, name),
      from,
    ])
    await retried(MAX_TRIES, () =>
      this.storage.transaction(async (manager) => {
        const named = await this.#update.run([rows, this.clock.now()], manager)
        const ids = named.map(({ id }) => id)
        await this.index.remove(manager, 'name', ids)
        const texts = named.map((row) => ({ row, text: last.get(row.id)?.name ?? '' }))
        await this.index.addAll(manager, 'name', texts)
      }),
    )
    return group.map(() => ({ value: undefined }))
  }

  #sealed(viewerId: string, name: string | null): string | null {
    return name === null ? null : this.vault.seal(nameRef(viewerId), name)
  }

  /**
   * Erases names that do not come from where the app's names come from now: they were switched off, or their source was
   * changed. They are not shown in the meantime. @returns how many
   */
  @Job({ name: 'names', everyMs: DAY, firstMs: 10 * SECOND })
  async eraseOthers(): Promise<number> {
    let erased = 0
    for (const app of this.config.apps) {
      erased += await retried(MAX_TRIES, () =>
        this.storage.transaction(async (manager) => {
          const rows = await this.#erase.run([app.id, this.policy.of(app)], manager)
          const ids = rows.map(({ id }) => id)
          await this.index.remove(manager, 'name', ids)
          return ids.length
        }),
      )
    }
    return erased
  }
}
