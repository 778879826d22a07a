/** One spelling for each set of filters: a cursor is good for the list that it came from, and no other. */
export const filterName = (filters: object): string =>
  JSON.stringify(
    Object.entries(filters)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
