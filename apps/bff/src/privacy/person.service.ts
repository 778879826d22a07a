import { Inject, Injectable } from '@nestjs/common'
import { CryptoError } from '@sealcard/crypto'
import { DataSource, IsNull, type EntityManager, type ObjectLiteral } from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { CardEntity } from '../cards/card.entity.js'
import { wireTime } from '../http/ids.js'
import { CLOCK, type Clock } from '../ports/clock.js'
import { RANDOM, type Random } from '../ports/random.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { retentions, tagOf } from '../storage/column-tags.js'
import { leaveNoTrace } from '../storage/leave-no-trace.js'
import { sealRefOf, sealedColumns } from '../vault/sealed-columns.js'
import { type SealRef, Vault } from '../vault/vault.js'
import { personTables, type PersonTable } from './person-tables.js'

/** Who is meant: by the platform's name for the person, or by our id. */
export type PersonRef =
  { readonly app: string; readonly viewerKey: string } | { readonly id: string }

/** Who asks, for the audit. Must not name the person. */
export interface Act {
  readonly actor: string
  readonly reason?: string
}

/** How many rows of each table an erasure changed. */
export type Erased = Readonly<Record<string, number>>

/** Everything held about a person: for each table why its columns are kept and for how long, and the rows. */
export interface PersonExport {
  readonly format: 'sealcard.person.1'
  readonly exportedAt: string
  readonly tables: Readonly<
    Record<string, { columns: Record<string, { purpose: string; until: string }>; rows: object[] }>
  >
}

/**
 * Sealed values that are the person's own words or name; every other one is ours or the platform's secret,
 * as is what was said to a bot: it holds the address to answer at.
 */
const TOLD = new Set(['cards.sealed_title', 'cards.sealed_body', 'viewers.sealed_key'])

/** A person's rights over what is stored about them: a copy of it, and its erasure. */
@Injectable()
export class PersonService {
  constructor(
    private readonly storage: DataSource,
    private readonly audit: AuditLog,
    private readonly viewers: ViewerRepository,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** @returns null for nobody */
  async export(who: PersonRef, { actor, reason = '' }: Act): Promise<PersonExport | null> {
    const id = await this.#find(who)
    if (id === null) return null
    await this.audit.append({
      kind: 'person.export',
      actor,
      subject: id,
      decision: 'done',
      reason,
    })
    const tables = await Promise.all(personTables.map((table) => this.#told(table, id)))
    const exportedAt = wireTime(this.clock.now())
    return { format: 'sealcard.person.1', exportedAt, tables: Object.fromEntries(tables) }
  }

  /**
   * Whole or not at all, and at once: the person's sessions end, their keys and their cards' content are deleted, their
   * cards are revoked, and what must stay (rosters, used proofs) goes over to an id that is nobody's. The audit stays as
   * it is and names an id that nothing leads to any more.
   * @returns null for nobody
   */
  async erase(who: PersonRef, { actor, reason = '' }: Act): Promise<Erased | null> {
    const id = await this.#find(who)
    if (id === null) return null
    const pseudonym = this.random.id()
    const erased = await this.audit.transact(async ({ manager, record }) => {
      await this.viewers.lock(manager, id)
      for (const cardId of await this.#revoke(manager, id)) {
        record({
          kind: 'card.revoke',
          actor,
          subject: cardId,
          decision: 'done',
          reason: 'owner_erased',
        })
      }
      const erased: [string, number][] = []
      for (const { entity, where, erasure } of personTables) {
        if (erasure === 'keep') continue
        const { affected } =
          erasure === 'delete'
            ? await manager.delete(entity, where(id))
            : await manager.update(entity, where(id), erasure(pseudonym))
        erased.push([manager.connection.getMetadata(entity).tableName, affected ?? 0])
      }
      record({ kind: 'person.erase', actor, subject: id, decision: 'done', reason })
      return Object.fromEntries(erased)
    })
    // It is done whatever becomes of the log; retention empties it again.
    await leaveNoTrace(this.storage).catch(() => {})
    return erased
  }

  async #find(who: PersonRef): Promise<string | null> {
    if (!('id' in who)) return (await this.viewers.find(who.app, who.viewerKey))?.id ?? null
    return (await this.viewers.keyOf(who.id)) === null ? null : who.id
  }

  async #revoke(manager: EntityManager, ownerId: string): Promise<string[]> {
    const active = { ownerId, revokedAt: IsNull() }
    const cards = await manager.find(CardEntity, { select: { id: true }, where: active })
    await manager.update(CardEntity, active, { revokedAt: this.clock.now() })
    return cards.map(({ id }) => id)
  }

  async #told({ entity, where }: PersonTable, id: string) {
    const { tableName, columns } = this.storage.getMetadata(entity)
    const rows = await this.storage.manager.find(entity, { where: where(id) })
    const tags = columns.map(({ target, propertyName }) => {
      const tag = tagOf(target, propertyName)
      return [
        propertyName,
        { purpose: tag?.purpose ?? '', until: tag ? retentions[tag.until] : '' },
      ] as const
    })
    return [
      tableName,
      { columns: Object.fromEntries(tags), rows: rows.map((row) => this.#row(tableName, row)) },
    ] as const
  }

  /** What cannot be told is said to be there, and takes nothing else with it. */
  #opened(ref: SealRef, envelope: string): string {
    try {
      return this.vault.unseal(ref, envelope)
    } catch (error) {
      if (error instanceof CryptoError) return '(cannot be opened)'
      throw error
    }
  }

  #row(table: string, row: ObjectLiteral): object {
    const told: Record<string, unknown> = { ...row }
    for (const column of sealedColumns(this.storage).filter((one) => one.table === table)) {
      const value: unknown = row[column.property]
      if (typeof value !== 'string') continue
      told[column.property] = TOLD.has(`${table}.${column.column}`)
        ? this.#opened(sealRefOf(column, String(row[column.key])), value)
        : '(held sealed)'
    }
    for (const [name, value] of Object.entries(told)) {
      if (/(At|Until|^at)$/.test(name) && typeof value === 'number') told[name] = wireTime(value)
    }
    return told
  }
}
