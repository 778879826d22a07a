import { Grouped } from '../core/concurrency/grouped.js'
import type { Statement } from './statements.js'

/** Members of one statement. */
const MOST = 128
/** Statements under way at the same time: a slow one does not hold up all others. */
const AT_ONCE = 2

/** Reads rows for all who ask in the same moment by one statement, outside of any transaction. */
export class GroupedRead<Asked, Row extends { readonly n: number }> {
  readonly #groups: Grouped<Asked, readonly Row[]>

  /**
   * @param statement takes the rows `[n, ...cells]` and gives each row the `n` of who asked for it
   * @param cells what a member of the group asks with
   */
  constructor(statement: Statement<Row>, cells: (asked: Asked) => readonly unknown[]) {
    this.#groups = new Grouped<Asked, readonly Row[]>(
      { most: MOST, atOnce: AT_ONCE },
      async (group) => {
        const found = group.map((): Row[] => [])
        const rows = await statement.run([group.map((asked, n) => [n, ...cells(asked)])])
        for (const row of rows) found[row.n]?.push(row)
        return found.map((value) => ({ value }))
      },
    )
  }

  all(asked: Asked): Promise<readonly Row[]> {
    return this.#groups.ask(asked)
  }

  async first(asked: Asked): Promise<Row | undefined> {
    return (await this.all(asked))[0]
  }
}
