import type { TestApp } from './test-app.js'

/** SQL that the service runs during `work`, without values. */
export const statementsOf = async (
  { storage }: TestApp,
  work: () => Promise<unknown>,
): Promise<string[]> => {
  const seen: string[] = []
  const logQuery = storage.logger.logQuery.bind(storage.logger)
  storage.logger.logQuery = (query) => void seen.push(query)
  try {
    await work()
  } finally {
    storage.logger.logQuery = logQuery
  }
  // TypeORM writes numbers into the text on SQLite.
  return seen.map((query) => query.replace(/\b\d+\b/g, 'n'))
}
