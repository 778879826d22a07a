import { dataMap, Retain, untaggedColumns } from '../../src/database/columns.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { schemaSuite } from '../kit/storage/schema-suite.js'

const memory = { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' } as const

schemaSuite('the schema on SQLite', () => createDataSource(memory).initialize())

describe('column tags', () => {
  it('G1 are on every column of the service', async () => {
    const dataSource = await createDataSource(memory).initialize()
    expect(untaggedColumns(dataSource)).toEqual([])
    expect(dataMap(dataSource)).toContainEqual({
      column: 'access_tokens.envelope',
      purpose: 'the access token, sealed',
      personal: false,
      until: 'token',
      sealed: 'access_token',
    })
    await dataSource.destroy()
  })

  it('are missed by table and column', () => {
    class Base {}
    class Tagged extends Base {}
    Retain({ purpose: 'x', personal: false, until: 'service' })(Base.prototype, 'inherited')
    const column = (propertyName: string, target: unknown = Tagged) => ({
      target,
      propertyName,
      databaseName: propertyName,
    })
    const columns = [column('inherited'), column('forgotten'), column('inherited', 'a schema')]
    const dataSource = { entityMetadatas: [{ tableName: 't', columns }] }
    expect(untaggedColumns(dataSource as never)).toEqual(['t.forgotten', 't.inherited'])
  })
})
