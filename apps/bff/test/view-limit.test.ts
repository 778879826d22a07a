import { key, wechatProof } from './support/proofs.js'
import { TestApp } from './support/test-app.js'

let app: TestApp
let alice: string
beforeAll(async () => {
  app = await TestApp.start()
  alice = await app.login('alice')
})
afterAll(() => app.stop())

/** How many answers of each kind. */
function codes(answers: { status: number; body: { code?: string } }[]) {
  const counts = new Map<string, number>()
  for (const { status, body } of answers) {
    const name = body.code ?? String(status)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort()
}

describe('B10 the view limit', () => {
  test('1,000 at once, 7 viewers: exactly 7', async () => {
    const { cardId, shareId, declared } = await app.shared(alice, { policy: { maxViewers: 7 } })
    const people = Array.from({ length: 250 }, (_, i) => `p${i}`)
    const tokens = await Promise.all(people.map((person) => app.login(person)))
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, i) => {
        const who = i % 250
        return app.open(tokens[who] ?? '', shareId, wechatProof(key(`p${who}`), declared, `n${i}`))
      }),
    )
    expect(codes(answers)).toEqual([
      ['201', 28],
      ['ERR_VIEW_LIMIT', 972],
    ])
    const { body } = await app.call('GET', `/v1/cards/${cardId}`, { token: alice })
    expect(body.openings).toMatchObject({ viewers: 7, total: 28, refused: 972 })
  }, 60_000)

  test('each viewer has so many openings', async () => {
    const { shareId, declared } = await app.shared(alice, { policy: { maxOpensPerViewer: 3 } })
    const bob = await app.login('bob')
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        app.open(bob, shareId, wechatProof(key('bob'), declared, `n${i}`)),
      ),
    )
    expect(codes(answers)).toEqual([
      ['201', 3],
      ['ERR_VIEW_LIMIT', 17],
    ])
  })

  test('from two processes', async () => {
    const beside = await app.beside()
    const { shareId, declared } = await app.shared(alice, { policy: { maxViewers: 5 } })
    const tokens = await Promise.all(Array.from({ length: 60 }, (_, i) => app.login(`q${i}`)))
    const answers = await Promise.all(
      tokens.map((token, i) =>
        (i % 2 ? app : beside).open(token, shareId, wechatProof(key(`q${i}`), declared, 'n')),
      ),
    )
    expect(codes(answers)).toEqual([
      ['201', 5],
      ['ERR_VIEW_LIMIT', 55],
    ])
    await beside.nest.close()
  })
})

describe('B11 revocation', () => {
  test('no grant after it, from another process either', async () => {
    const beside = await app.beside()
    const bob = await app.login('bob')
    const { cardId, shareId, declared } = await app.shared(alice)
    expect((await beside.open(bob, shareId, wechatProof(key('bob'), declared, 'a'))).status).toBe(
      201,
    )
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    const after = await beside.open(bob, shareId, wechatProof(key('bob'), declared, 'b'))
    expect(after.body.code).toBe('ERR_CARD_REVOKED')
    await beside.nest.close()
  })

  test('in the middle of many openings: those answered later are refused', async () => {
    const { cardId, shareId, declared } = await app.shared(alice)
    const bob = await app.login('bob')
    let revoked = false
    const opening = async (i: number) => {
      const sentAfter = revoked
      const { status } = await app.open(bob, shareId, wechatProof(key('bob'), declared, `r${i}`))
      return { sentAfter, status }
    }
    const early = Array.from({ length: 50 }, (_, i) => opening(i))
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    revoked = true
    const late = Array.from({ length: 50 }, (_, i) => opening(i + 50))
    const answers = await Promise.all([...early, ...late])
    expect(answers.filter(({ sentAfter, status }) => sentAfter && status === 201)).toEqual([])
  })
})
