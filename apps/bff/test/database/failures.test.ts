import { QueryFailedError } from 'typeorm'
import { expectProblem } from '../kit/expect-problem.js'
import { key, wechatProof } from '../kit/proofs.js'
import { TestApp } from '../kit/test-app.js'

let app: TestApp
let alice: string
beforeAll(async () => {
  app = await TestApp.start()
  alice = await app.login('alice')
})
afterAll(() => app.stop())
afterEach(() => jest.restoreAllMocks())

const driverError = (code: string) =>
  new QueryFailedError('INSERT', ['CANARY-PARAMETER'], Object.assign(new Error('CANARY'), { code }))
const fails = (error: Error) => jest.spyOn(app.storage, 'transaction').mockRejectedValue(error)
const card = { title: 'T', body: 'B' }
const create = () => app.call('POST', '/v1/cards', { token: alice, body: card })

describe('C3 the storage fails', () => {
  test.each([
    ['SQLITE_FULL'],
    ['SQLITE_READONLY'],
    ['SQLITE_BUSY'],
    ['SQLITE_IOERR'],
    ['ECONNREFUSED'],
    ['57P01'],
  ])('%s: 503 with Retry-After, then everything works again', async (code) => {
    fails(driverError(code))
    const answer = await create()
    expectProblem(answer, 'ERR_STORAGE_UNAVAILABLE')
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    jest.restoreAllMocks()
    expect((await create()).status).toBe(201)
  })

  test('an opening is refused, not granted', async () => {
    const { shareId, declared } = await app.shared(alice)
    const bob = await app.login('bob')
    const proof = wechatProof(key('bob'), declared)
    fails(driverError('SQLITE_FULL'))
    expectProblem(await app.open(bob, shareId, proof), 'ERR_STORAGE_UNAVAILABLE')
    jest.restoreAllMocks()
    expect((await app.open(bob, shareId, proof)).status).toBe(201)
  })

  test('not ready while the database does not answer', async () => {
    jest.spyOn(app.storage, 'query').mockRejectedValue(driverError('SQLITE_IOERR'))
    expectProblem(await app.call('GET', '/readyz'), 'ERR_STORAGE_UNAVAILABLE')
  })
})

describe('an unexpected error', () => {
  test('is 500 and says nothing', async () => {
    fails(new Error('CANARY at /etc/passwd'))
    const answer = await create()
    expectProblem(answer, 'ERR_INTERNAL')
    expect(answer.text).not.toContain('CANARY')
  })

  test('a failed commit leaves the audit chain whole', async () => {
    fails(driverError('SQLITE_FULL'))
    await create()
    jest.restoreAllMocks()
    await create()
    const gaps = await app.storage.query('SELECT max(seq) - count(*) AS gaps FROM audit_entries')
    expect(gaps).toEqual([{ gaps: 0 }])
  })
})
