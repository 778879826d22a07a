import type { DataSource, ObjectLiteral } from 'typeorm'
import type { SealRef } from '../core/crypto/vault.js'
import { dataMap } from '../database/data-map.js'
import type { Sealed } from '../database/data-policy.js'

/** A column whose values are envelopes of the vault. */
export interface SealedColumn {
  readonly entity: new () => ObjectLiteral
  readonly table: string
  readonly column: string
  /** The entity's property of it, and of the primary key, which is the envelope's row. */
  readonly property: string
  readonly key: string
  readonly sealed: Sealed
}

/** What an envelope in that column of that row must have been sealed for. */
export const sealRefOf = (
  { table, sealed }: Pick<SealedColumn, 'table' | 'sealed'>,
  row: string,
): SealRef => ({
  table,
  row,
  purpose: sealed.for,
})

/** Every sealed column of every entity. */
export const sealedColumns = (storage: DataSource): SealedColumn[] =>
  dataMap(storage).flatMap(({ entity, table, keys: [key = ''], columns }) =>
    columns.flatMap(({ column, property, sealed }) =>
      sealed ? [{ entity, table, column, property, key, sealed }] : [],
    ),
  )
