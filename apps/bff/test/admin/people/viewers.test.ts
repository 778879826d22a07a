import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { allPages, asAdmin, inRole, startAdmin } from '../../kit/admin/support.js'
import { WECHAT, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
const people: Record<string, { id: string; code: string }> = {}

const meet = async (person: string, appId: string, name?: string) => {
  app.clock.advance(1000)
  if (appId === WECOM && name !== undefined) app.wecom.names.set(person, name)
  const token = await app.login(person, appId)
  if (appId === WECHAT && name !== undefined)
    await app.call('PATCH', '/v1/me', { token, body: { name } })
  const { id, code } = (await app.call('GET', '/v1/me', { token })).body
  people[person] = { id, code }
}

beforeAll(async () => {
  app = await startAdmin()
  await meet('oA', WECHAT, '陈默')
  await meet('oB', WECHAT, 'Chen Mo 陈默')
  await meet('ChenMo', WECOM)
  for (let i = 0; i < 6; i++) await meet(`worker${i}`, WECOM)
})
afterAll(() => app.stop())

const find = async (query: object, on = app): Promise<{ id: string }[]> => {
  const answer = await asAdmin(on, 'GET', `viewers?${new URLSearchParams({ ...query })}`)
  expect(answer.status).toBe(200)
  return answer.body.items
}
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id)
const id = (person: string) => people[person]?.id ?? ''

describe('the list of people', () => {
  test('has everybody, newest first, page by page, and by app', async () => {
    const all = idsOf(await allPages(app, 'viewers', 2))
    const order = Object.values(people).map((one) => one.id)
    expect(all).toEqual(order.toReversed())
    expect(idsOf(await find({ app: WECHAT }))).toEqual([id('oB'), id('oA')])
  })

  test('shows how others see them, and no openid or userid', async () => {
    const answer = await asAdmin(app, 'GET', `viewers?app=${WECHAT}`)
    expect(answer.body.items[1]).toEqual({
      id: id('oA'),
      app: WECHAT,
      name: '陈默',
      nameFrom: 'self',
      code: people['oA']?.code,
      createdAt: expect.stringMatching(/Z$/),
      seenAt: expect.stringMatching(/Z$/),
    })
    expect(answer.text).not.toContain('"oA"')
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('finds a person by the code, as people copy it', async () => {
    const code = people['oA']?.code ?? ''
    for (const q of [code, code.toLowerCase(), `${code.slice(0, 3)} ${code.slice(3)}`])
      expect(idsOf(await find({ q }))).toContain(id('oA'))
    expect(await find({ q: code, app: WECOM })).toEqual([])
  })

  test('finds a person by our id, which other lists show', async () => {
    expect(idsOf(await find({ q: id('oA') }))).toEqual([id('oA')])
    expect(idsOf(await find({ q: id('oA'), app: WECHAT }))).toEqual([id('oA')])
    expect(await find({ q: id('oA'), app: WECOM })).toEqual([])
    expect(await find({ q: `${id('oA')}x` })).toEqual([])
  })

  test('finds a person by the openid, and by the userid in any case', async () => {
    expect(idsOf(await find({ q: 'oA' }))).toEqual([id('oA')])
    for (const q of ['ChenMo', 'chenmo', 'CHENMO'])
      expect(idsOf(await find({ q }))).toContain(id('ChenMo'))
    expect(await find({ q: 'oa' })).toEqual([])
    const told = await app.storage.manager.findBy(AuditEntryEntity, { kind: 'person.find' })
    expect(told.map(({ subject }) => subject)).toContain(id('ChenMo'))
    expect(JSON.stringify(told).toLowerCase()).not.toContain('chenmo')
  })

  test('does not confirm an openid to those who may not read it', async () => {
    for (const role of ['operator', 'auditor'] as const)
      await inRole(app, role, async () => expect(await find({ q: 'oA' })).toEqual([]))
  })

  test('names what is wrong with a request', async () => {
    for (const [query, path] of [
      ['app=nothing', 'app'],
      [`q=${'x'.repeat(65)}`, 'q'],
      ['q=', 'q'],
      ['who=x', 'who'],
      ['cursor=none', 'cursor'],
    ]) {
      const answer = await asAdmin(app, 'GET', `viewers?${query}`)
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe(path)
    }
  })
})
