import type { DataSource, EntityManager } from 'typeorm'
import { Grouped, halving, type Settled } from '../../core/concurrency/grouped.js'
import type { Vault } from '../../core/crypto/vault.js'
import type { Clock } from '../../core/ports/clock.js'
import type { Random } from '../../core/ports/random.js'
import { type Statement, Statements, text } from '../../database/statements.js'
import { failsGroup, retried } from '../../database/storage-error.js'
import { takeBlock } from './blocked-person.entity.js'
import { type LimitMove, type LimitMoves, takeLogins } from './limit-moves.js'
import { codeOf } from './viewer-code.js'

/** Of one statement. */
const MOST = 128
/** Of a group that lost against a concurrent transaction. */
const MAX_TRIES = 4

/** A person whom the database does not know yet. */
export interface NewPerson {
  readonly appId: string
  /** The platform's name for the person. */
  readonly viewerKey: string
  /** Keyed hash of it: see `Lookups`. */
  readonly lookup: string
  /** Whose the limits are since an erasure: see `ViewerLookups.traceOf`. */
  readonly traces: readonly string[]
}

export interface Recorded {
  readonly id: string
  /** Whether an administrator blocked the person before an erasure. */
  readonly blocked: boolean
}

export const viewerKeyRef = (id: string) => ({ table: 'viewers', row: id, purpose: 'key' })

/** Records people at their first login. Those who come while a transaction is under way share the next one. */
export class NewViewers {
  readonly #groups: Grouped<NewPerson, Recorded | undefined>
  readonly #insert: Statement<{ id: string }>
  readonly #traces: Statement<{ id: string }>

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly limits: LimitMoves,
  ) {
    const sql = new Statements(storage)
    const columns = {
      id: 'varchar',
      app_id: 'varchar',
      lookup: 'varchar',
      sealed_key: 'text',
      code: 'varchar',
      created_at: 'bigint',
      seen_at: 'bigint',
    } as const
    const names = Object.keys(columns).join(', ')
    // Without WHERE, SQLite takes ON for the condition of a join.
    this.#insert = sql.read<{ id: string }>(
      `INSERT INTO viewers (${names}) SELECT ${names} FROM ${sql.given(1, columns)} WHERE true
      ON CONFLICT DO NOTHING RETURNING id`,
      { id: text },
    )
    const left = [
      ...['sessions', ...limits.tables].map((table) => `${table} WHERE viewer_id = given.id`),
      'blocked_people WHERE trace = given.id',
    ].map((rows) => `EXISTS (SELECT 1 FROM ${rows})`)
    this.#traces = sql.read<{ id: string }>(
      `SELECT given.id FROM ${sql.given(1, { id: 'varchar' })} WHERE ${left.join(' OR ')}`,
      { id: text },
    )
    this.#groups = new Grouped<NewPerson, Recorded | undefined>({ most: MOST }, (group) =>
      halving(group, (part) => this.#add(part), failsGroup),
    )
  }

  /** @returns undefined when another process recorded the person, or the code of the id is taken: look again */
  add(person: NewPerson): Promise<Recorded | undefined> {
    return this.#groups.ask(person)
  }

  async #add(group: readonly NewPerson[]): Promise<Settled<Recorded | undefined>[]> {
    const people = new Map(group.map((person) => [person.lookup, person]))
    const ids = new Map([...people.keys()].map((lookup) => [lookup, this.random.id()]))
    const added = await retried(MAX_TRIES, () => this.#write(people, ids))
    return group.map(({ lookup }) => ({ value: added.get(ids.get(lookup) ?? '') }))
  }

  /** @returns by id: those who were not there yet */
  #write(
    people: ReadonlyMap<string, NewPerson>,
    ids: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, Recorded>> {
    const now = this.clock.now()
    const rows = [...ids]
      // Two processes that record the same people wait for each other in one direction.
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([lookup, id]) => {
        const { appId, viewerKey } = people.get(lookup)!
        const sealed = this.vault.seal(viewerKeyRef(id), viewerKey)
        return [id, appId, lookup, sealed, codeOf(id), now, now]
      })
    return this.storage.transaction(async (manager) => {
      const added = new Set((await this.#insert.run([rows], manager)).map(({ id }) => id))
      const moves = [...people].flatMap(([lookup, { traces }]) => {
        const to = ids.get(lookup)!
        return added.has(to) ? traces.map((from) => ({ from, to, now })) : []
      })
      const blocked = await this.#giveBack(manager, moves)
      return new Map([...added].map((id) => [id, { id, blocked: blocked.has(id) }]))
    })
  }

  /** A person who was erased and comes back has the limits, and the block, of before. @returns who is blocked */
  async #giveBack(
    manager: EntityManager,
    moves: readonly LimitMove[],
  ): Promise<ReadonlySet<string>> {
    const blocked = new Set<string>()
    const left = await this.#traces.run([moves.map(({ from }) => [from])], manager)
    const traces = new Set(left.map(({ id }) => id))
    for (const move of moves) {
      if (!traces.has(move.from)) continue
      await this.limits.move(manager, move)
      await takeLogins(manager, move)
      if (await takeBlock(manager, move)) blocked.add(move.to)
    }
    return blocked
  }
}
