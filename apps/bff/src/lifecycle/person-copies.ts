import { Inject, Injectable } from '@nestjs/common'
import { CryptoError } from '@sealcard/crypto'
import { DataSource, type FindOptionsWhere, In, type ObjectLiteral } from 'typeorm'
import { Vault } from '../core/crypto/vault.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { wireTime } from '../core/time.js'
import { retentions, tagOf } from '../database/columns.js'
import { personTables, type PersonTable } from './person-tables.js'
import { type SealedColumn, sealRefOf, sealedColumns } from './sealed-columns.js'

/**
 * Who reads a copy. `person`: whose data it is. `machine`: whoever runs a command, who has the database and its keys.
 * `administrator`: anybody under `/v1/admin`, who reads no word of a card.
 */
export type Reader = 'person' | 'machine' | 'administrator'

/** Rows that are read, opened and sent at a time. */
const PAGE = 100

/** Copies of what is held about a person: for each table why its columns are kept and for how long, and its rows. */
@Injectable()
export class PersonCopies {
  readonly #sealed: readonly SealedColumn[]

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#sealed = sealedColumns(storage)
  }

  /** A JSON document, `PersonCopy`, a row a line. Rows are read as fast as the lines are taken, and no faster. */
  async *lines(id: string, reader: Reader): AsyncGenerator<string> {
    const head = {
      format: 'sealcard.person.1',
      exportedAt: wireTime(this.clock.now()),
      ...(reader === 'administrator' && { personal: ['tables'] }),
    }
    yield `${JSON.stringify(head).slice(0, -1)},"tables":{`
    for (const [index, table] of personTables.entries()) {
      const { tableName, columns } = this.storage.getMetadata(table.entity)
      const tags = columns.map(({ target, propertyName }) => {
        const tag = tagOf(target, propertyName)
        const told = { purpose: tag?.purpose ?? '', until: tag ? retentions[tag.until] : '' }
        return [propertyName, told] as const
      })
      const told = JSON.stringify(Object.fromEntries(tags))
      yield `${index > 0 ? ',' : ''}\n${JSON.stringify(tableName)}:{"columns":${told},"rows":[`
      let first = true
      for await (const row of this.#rows(table, id)) {
        const line = JSON.stringify(this.#told(table, row, id, reader))
        yield `${first ? '' : ','}\n${line}`
        first = false
      }
      yield ']}'
    }
    yield '}}\n'
  }

  /** Their keys first, then a page at a time: a person may have more rows than there is memory for. */
  async *#rows({ entity, where }: PersonTable, id: string): AsyncGenerator<ObjectLiteral> {
    const { manager } = this.storage
    const names = this.storage.getMetadata(entity).primaryColumns.map((one) => one.propertyName)
    const select = Object.fromEntries(names.map((name) => [name, true]))
    const keys = await manager.find(entity, { select, where: where(id) })
    const theirs = [where(id)].flat()
    for (let at = 0; at < keys.length; at += PAGE) {
      const page = placesOf(names, keys.slice(at, at + PAGE))
      // The person's still: meanwhile they may have been erased.
      const both = theirs.flatMap((one) => page.map((place) => ({ ...one, ...place })))
      yield* await manager.find(entity, { where: both })
    }
  }

  #told(
    { entity, withheld }: PersonTable,
    row: ObjectLiteral,
    id: string,
    reader: Reader,
  ): ObjectLiteral {
    const told: Record<string, unknown> = {
      ...row,
      ...(reader === 'person' && withheld?.(row, id)),
    }
    for (const column of this.#sealed) {
      const value: unknown = row[column.property]
      if (column.entity === entity && typeof value === 'string')
        told[column.property] = this.#opened(column, String(row[column.key]), value, reader)
    }
    for (const [name, value] of Object.entries(told)) {
      if (/(At|Until|^at)$/.test(name) && typeof value === 'number') told[name] = wireTime(value)
    }
    return told
  }

  /** What cannot be told is said to be there, and takes nothing else with it. */
  #opened(column: SealedColumn, key: string, envelope: string, reader: Reader): string {
    const { toldTo } = column
    if (toldTo !== 'everybody' && !(toldTo === 'person' && reader !== 'administrator'))
      return '(held sealed)'
    try {
      return this.vault.unseal(sealRefOf(column, key), envelope)
    } catch (error) {
      if (error instanceof CryptoError) return '(cannot be opened)'
      throw error
    }
  }
}

/** Conditions that name these rows. */
const placesOf = (names: readonly string[], rows: readonly ObjectLiteral[]) => {
  const [name = '', ...more] = names
  if (more.length === 0) return [{ [name]: In(rows.map((row) => row[name] as unknown)) }]
  return rows.map((row): FindOptionsWhere<ObjectLiteral> =>
    Object.fromEntries(names.map((one) => [one, row[one] as unknown])),
  )
}
