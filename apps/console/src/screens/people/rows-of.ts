/** All rows that an erasure changed, of every table. */
export const rowsOf = (erased: Readonly<Record<string, number>>): number =>
  Object.values(erased).reduce((sum, rows) => sum + rows, 0)
