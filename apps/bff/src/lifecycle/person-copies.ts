import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type FindOptionsWhere, In, type ObjectLiteral } from 'typeorm'
import { Vault } from '../core/crypto/vault.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { wireTime } from '../core/time.js'
import { type Sealed, retentions } from '../database/data-policy.js'
import { personTables, type PersonTable } from './person-tables.js'
import { sealRefOf } from './sealed-columns.js'

/**
 * Who reads a copy. `person`: the person whose data it is. `machine`: the operator who runs a command, and has the
 * database and its keys. `administrator`: a caller under `/v1/admin`, who reads no title and no body.
 */
export type Reader = 'person' | 'machine' | 'administrator'

/** Rows of one query. */
const PAGE = 100

/** Copies of what is stored about a person: for each table its rows, and why and how long each column is kept. */
@Injectable()
export class PersonCopies {
  readonly #tables: readonly PersonTable[]

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#tables = personTables(storage)
  }

  /** A JSON document, `PersonCopy`, with one row on each line. It reads rows only as fast as the client takes lines. */
  async *lines(id: string, reader: Reader): AsyncGenerator<string> {
    const head = {
      format: 'sealcard.person.1',
      exportedAt: wireTime(this.clock.now()),
      ...(reader === 'administrator' && { personal: ['tables'] }),
    }
    yield `${JSON.stringify(head).slice(0, -1)},"tables":{`
    for (const [index, table] of this.#tables.entries()) {
      const columns = table.columns.map(({ property, purpose, until }) => [
        property,
        { purpose, until: retentions[until] },
      ])
      const told = JSON.stringify(Object.fromEntries(columns))
      yield `${index > 0 ? ',' : ''}\n${JSON.stringify(table.table)}:{"columns":${told},"rows":[`
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

  /** Keys first, then a page at a time: a person may have more rows than there is memory for. */
  async *#rows({ entity, keys, where }: PersonTable, id: string): AsyncGenerator<ObjectLiteral> {
    const { manager } = this.storage
    const select = Object.fromEntries(keys.map((name) => [name, true]))
    const found = await manager.find(entity, { select, where: where(id) })
    for (let at = 0; at < found.length; at += PAGE) {
      const page = placesOf(keys, found.slice(at, at + PAGE))
      // Asks again for the person: an erasure may have changed the rows since.
      const both = where(id).flatMap((one) => page.map((place) => ({ ...one, ...place })))
      yield* await manager.find(entity, { where: both })
    }
  }

  #told(table: PersonTable, row: ObjectLiteral, id: string, reader: Reader): ObjectLiteral {
    const withheld = reader === 'person' ? table.withheld(row, id) : {}
    const told: Record<string, unknown> = { ...row, ...withheld }
    for (const { property, sealed, isTime } of table.columns) {
      const value: unknown = row[property]
      if (property in withheld) continue
      if (sealed && typeof value === 'string') {
        const ref = sealRefOf({ ...table, sealed }, String(row[table.keys[0] ?? '']))
        told[property] = mayRead(reader, sealed)
          ? (this.vault.unsealOrNull(ref, value) ?? '(cannot be opened)')
          : '(held sealed)'
      } else if (isTime && typeof value === 'number') told[property] = wireTime(value)
    }
    return told
  }
}

const mayRead = (reader: Reader, { toldTo }: Sealed): boolean =>
  toldTo === 'everybody' || (toldTo === 'person' && reader !== 'administrator')

/** Conditions that find these rows by their keys. */
const placesOf = (names: readonly string[], rows: readonly ObjectLiteral[]) => {
  const [name = '', ...more] = names
  if (more.length === 0) return [{ [name]: In(rows.map((row) => row[name] as unknown)) }]
  return rows.map((row): FindOptionsWhere<ObjectLiteral> =>
    Object.fromEntries(names.map((one) => [one, row[one] as unknown])),
  )
}
