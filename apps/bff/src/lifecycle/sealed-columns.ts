import type { DataSource, ObjectLiteral } from 'typeorm'
import type { SealRef } from '../core/crypto/vault.js'
import { type ColumnTag, tagOf } from '../database/columns.js'

/** A column whose values are envelopes of the vault. */
export interface SealedColumn {
  readonly entity: new () => ObjectLiteral
  readonly table: string
  readonly column: string
  /** The entity's property of it, and of the primary key, which is the envelope's row. */
  readonly property: string
  readonly key: string
  readonly purpose: string
  readonly toldTo: ColumnTag['toldTo']
}

/** What an envelope in that column of that row must have been sealed for. */
export const sealRefOf = ({ table, purpose }: SealedColumn, row: string): SealRef => ({
  table,
  row,
  purpose,
})

/** Every sealed column of every entity, from the tags at the columns. @throws TypeError for one without a row of its own */
export const sealedColumns = (storage: DataSource): SealedColumn[] =>
  storage.entityMetadatas.flatMap((entity) =>
    entity.columns.flatMap((column) => {
      const tag = tagOf(column.target, column.propertyName)
      if (tag?.sealed === undefined) return []
      const [key, ...more] = entity.primaryColumns
      if (!key || more.length > 0 || typeof entity.target !== 'function') {
        throw new TypeError(`${entity.tableName}.${column.databaseName}: sealed needs one key`)
      }
      return {
        entity: entity.target as new () => ObjectLiteral,
        table: entity.tableName,
        column: column.databaseName,
        property: column.propertyName,
        key: key.propertyName,
        purpose: tag.sealed,
        toldTo: tag.toldTo,
      }
    }),
  )
