import { createMemoryStore } from '../src/index.js'
import { storeCases } from '../src/testing/index.js'
import { createSqliteStore } from './kit/sqlite-store.js'

describe('the store in memory', () => {
  test.each(storeCases)('$title', ({ run }) => run(createMemoryStore()))
})

describe('the store in SQL, on SQLite', () => {
  test.each(storeCases)('$title', async ({ run }) => {
    const { store, close } = await createSqliteStore()
    try {
      await run(store)
    } finally {
      await close()
    }
  })
})
