import { createHash } from 'node:crypto'
import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm'
import type { Blocked } from '../blocking.js'

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const codeOf = (id: string, turn: number): string => {
  const bits = createHash('sha256').update(`code ${turn} ${id}`).digest().readUInt32BE() >>> 2
  return Array.from({ length: 6 }, (_, i) => DIGITS[(bits >>> (25 - 5 * i)) & 31]).join('')
}

const columns = [
  { name: 'code', type: 'varchar', length: '6', isNullable: false, default: "''" },
  { name: 'sealed_name', type: 'text', isNullable: true },
  { name: 'name_from', type: 'varchar', length: '8', isNullable: true },
  { name: 'named_at', type: 'bigint', isNullable: true },
]
const index = { name: 'ux_viewers_code', columnNames: ['app_id', 'code'], isUnique: true }

/** Rows of one statement. */
const BATCH = 500
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Of those who have a code already, the first id of each code keeps it. */
const TAKEN = `SELECT later.id AS id FROM viewers AS later WHERE later.code <> '' AND EXISTS (
  SELECT 1 FROM viewers AS first
  WHERE first.app_id = later.app_id AND first.code = later.code AND first.id < later.id)`

/** A code for each person that is here, and a place for their name. */
export class Names1770000031000 implements MigrationInterface {
  name = 'Names1770000031000'
  readonly blocks: readonly Blocked[] = [
    { table: 'viewers', secondsPerMillionRows: { sqlite: 130, postgres: 210 } },
  ]

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns(
      'viewers',
      columns.map((column) => new TableColumn(column)),
    )
    const plain = { name: 'ix_viewers_code_given', columnNames: ['app_id', 'code'] }
    await runner.createIndex('viewers', new TableIndex(plain))
    for (let turn = 0; await this.#give(runner, turn); turn++)
      await runner.query(`UPDATE viewers SET code = '' WHERE id IN (${TAKEN})`)
    await runner.dropIndex('viewers', plain.name)
    await runner.createIndex('viewers', new TableIndex(index))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('viewers', index.name)
    await runner.dropColumns(
      'viewers',
      columns.map(({ name }) => name),
    )
  }

  /** @returns whether anyone had none */
  async #give(runner: QueryRunner, turn: number): Promise<boolean> {
    let last = ''
    for (let given = false; ; given = true) {
      // Behind the last one: otherwise each batch would read all rows that have a code already.
      const rows = (await runner.query(
        `SELECT id FROM viewers WHERE code = '' AND id > ${quoted(last)} ORDER BY id LIMIT ${BATCH}`,
      )) as { id: string }[]
      if (rows.length === 0) return given
      last = rows.at(-1)?.id ?? last
      const cases = rows.map(({ id }) => `WHEN ${quoted(id)} THEN ${quoted(codeOf(id, turn))}`)
      const ids = rows.map(({ id }) => quoted(id))
      await runner.query(
        `UPDATE viewers SET code = CASE id ${cases.join(' ')} END WHERE id IN (${ids.join(', ')})`,
      )
    }
  }
}
