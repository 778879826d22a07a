import type { DataSource } from 'typeorm'
import { integer, Statements } from '../../../src/database/statements.js'
import { urlForDriver } from '../../../src/database/postgres/data-source.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { hasPostgres, startPostgres, type TestPostgres } from '../../kit/storage/postgres.js'

const NAMES = "SELECT count(*) AS n FROM pg_prepared_statements WHERE name LIKE 'sealcard_%'"

test('the option stays out of what the driver gets', () => {
  expect(urlForDriver('postgres://h/d?prepared_statements=on&application_name=x')).toBe(
    'postgres://h/d?application_name=x',
  )
})

;(hasPostgres() ? describe : describe.skip)('statements over many rows, on PostgreSQL', () => {
  let postgres: TestPostgres
  let storage: DataSource
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterEach(() => storage.destroy())
  afterAll(() => postgres.stop())

  const open = async (query: string) => {
    const bare = { entities: [], migrations: [], poolSize: 1 }
    storage = await createDataSource(postgres.database(`postgres${query}`), bare).initialize()
    const sql = new Statements(storage)
    const given = sql.given(1, { n: 'int' })
    const sum = sql.read(`SELECT sum(n + $2) AS total FROM ${given}`, { total: integer })
    const divided = sql.read(`SELECT 1 / min(n) AS total FROM ${given}`, { total: integer })
    return { sum, divided, names: async () => Number((await storage.query(NAMES))[0].n) }
  }

  it('are prepared once on a connection where the URL says so, and no other statement is', async () => {
    const { sum, names } = await open('?prepared_statements=on')
    expect(await sum.run([[[1], [2]], 10])).toEqual([{ total: 23 }])
    expect(await sum.run([[[5]], 1])).toEqual([{ total: 6 }])
    await storage.transaction(async (manager) => {
      expect(await sum.run([[[7]], 0], manager)).toEqual([{ total: 7 }])
      await manager.query('SELECT 1')
    })
    expect(await names()).toBe(1)
  })

  it('work again after one of them failed in a transaction', async () => {
    const { sum, divided, names } = await open('?prepared_statements=on')
    const failing = storage.transaction((manager) => divided.run([[[0]]], manager))
    await expect(failing).rejects.toThrow('division by zero')
    expect(await divided.run([[[1]]])).toEqual([{ total: 1 }])
    expect(await sum.run([[[1]], 1])).toEqual([{ total: 2 }])
    expect(await names()).toBe(2)
  })

  it.each(['', '?prepared_statements=off'])('have no names behind %p', async (query) => {
    const { sum, names } = await open(query)
    expect(await sum.run([[[1]], 1])).toEqual([{ total: 2 }])
    expect(await names()).toBe(0)
  })
})
