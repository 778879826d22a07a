import { localTime } from '../../../src/core/time-zone.js'
import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import { WECHAT, WECHAT_B } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
let bob: { id: string; code: string }
let watermark: string
let openings: string[]
const MINUTE = 60_000

beforeAll(async () => {
  app = await startAdmin()
  const alice = await app.login('alice')
  const { shareId, declared } = await app.shared(alice, { policy: { watermark: true } })
  const token = await app.login('bob')
  bob = (await app.call('GET', '/v1/me', { token })).body
  const open = async (nonce: string) =>
    (await app.open(token, shareId, wechatProof(key('bob'), declared, nonce))).body
  const answers = [await open('a')]
  watermark = answers[0].watermark
  for (const nonce of ['b', 'c']) {
    app.clock.advance(2 * MINUTE)
    answers.push(await open(nonce))
  }
  await app.open(token, shareId, { encryptedData: '', iv: '' })
  openings = answers.map(({ id }) => id)
})
afterAll(() => app.stop())

const read = (query: Record<string, string>) =>
  asAdmin(app, 'GET', `watermarks?${new URLSearchParams({ app: WECHAT, ...query })}`)
const idsOf = ({ body }: Awaited<ReturnType<typeof read>>) =>
  body.openings.map(({ id }: { id: string }) => id)

describe('a watermark on a photograph', () => {
  test('says who it was and what they opened in that minute, read as it stands there', async () => {
    const [, code = '', day, time] =
      /([0-9A-Z]{6}).*(\d{4}-\d\d-\d\d) (\d\d:\d\d)/.exec(watermark) ?? []
    expect(code).toBe(bob.code)
    const answer = await read({ code, at: `${day} ${time}` })
    expect(answer.status).toBe(200)
    expect(answer.body.viewer).toMatchObject({ id: bob.id, app: WECHAT, code })
    expect(idsOf(answer)).toEqual([openings[0]])
    expect(answer.text).not.toContain('"bob"')
  })

  test('a code is read as people copy it, and a time in UTC is understood, too', async () => {
    const [first = ''] = openings
    const start = (await read({ code: bob.code })).body.openings.find(
      ({ id }: { id: string }) => id === first,
    ).at
    for (const code of [bob.code.toLowerCase(), `${bob.code.slice(0, 3)}-${bob.code.slice(3)}`]) {
      expect(idsOf(await read({ code, at: start }))).toEqual([first])
      const local = localTime(Date.parse(start)).replace(' ', 'T')
      expect(idsOf(await read({ code, at: local }))).toEqual([first])
    }
  })

  test('without a time there are the latest openings, and none that was refused', async () => {
    expect(idsOf(await read({ code: bob.code }))).toEqual(openings.toReversed())
    expect(idsOf(await read({ code: bob.code, at: '2020-01-01 00:00' }))).toEqual([])
  })

  test.each([
    [{ code: '000000' }, 'code'],
    [{ code: 'AAAAAU' }, 'code'],
    [{ code: 'abc' }, 'code'],
    [{ code: '000000', app: 'nothing' }, 'app'],
    [{ code: '000000', app: WECHAT_B }, 'code'],
    [{ at: '2026-01-01 00:00' }, 'code'],
  ])('%j names what is wrong', async (query, path) => {
    const answer = await read(query)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe(path)
  })

  test.each(['yesterday', '2026-01-01', '2026-02-30 10:00', '2026-01-01 25:00'])(
    'a time that no clock shows is named: %s',
    async (at) => {
      const answer = await read({ code: bob.code, at })
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe('at')
    },
  )
})
