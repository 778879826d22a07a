import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, In, IsNull, Not } from 'typeorm'
import { type AppConfig, CONFIG, type Config } from '../../core/config/config.js'
import { Vault } from '../../core/crypto/vault.js'
import { DomainError } from '../../core/errors/domain-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { GroupedRead } from '../../database/grouped-read.js'
import { KeyedHash } from '../../database/keyed-hash/keyed-hash.service.js'
import { integer, nullable, type Statement, Statements, text } from '../../database/statements.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import { Platforms } from '../../platforms/registry/platforms.js'
import { LIMIT_MOVES, type LimitMoves } from './limit-moves.js'
import { NewViewers, viewerKeyRef } from './new-viewers.js'
import { ViewerEntity } from './viewer.entity.js'

/** Keyed hashes of a person's name: as it is compared, and as it came. */
export interface Lookups {
  readonly lookup: string
  readonly asSpelled: string
}

/** Under which keyed hashes the database knows a person. */
@Injectable()
export class ViewerLookups {
  constructor(
    private readonly keyedHash: KeyedHash,
    private readonly platforms: Platforms,
    @Inject(CONFIG) private readonly config: Pick<Config, 'apps'>,
  ) {}

  async of(app: AppConfig, viewerKey: string): Promise<Lookups> {
    return {
      lookup: await this.#hash(app.id, this.platforms.of(app).comparable(viewerKey)),
      asSpelled: await this.#hash(app.id, viewerKey),
    }
  }

  /** The same for any app. The platform of an app that left the configuration is unknown: every platform's counts. */
  async ofAny(appId: string, viewerKey: string): Promise<readonly string[]> {
    const app = this.config.apps.find(({ id }) => id === appId)
    const platforms = app ? [this.platforms.of(app)] : this.platforms.all
    const spellings = platforms.map((platform) => platform.comparable(viewerKey))
    return Promise.all(
      [...new Set([viewerKey, ...spellings])].map((spelling) => this.#hash(appId, spelling)),
    )
  }

  /** Whose the limits are while the person is erased: see `LimitMoves`. */
  async traceOf(lookup: string): Promise<string> {
    return (await this.keyedHash.hash('viewer', 'erased', 'limits', lookup)).slice(0, 22)
  }

  #hash(appId: string, spelling: string): Promise<string> {
    return this.keyedHash.hash('viewer', appId, spelling)
  }
}

/** What says whether a person is known, under either lookup. */
export interface KnownViewer {
  readonly id: string
  readonly lookup: string
  readonly blockedAt: number | null
}

/** An earlier version made two people of one person with two spellings. They stay two people. */
const preferred = <R extends { lookup: string }>(asSpelled: string, rows: readonly R[]): R | null =>
  rows.find((row) => row.lookup === asSpelled) ?? rows[0] ?? null

/** Holds the rows of the people in parameter 1, at the time in parameter 2. */
export const holdViewers = (sql: Statements): Statement<HeldViewer> =>
  sql.read<HeldViewer>(
    `UPDATE viewers SET seen_at = $2 WHERE id IN (SELECT id FROM viewers WHERE id IN
      (SELECT given.id FROM ${sql.given(1, { id: 'varchar' })})${sql.hold})
    RETURNING id, blocked_at AS "blockedAt"`,
    { id: text, blockedAt: nullable(integer) },
  )

/** A person whose row this transaction holds. */
export type HeldViewer = Pick<ViewerEntity, 'id' | 'blockedAt'>

/** People, under ids of ours. */
@Injectable()
export class ViewerRepository {
  readonly #known: GroupedRead<Lookups, KnownViewer & { readonly n: number }>
  readonly #held: Statement<HeldViewer>
  readonly #new: NewViewers

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    private readonly lookups: ViewerLookups,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) random: Random,
    @Inject(LIMIT_MOVES) limits: LimitMoves,
  ) {
    const sql = new Statements(storage)
    this.#known = new GroupedRead(
      sql.read(
        `SELECT given.n, v.id, v.lookup, v.blocked_at AS "blockedAt"
        FROM ${sql.given(1, { n: 'int', as_spelled: 'varchar', lookup: 'varchar' })}
        JOIN viewers AS v ON v.lookup IN (given.as_spelled, given.lookup)`,
        { n: integer, id: text, lookup: text, blockedAt: nullable(integer) },
      ),
      ({ asSpelled, lookup }) => [asSpelled, lookup],
    )
    this.#held = holdViewers(sql)
    this.#new = new NewViewers(storage, vault, clock, random, limits)
  }

  /** The row of a person who logged in before; null for everybody else. */
  async find(appId: string, viewerKey: string): Promise<ViewerEntity | null> {
    const [asSpelled = '', ...others] = await this.lookups.ofAny(appId, viewerKey)
    const lookup = In([asSpelled, ...others])
    return preferred(asSpelled, await this.storage.manager.findBy(ViewerEntity, { lookup }))
  }

  /** @param viewerKey the platform's name for the person @returns our id for the person in this app */
  async idOf(app: AppConfig, viewerKey: string): Promise<string> {
    return (await this.meet(app, viewerKey)).id
  }

  /** The same, and whether an administrator blocked the person. */
  async meet(app: AppConfig, viewerKey: string): Promise<{ id: string; blocked: boolean }> {
    return this.meetBy((lookups) => this.#known.all(lookups), app, viewerKey)
  }

  /**
   * The same, by a statement that reads more than that.
   * @param read rows of the people who have one of the lookups @returns with the row of a person who was known
   */
  async meetBy<R extends KnownViewer>(
    read: (lookups: Lookups) => Promise<readonly R[]>,
    app: AppConfig,
    viewerKey: string,
  ): Promise<{ id: string; blocked: boolean; known?: R }> {
    const lookups = await this.lookups.of(app, viewerKey)
    const { lookup, asSpelled } = lookups
    const known = preferred(asSpelled, await read(lookups))
    if (known) {
      if (known.lookup !== lookup) await this.#moveTo(lookup, known)
      return { id: known.id, blocked: known.blockedAt !== null, known }
    }
    const spellings = [...new Set([lookup, asSpelled])]
    const traces = await Promise.all(spellings.map((hash) => this.lookups.traceOf(hash)))
    const added = await this.#new.add({ appId: app.id, viewerKey, lookup, traces })
    return added ?? this.meetBy(read, app, viewerKey)
  }

  /** The row of an earlier version, which looked people up as spelled, is found by every spelling from now on. */
  async #moveTo(lookup: string, { id, lookup: from }: KnownViewer): Promise<void> {
    try {
      await this.storage.manager.update(ViewerEntity, { id, lookup: from }, { lookup })
    } catch (error) {
      // Met under the other spelling, too.
      if (!isUniqueViolation(error)) throw error
    }
  }

  /** Whose the limits are while the person is erased: see `LimitMoves`. */
  traceOf(lookup: string): Promise<string> {
    return this.lookups.traceOf(lookup)
  }

  /** The openid or userid, as the platform spelled it at the first login; null for an unknown id. */
  async keyOf(id: string): Promise<string | null> {
    const row = await this.storage.manager.findOneBy(ViewerEntity, { id })
    return row && this.unsealed(id, row.sealedKey)
  }

  /** The same of many, by id; those who are not there are left out. */
  async keysOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.storage.manager.findBy(ViewerEntity, { id: In([...ids]) })
    return new Map(rows.map(({ id, sealedKey }) => [id, this.unsealed(id, sealedKey)]))
  }

  isBlocked(id: string): Promise<boolean> {
    return this.storage.manager.existsBy(ViewerEntity, { id, blockedAt: Not(IsNull()) })
  }

  /** The same, of a row that was read. */
  unsealed(id: string, sealedKey: string): string {
    return this.vault.unseal(viewerKeyRef(id), sealedKey)
  }

  /** Holds the viewer's row until the transaction ends, so that what is counted per person is counted exactly. */
  async lock(manager: EntityManager, id: string): Promise<void> {
    // Erased a moment ago. The session that this request came with is gone, too.
    const { affected } = await manager.update(ViewerEntity, { id }, { seenAt: this.clock.now() })
    if (affected !== 1) throw new DomainError('ERR_SESSION', 'the viewer is erased')
  }

  /** The same for many, in one order in every process. @returns who is there */
  async holdAll(
    manager: EntityManager,
    ids: readonly string[],
    now: number,
  ): Promise<ReadonlyMap<string, HeldViewer>> {
    const sorted = [...new Set(ids)].sort().map((id) => [id])
    const rows = await this.#held.run([sorted, now], manager)
    return new Map(rows.map((row) => [row.id, row]))
  }
}
