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
import { isUniqueViolation, retried } from '../../database/storage-error.js'
import { Platforms } from '../../platforms/registry/platforms.js'
import { takeBlock } from './blocked-person.entity.js'
import { MOVE_LIMITS, type MoveLimits, takeLogins } from './limit-moves.js'
import { codeOf } from './viewer-code.js'
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

  /** Whose the limits are while the person is erased: see `MoveLimits`. */
  async traceOf(lookup: string): Promise<string> {
    return (await this.keyedHash.hash('viewer', 'erased', 'limits', lookup)).slice(0, 22)
  }

  #hash(appId: string, spelling: string): Promise<string> {
    return this.keyedHash.hash('viewer', appId, spelling)
  }
}

const ref = (id: string) => ({ table: 'viewers', row: id, purpose: 'key' })

/** Of a first login that lost against a concurrent transaction. */
const MAX_TRIES = 4

interface KnownRow {
  readonly n: number
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
  readonly #known: GroupedRead<readonly string[], KnownRow>
  readonly #held: Statement<HeldViewer>

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    private readonly lookups: ViewerLookups,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
    @Inject(MOVE_LIMITS) private readonly moveLimits: MoveLimits,
  ) {
    const sql = new Statements(storage)
    this.#known = new GroupedRead(
      sql.read<KnownRow>(
        `SELECT given.n, v.id, v.lookup, v.blocked_at AS "blockedAt"
        FROM ${sql.given(1, { n: 'int', as_spelled: 'varchar', lookup: 'varchar' })}
        JOIN viewers AS v ON v.lookup IN (given.as_spelled, given.lookup)`,
        { n: integer, id: text, lookup: text, blockedAt: nullable(integer) },
      ),
      (lookups) => lookups,
    )
    this.#held = holdViewers(sql)
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
    const { lookup, asSpelled } = await this.lookups.of(app, viewerKey)
    const known = preferred(asSpelled, await this.#known.all([asSpelled, lookup]))
    if (known) {
      if (known.lookup !== lookup) await this.#moveTo(lookup, known)
      return { id: known.id, blocked: known.blockedAt !== null }
    }
    const id = this.random.id()
    const now = this.clock.now()
    const row = {
      id,
      appId: app.id,
      lookup,
      sealedKey: this.vault.seal(ref(id), viewerKey),
      code: codeOf(id),
      sealedName: null,
      nameFrom: null,
      namedAt: null,
      createdAt: now,
      seenAt: now,
      blockedAt: null,
    }
    try {
      const traces = [await this.lookups.traceOf(lookup), await this.lookups.traceOf(asSpelled)]
      let blocked = false
      await retried(MAX_TRIES, () =>
        this.storage.transaction(async (manager) => {
          blocked = false
          await manager.insert(ViewerEntity, row)
          for (const from of new Set(traces)) {
            await this.moveLimits(manager, { from, to: id, now })
            await takeLogins(manager, { from, to: id, now })
            if (await takeBlock(manager, { from, to: id })) blocked = true
          }
        }),
      )
      return { id, blocked }
    } catch (error) {
      // Two first logins at once: the other one made the row. Or the code is taken: the next id has another.
      if (isUniqueViolation(error)) return this.meet(app, viewerKey)
      throw error
    }
  }

  /** The row of an earlier version, which looked people up as spelled, is found by every spelling from now on. */
  async #moveTo(lookup: string, { id, lookup: from }: KnownRow): Promise<void> {
    try {
      await this.storage.manager.update(ViewerEntity, { id, lookup: from }, { lookup })
    } catch (error) {
      // Met under the other spelling, too.
      if (!isUniqueViolation(error)) throw error
    }
  }

  /** Whose the limits are while the person is erased: see `moveLimits`. */
  traceOf(lookup: string): Promise<string> {
    return this.lookups.traceOf(lookup)
  }

  /** The openid or userid, as the platform spelled it at the first login; null for an unknown id. */
  async keyOf(id: string): Promise<string | null> {
    const row = await this.storage.manager.findOneBy(ViewerEntity, { id })
    return row && this.unsealed(id, row.sealedKey)
  }

  isBlocked(id: string): Promise<boolean> {
    return this.storage.manager.existsBy(ViewerEntity, { id, blockedAt: Not(IsNull()) })
  }

  /** The same, of a row that was read. */
  unsealed(id: string, sealedKey: string): string {
    return this.vault.unseal(ref(id), sealedKey)
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
