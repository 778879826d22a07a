import { envelopeKeyId } from '@sealcard/crypto'
import { DataSource, IsNull, MoreThan, Not, type EntityManager, type ObjectLiteral } from 'typeorm'
import type { Vault } from '../core/crypto/vault.js'
import { retried } from '../database/storage-error.js'
import { sealedColumns, sealRefOf, type SealedColumn } from './sealed-columns.js'

export interface RewrapFailure {
  readonly table: string
  readonly column: string
  readonly row: string
  /** The key that the envelope names; null when the value is no envelope. */
  readonly keyId: string | null
  readonly what: 'no such key' | 'does not open'
}

export interface RewrapReport {
  /** The key of every row now, except for the failures. */
  readonly primary: string
  readonly columns: number
  readonly rows: number
  readonly moved: number
  /** Rows that the service changed at the same moment and that a later pass looks at again. */
  readonly overtaken: number
  readonly failed: number
  /** The first hundred. */
  readonly failures: readonly RewrapFailure[]
}

export interface RewrapProgress {
  readonly table: string
  readonly column: string
  readonly rows: number
  readonly moved: number
}

/** Rows of one transaction. A longer one keeps the service's writers waiting. */
const BATCH = 100
const MAX_FAILURES = 100
/** When the service changes a row again and again, it seals the row itself, under its own primary key. */
const MAX_PASSES = 5
const MAX_TRIES = 5

/**
 * Moves every sealed value to the keyring's primary key while the service runs, a few rows at a time. An update holds
 * only if the value is still the one that was read. It opens every envelope, so it finds those that do not open. Running
 * it again, or twice at once, does no harm.
 */
export class Rewrap {
  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
  ) {}

  async run(progress?: (progress: RewrapProgress) => void): Promise<RewrapReport> {
    const columns = sealedColumns(this.storage)
    const total = { rows: 0, moved: 0, overtaken: 0, failed: 0 }
    const failures: RewrapFailure[] = []
    for (const column of columns) {
      let pass = await this.#pass(column, progress)
      let { moved } = pass
      for (let n = 1; pass.overtaken > 0 && n < MAX_PASSES; n++) {
        pass = await this.#pass(column, progress)
        moved += pass.moved
      }
      total.rows += pass.rows
      total.moved += moved
      total.overtaken += pass.overtaken
      total.failed += pass.failed
      failures.push(...pass.failures.slice(0, MAX_FAILURES - failures.length))
    }
    const { primaryKeyId: primary } = this.vault
    return {
      primary,
      columns: columns.length,
      ...total,
      failures,
    }
  }

  async #pass(column: SealedColumn, progress?: (progress: RewrapProgress) => void): Promise<Pass> {
    const sum: Pass = { rows: 0, moved: 0, overtaken: 0, failed: 0, failures: [] }
    for (let after: string | undefined, last = false; !last;) {
      const batch = await this.#batch(column, after)
      sum.rows += batch.rows
      sum.moved += batch.moved
      sum.overtaken += batch.overtaken
      sum.failed += batch.failed
      // Millions may fail when a key is lost; the report shows the first.
      sum.failures.push(...batch.failures.slice(0, MAX_FAILURES - sum.failures.length))
      after = batch.lastRow
      last = batch.rows < BATCH
      progress?.({ table: column.table, column: column.column, rows: sum.rows, moved: sum.moved })
    }
    return sum
  }

  async #batch(column: SealedColumn, after?: string): Promise<Pass & { lastRow?: string }> {
    const found = await this.#read(column, after)
    const failures: RewrapFailure[] = []
    const moves: Move[] = []
    for (const { row, envelope } of found) {
      const outcome = this.#rewrap(column, row, envelope)
      if (typeof outcome === 'string') moves.push({ row, envelope, to: outcome })
      else if (outcome) failures.push(outcome)
    }
    const moved = moves.length === 0 ? 0 : await this.#write(column, moves)
    const lastRow = found.at(-1)?.row
    return {
      rows: found.length,
      moved,
      overtaken: moves.length - moved,
      failed: failures.length,
      failures,
      ...(lastRow !== undefined && { lastRow }),
    }
  }

  async #read({ entity, key, property }: SealedColumn, after?: string): Promise<Sealed[]> {
    const rows = await this.storage.manager.find(entity, {
      select: { [key]: true, [property]: true },
      where: { [property]: Not(IsNull()), ...(after !== undefined && { [key]: MoreThan(after) }) },
      order: { [key]: 'ASC' },
      take: BATCH,
    })
    return rows.map((row) => ({ row: String(row[key]), envelope: String(row[property]) }))
  }

  /** @returns the moved envelope, null when it has the primary key already, or why it does not open */
  #rewrap(column: SealedColumn, row: string, envelope: string): string | RewrapFailure | null {
    try {
      return this.vault.rewrap(sealRefOf(column, row), envelope)
    } catch (error) {
      const unknown = (error as { code?: unknown }).code === 'ERR_ENVELOPE_KEY_UNKNOWN'
      const what = unknown ? 'no such key' : 'does not open'
      return { table: column.table, column: column.column, row, keyId: keyIdOf(envelope), what }
    }
  }

  #write(column: SealedColumn, moves: readonly Move[]): Promise<number> {
    return retried(MAX_TRIES, () =>
      this.storage.transaction((manager) => update(manager, column, moves)),
    )
  }
}

interface Sealed {
  readonly row: string
  readonly envelope: string
}

interface Move extends Sealed {
  readonly to: string
}

interface Pass {
  rows: number
  moved: number
  overtaken: number
  failed: number
  failures: RewrapFailure[]
}

/** @returns how many rows still had the value that was read */
const update = async (manager: EntityManager, column: SealedColumn, moves: readonly Move[]) => {
  const { entity, key, property } = column
  let moved = 0
  for (const { row, envelope, to } of moves) {
    const still: ObjectLiteral = { [key]: row, [property]: envelope }
    const { affected } = await manager.update(entity, still, { [property]: to })
    moved += affected ?? 0
  }
  return moved
}

const keyIdOf = (envelope: string): string | null => {
  try {
    return envelopeKeyId(envelope)
  } catch {
    return null
  }
}
