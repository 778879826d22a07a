import { asAdmin, startAdmin } from '../kit/admin/support.js'
import { testConfig, WECHAT } from '../kit/config.js'
import { key, wechatProof } from '../kit/proofs.js'
import type { TestApp } from '../kit/test-app.js'

/** A spreadsheet would run it. */
const NAME = '=HYPERLINK("x")'

let app: TestApp
let bob: string
let me: { id: string; code: string }
beforeAll(async () => {
  app = await startAdmin()
  const alice = await app.login('alice', WECHAT)
  bob = await app.login('bob', WECHAT)
  const { shareId, declared } = await app.shared(alice)
  await app.open(bob, shareId, wechatProof(key('bob'), declared))
  me = (await app.call('PATCH', '/v1/me', { token: bob, body: { name: NAME } })).body
})
afterAll(() => app.stop())

const get = async (path: string, at = app) => {
  const answer = await asAdmin(at, 'GET', path)
  expect({ path, status: answer.status }).toEqual({ path, status: 200 })
  return answer
}

describe('what administrators see of a person who has a name', () => {
  test('the list of openings and the person have name, source and code', async () => {
    const viewer = { id: me.id, name: NAME, nameFrom: 'self', code: me.code }
    const [opening] = (await get(`openings?viewer=${me.id}`)).body.items
    expect(opening.viewer).toEqual(viewer)
    const person = (await get(`viewers/${me.id}`)).body
    expect(person).toMatchObject({ ...viewer, personal: ['platformId', 'name'] })
  })

  test('the files have code and name behind all other columns, and no formula', async () => {
    const csv = (await get('openings/export?format=csv')).text.split('\r\n')
    expect(csv[0]).toMatch(/,reason,viewerCode,viewerName$/)
    expect(csv[1]).toMatch(`,"${me.code}","'=HYPERLINK(""x"")"`)
    const lines = (await get('cards/export?format=jsonl')).text.split('\n')
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      ownerCode: expect.stringMatching(/^[0-9A-Z]{6}$/),
      ownerName: null,
    })
  })

  test('the audit has no name, whatever was read', async () => {
    for (const format of ['csv', 'jsonl'])
      expect((await get(`audit/export?format=${format}`)).text).not.toContain('HYPERLINK')
  })

  test('where names are switched off there is the code alone', async () => {
    const off = await app.beside({
      apps: testConfig('').apps.map((one) => ({ ...one, names: 'off' })),
    })
    try {
      const [opening] = (await get(`openings?viewer=${me.id}`, off)).body.items
      expect(opening.viewer).toEqual({ id: me.id, code: me.code })
      for (const list of ['openings', 'cards', 'audit'])
        for (const format of ['csv', 'jsonl'])
          expect((await get(`${list}/export?format=${format}`, off)).text).not.toContain(
            'HYPERLINK',
          )
    } finally {
      await off.nest.close()
    }
  })
})
