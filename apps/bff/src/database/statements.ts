import { namedStatementsOf } from './postgres/named-statements.js'
import type { DataSource, EntityManager, QueryResult, QueryRunner } from 'typeorm'

type CellType = 'varchar' | 'text' | 'bigint' | 'int'

/** What reads a value that the driver gave. PostgreSQL's gives 64-bit integers and sums as text. */
type Reader<V> = (value: unknown) => V

export const text: Reader<string> = (value) => value as string
export const integer: Reader<number> = Number
/** SQLite gives a document as text, PostgreSQL's driver as what it holds; null is the empty document of an aggregate. */
export const json = (value: unknown): unknown =>
  typeof value === 'string' ? (JSON.parse(value) as unknown) : value
export const nullable =
  <V>(read: Reader<V>): Reader<V | null> =>
  (value) =>
    value === null ? null : read(value)

/** What only reads. `UPDATE … RETURNING` cannot stand inside another statement. */
const READS = /^\s*SELECT\b/

/** How each column of an answer is read, under the name that the statement gives it. */
export type Shape<Row> = { readonly [K in keyof Row]: Reader<Row[K]> }

/**
 * SQL over many rows at once, for what many people do in the same moment. Everything else uses TypeORM.
 *
 * The rows are one parameter, JSON. A statement has one text however many rows there are, so it is prepared once. The
 * database reads the rows on its own thread.
 */
export class Statements {
  readonly #postgres: boolean
  readonly #each: string

  constructor(private readonly storage: DataSource) {
    this.#postgres = storage.options.type === 'postgres'
    this.#each = eachOf(storage)
  }

  /** A table `given` of the rows in parameter `n`, an array of arrays. */
  given(n: number, columns: Readonly<Record<string, CellType>>): string {
    const cells = Object.entries(columns).map(([name, type], i) =>
      this.#postgres ? `(value->>${i})::${type} AS ${name}` : `value->>${i} AS ${name}`,
    )
    const rows = this.#postgres
      ? `jsonb_array_elements($${n}::jsonb) AS listed(value)`
      : `${this.#each}($${n})`
    return `(SELECT ${cells.join(', ')} FROM ${rows}) AS given`
  }

  /** The values of a subquery's only column as one JSON array. @param rows an alias that the subquery gets */
  array(column: string, subquery: string, rows: string): string {
    const collect = this.#postgres ? 'json_agg' : 'json_group_array'
    return `(SELECT ${collect}(${rows}.${column}) FROM (${subquery}) AS ${rows})`
  }

  /** The rows of a subquery as one JSON array of arrays, a cell per column. @param rows an alias that the subquery gets */
  arrays(columns: readonly string[], subquery: string, rows: string): string {
    const [collect, row] = this.#postgres
      ? ['json_agg', 'json_build_array']
      : ['json_group_array', 'json_array']
    const cells = columns.map((column) => `${rows}.${column}`).join(', ')
    return `(SELECT ${collect}(${row}(${cells})) FROM (${subquery}) AS ${rows})`
  }

  /** Whether a transaction has the whole database to itself: SQLite's begin with the write lock. */
  get oneWriter(): boolean {
    return !this.#postgres
  }

  /**
   * Parameter `n`, a moment in ms that PostgreSQL's planner does not see. Its statistics know nothing of the last minutes:
   * it would take the rows since then for none, and read those of everybody instead of one person's.
   */
  moment(n: number): string {
    return this.#postgres ? `(SELECT $${n}::bigint)` : `$${n}`
  }

  /**
   * Behind a SELECT: holds its rows until the transaction ends, in one order everywhere, that of JavaScript's `<`: the
   * service sorts rows by it, too. SQLite has one writer.
   */
  get hold(): string {
    return this.#postgres ? ' ORDER BY id COLLATE "C" FOR UPDATE' : ''
  }

  /**
   * The same for rows of the table `alias`, by the keys that are named. Their order is that of JavaScript, in which a
   * group inserts rows.
   */
  holdBy(alias: string, ...keys: readonly string[]): string {
    const order = keys.map((key) => `${alias}.${key} COLLATE "C"`).join(', ')
    return this.#postgres ? ` ORDER BY ${order} FOR UPDATE OF ${alias}` : ''
  }

  /**
   * In the WHERE of an UPDATE … FROM `given`: holds the rows first. A join alone takes them in the order of its plan.
   * @param keys columns of the table and of `given`
   */
  heldFirst(table: string, keys: readonly string[], given: string): string {
    if (!this.#postgres) return 'true'
    const of = (alias: string) => keys.map((key) => `${alias}.${key}`).join(', ')
    return `(${of(table)}) IN (SELECT ${of('held')} FROM ${table} AS held
      WHERE (${of('held')}) IN (SELECT ${of('given')} FROM ${given})${this.holdBy('held', ...keys)})`
  }

  /** Inserts the rows of parameter 1. */
  insert(table: string, columns: Readonly<Record<string, CellType>>): Statement<never> {
    const names = Object.keys(columns).join(', ')
    return this.write(
      `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${this.given(1, columns)}`,
    )
  }

  /** A statement that answers nothing. */
  write(sql: string): Statement<never> {
    return new Statement<never>(this.storage, this.#postgres, sql, {} as Shape<never>)
  }

  /** A statement with parameters `$1`, `$2`, that answers rows. */
  read<Row>(sql: string, shape: Shape<Row>): Statement<Row> {
    return new Statement(this.storage, this.#postgres, sql, shape)
  }

  /**
   * Statements that are asked together, each begins with SELECT. SQLite runs them as one, so its thread and ours hand over
   * to each other once. PostgreSQL runs them one after another, so that rows are held in the order of the statements.
   */
  together<Rows extends readonly unknown[]>(...statements: EachOf<Rows>): Together<Rows> {
    return new Together<Rows>(this.storage, this.#postgres, statements)
  }
}

/** From 3.51 on, SQLite hands out each row of a list as it read it. Before, it writes the row as text and reads it again. */
const eachOf = ({ driver }: DataSource): string => {
  const [major = 0, minor = 0] = (driver.version ?? '').split('.').map(Number)
  return major > 3 || (major === 3 && minor >= 51) ? 'jsonb_each' : 'json_each'
}

/** A statement for each kind of row. */
type EachOf<Rows extends readonly unknown[]> = { readonly [K in keyof Rows]: Statement<Rows[K]> }

export class Statement<Row> {
  readonly text: string
  /** Which parameter each place of the text takes: SQLite's packages differ in what a numbered place means. */
  readonly #places: readonly number[] | undefined
  readonly #columns: readonly (readonly [string, Reader<unknown>])[]
  /** Whether all rows come as one document. */
  readonly #gathered: boolean

  constructor(
    private readonly storage: DataSource,
    postgres: boolean,
    sql: string,
    shape: Shape<Row>,
  ) {
    this.#columns = Object.entries<Reader<unknown>>(shape)
    this.#gathered = !postgres && READS.test(sql)
    const text = this.#gathered ? this.#gathering(sql) : sql
    this.#places = postgres
      ? undefined
      : [...text.matchAll(/\$(\d+)/g)].map(([, n]) => Number(n) - 1)
    this.text = postgres ? text : text.replace(/\$\d+/g, '?')
    namedStatementsOf(storage)?.add(this.text)
  }

  /**
   * In the manager's transaction, or outside of any.
   * @param params numbers, texts, null, or lists of rows for `given`
   */
  async run(params: readonly unknown[], manager?: EntityManager): Promise<Row[]> {
    const records = await recordsOf(this.storage, this.text, this.bound(params), manager)
    if (this.#gathered) return this.gathered((records as [{ rows: string }])[0].rows)
    return records.map((record) => this.#row((name) => record[name]))
  }

  /** What the driver gets. @param params as of `run` */
  bound(params: readonly unknown[]): unknown[] {
    const values = params.map((value) => (Array.isArray(value) ? JSON.stringify(value) : value))
    return this.#places?.map((place) => values[place]) ?? values
  }

  /** Reads the document that holds all rows. */
  gathered(document: string): Row[] {
    const rows = JSON.parse(document) as unknown[][]
    return rows.map((cells) => this.#row((_, place) => cells[place]))
  }

  /** SQLite's packages make an object of each row, cell by cell, on our thread: that costs more than one document does. */
  #gathering(sql: string): string {
    const cells = this.#columns.map(([name]) => `"${name}"`).join(', ')
    return `SELECT json_group_array(json_array(${cells})) AS "rows" FROM (${sql})`
  }

  #row(cell: (name: string, place: number) => unknown): Row {
    const row: Record<string, unknown> = {}
    this.#columns.forEach(([name, read], place) => (row[name] = read(cell(name, place))))
    return row as Row
  }
}

/** See `Statements.together`. */
export class Together<Rows extends readonly unknown[]> {
  readonly #text: string

  constructor(
    private readonly storage: DataSource,
    private readonly postgres: boolean,
    private readonly statements: EachOf<Rows>,
  ) {
    this.#text = `SELECT ${statements.map(({ text }, n) => `(${text}) AS "${n}"`).join(', ')}`
  }

  /** @param params of each statement, as of `Statement.run` @returns the rows of each */
  async run(
    params: readonly (readonly unknown[])[],
    manager?: EntityManager,
  ): Promise<{ [K in keyof Rows]: Rows[K][] }> {
    const rows: unknown[][] = []
    if (this.postgres) {
      for (const [n, statement] of this.statements.entries())
        rows.push(await statement.run(params[n] ?? [], manager))
    } else {
      const bound = this.statements.flatMap((statement, n) => statement.bound(params[n] ?? []))
      const [documents] = await recordsOf(this.storage, this.#text, bound, manager)
      for (const [n, statement] of this.statements.entries())
        rows.push(statement.gathered(documents?.[n] as string))
    }
    return rows as { [K in keyof Rows]: Rows[K][] }
  }
}

/** In the manager's transaction, or outside of any. */
const recordsOf = async (
  storage: DataSource,
  text: string,
  values: unknown[],
  manager?: EntityManager,
): Promise<Record<string, unknown>[]> => {
  const query = async (runner: QueryRunner) => {
    const { records }: QueryResult = await runner.query(text, values, true)
    return records as Record<string, unknown>[]
  }
  const running = manager?.queryRunner
  if (running) return query(running)
  const runner = storage.createQueryRunner()
  try {
    return await query(runner)
  } finally {
    await runner.release()
  }
}
