import { createDataSource } from '../../../src/schema/data-source.js'
import { allPages, startAdmin } from '../../kit/admin/support.js'
import { WECHAT, WECOM } from '../../kit/config.js'
import {
  hasPostgres,
  PATIENT,
  startPostgres,
  type TestPostgres,
} from '../../kit/storage/postgres.js'
import { TestApp } from '../../kit/test-app.js'

const EACH = 16
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id)

const suite = (): void => {
  let app: TestApp
  const tokens: string[] = []
  const list = async (what: string, query: Record<string, string>, limit = 3) =>
    idsOf(await allPages(app, `${what}?${new URLSearchParams(query)}`, limit))
  const call = async (token: string, method: string, url: string, body?: object) => {
    const answer = await app.call(method, url, { token, ...(body && { body }) })
    expect(answer.status).toBeLessThan(300)
    return answer.body
  }

  // All come in the same millisecond: only their ids order them.
  beforeAll(async () => {
    app = await startAdmin()
    tokens.length = 0
    for (let i = 0; i < EACH; i++) {
      app.wecom.names.set(`w${i}`, '同名')
      tokens.push(await app.login(`p${i}`), await app.login(`w${i}`, WECOM))
    }
    for (const [i, token] of tokens.entries()) {
      if (i % 2 === 0) await call(token, 'PATCH', '/v1/me', { name: '同名' })
      await call(token, 'POST', '/v1/cards', { title: '同题', body: 'B' })
    }
  })
  afterAll(() => app.stop())

  test.each([
    ['people', 'viewers', '同名'],
    ['cards', 'cards', '同题'],
  ])('%s of one moment are each found once, page by page', async (_, what, q) => {
    for (const [where, count] of [
      [{}, 2 * EACH],
      [{ app: WECHAT }, EACH],
      [{ app: WECOM }, EACH],
    ] as const) {
      const all = await list(what, where, 100)
      expect(all).toHaveLength(count)
      expect(await list(what, { ...where, q })).toEqual(all)
    }
  })

  test('a person whom a code names stands among those whose name it is', async () => {
    const [first = '', ...others] = tokens.filter((_, i) => i % 2 === 0)
    const { code } = await call(first, 'GET', '/v1/me')
    for (const token of others) await call(token, 'PATCH', '/v1/me', { name: code })
    expect(await list('viewers', { q: code })).toEqual(await list('viewers', { app: WECHAT }, 100))
  })
}

describe('over SQLite', suite)
;(hasPostgres() ? describe : describe.skip)('over a PostgreSQL that orders ids as English', () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
    const server = await createDataSource(postgres.database('postgres')).initialize()
    await server.query(
      `CREATE DATABASE english TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'`,
    )
    await server.destroy()
    TestApp.database = () => Promise.resolve(postgres.database(`english${PATIENT}`))
  })
  afterAll(async () => {
    TestApp.database = undefined
    await postgres.stop()
  })
  suite()
})
