import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, In, IsNull, MoreThan, Not } from 'typeorm'
import { Vault } from '../../core/crypto/vault.js'
import { Job } from '../../core/jobs/job.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { MINUTE, SECOND } from '../../core/time.js'
import { retried } from '../../database/storage-error.js'
import { CardContent } from '../cards/card-content.js'
import { CardEntity } from '../cards/card.entity.js'
import { nameRef } from '../names/viewer-views.js'
import { ViewerEntity } from '../sessions/viewer.entity.js'
import { SearchProgressEntity } from '../search/pair.entities.js'
import { type Searchable, SearchIndex } from '../search/search-index.js'

/** Rows of one transaction. A longer one keeps writers waiting. */
const BATCH = 100
const MAX_TRIES = 4

interface Text {
  readonly row: Searchable
  readonly text: string
}

/** A table whose rows an older version wrote without pairs. */
interface Source {
  readonly what: 'title' | 'name'
  readonly ids: (after: string) => Promise<string[]>
  /** Holds the rows until the transaction ends: their texts do not change in between. */
  readonly texts: (manager: EntityManager, ids: readonly string[]) => Promise<Text[]>
}

/**
 * Makes pairs of titles and names that an older version wrote. It continues from the row where it stopped. Two runs at
 * once do no harm.
 */
@Injectable()
export class SearchBackfill {
  readonly #sources: readonly Source[]

  constructor(
    private readonly storage: DataSource,
    private readonly index: SearchIndex,
    private readonly content: CardContent,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#sources = [
      {
        what: 'title',
        ids: (after) => this.#ids(CardEntity, { id: MoreThan(after), sealedTitle: Not(IsNull()) }),
        texts: async (manager, ids) =>
          (await manager.find(CardEntity, this.#held(ids))).map((row) => ({
            row,
            text: this.content.listedTitle(row),
          })),
      },
      {
        what: 'name',
        ids: (after) => this.#ids(ViewerEntity, { id: MoreThan(after), sealedName: Not(IsNull()) }),
        texts: async (manager, ids) =>
          (await manager.find(ViewerEntity, this.#held(ids))).map((row) => ({
            row,
            text: this.vault.unsealOrNull(nameRef(row.id), row.sealedName) ?? '',
          })),
      },
    ]
  }

  /** @returns how many rows it looked at */
  @Job({ name: 'search-index', everyMs: MINUTE, firstMs: 5 * SECOND })
  async run(signal?: AbortSignal): Promise<number> {
    let looked = 0
    for (const source of this.#sources)
      for (let more = true; more && !signal?.aborted;) {
        const rows = await this.#batch(source)
        looked += rows
        more = rows === BATCH
      }
    return looked
  }

  async #batch({ what, ids, texts }: Source): Promise<number> {
    const { manager } = this.storage
    const progress = await manager.findOneBy(SearchProgressEntity, { name: what })
    if (progress && progress.doneAt !== null) return 0
    const found = await ids(progress?.lastId ?? '')
    const lastId = found.at(-1) ?? progress?.lastId ?? ''
    const doneAt = found.length < BATCH ? this.clock.now() : null
    await retried(MAX_TRIES, () =>
      this.storage.transaction(async (tx) => {
        await this.index.addAll(tx, what, await texts(tx, found))
        await tx.upsert(SearchProgressEntity, { name: what, lastId, doneAt }, ['name'])
      }),
    )
    return found.length
  }

  async #ids(entity: typeof CardEntity | typeof ViewerEntity, where: object): Promise<string[]> {
    const order = { id: 'ASC' } as const
    const rows: { id: string }[] = await this.storage.manager.find<CardEntity | ViewerEntity>(
      entity,
      { select: { id: true }, where, order, take: BATCH },
    )
    return rows.map(({ id }) => id)
  }

  #held(ids: readonly string[]) {
    const postgres = this.storage.options.type === 'postgres'
    const lock = postgres ? { lock: { mode: 'pessimistic_write' as const } } : {}
    return { where: { id: In([...ids]) }, order: { id: 'ASC' as const }, ...lock }
  }
}
