import { countCases, scale } from '@sealcard/testing'
import { WECHAT } from '../../kit/config.js'
import { Members, type Outcome } from '../../kit/members.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
let members: Members
beforeAll(async () => {
  app = await TestApp.start()
  members = new Members(app)
})
afterAll(() => app.stop())

/** How many answers of each kind. */
const codes = (outcomes: Outcome[]) => {
  const counts = new Map<string, number>()
  for (const { code = 'granted' } of outcomes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].sort()
}

const proofOf = (person: string, declared: string, nonce = 'n') =>
  wechatProof(key(person), declared, nonce)
/** Logs in 100 people at a time: thousands at once would exceed the deadline of the write queue. */
const logins = async (prefix: string, count: number) => {
  const all: Awaited<ReturnType<Members['login']>>[] = []
  while (all.length < count) {
    const names = Array.from(
      { length: Math.min(100, count - all.length) },
      (_, i) => all.length + i,
    )
    all.push(...(await Promise.all(names.map((i) => members.login(`${prefix}${i}`)))))
  }
  return all
}

describe('B10 the view limit', () => {
  const PEOPLE = scale(1_000, 1_000, 150)
  const CARDS = scale(1, 10)
  test(`B10 ${PEOPLE} people at once, 7 viewers: exactly 7`, async () => {
    const alice = await app.login('alice')
    countCases(PEOPLE * CARDS)
    const people = await logins('p', PEOPLE)
    for (let n = 0; n < CARDS; n++) {
      const { cardId, shareId, declared } = await app.shared(alice, { policy: { maxViewers: 7 } })
      const outcomes = await Promise.all(
        people.map((me, i) => members.open(me, shareId, proofOf(`p${i}`, declared))),
      )
      expect(codes(outcomes)).toEqual([
        ['ERR_VIEW_LIMIT', PEOPLE - 7],
        ['granted', 7],
      ])
      const { body } = await app.call('GET', `/v1/cards/${cardId}`, { token: alice })
      expect(body.openings).toMatchObject({ viewers: 7, total: 7, refused: PEOPLE - 7 })
      // Who won may read it again, who lost may not.
      const again = await Promise.all(
        people
          .slice(0, 50)
          .map((me, i) => members.open(me, shareId, proofOf(`p${i}`, declared, 'm'))),
      )
      expect(codes(again)).toEqual(codes(outcomes.slice(0, 50)))
    }
  }, 600_000)

  test('B10 each viewer has so many openings', async () => {
    const { shareId, declared } = await app.shared(await app.login('alice'), {
      policy: { maxOpensPerViewer: 3 },
    })
    const bob = await members.login('bob')
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        members.open(bob, shareId, proofOf('bob', declared, `n${i}`)),
      ),
    )
    expect(codes(outcomes)).toEqual([
      ['ERR_VIEW_LIMIT', 17],
      ['granted', 3],
    ])
  })

  test('B10 from two processes', async () => {
    const beside = await app.beside()
    const other = new Members(beside)
    const { shareId, declared } = await app.shared(await app.login('alice'), {
      policy: { maxViewers: 5 },
    })
    const people = await logins('q', 60)
    const outcomes = await Promise.all(
      people.map((me, i) =>
        (i % 2 ? members : other).open(me, shareId, proofOf(`q${i}`, declared)),
      ),
    )
    expect(codes(outcomes)).toEqual([
      ['ERR_VIEW_LIMIT', 55],
      ['granted', 5],
    ])
    await beside.nest.close()
  })

  test('B10 a limit holds across a restart', async () => {
    const { shareId, declared } = await app.shared(await app.login('alice'), {
      policy: { maxViewers: 1 },
    })
    expect(
      (await members.open(await members.login('bob'), shareId, proofOf('bob', declared))).opening,
    ).toBeDefined()
    app = await app.restart()
    members = new Members(app)
    const carol = await members.login('carol')
    expect((await members.open(carol, shareId, proofOf('carol', declared))).code).toBe(
      'ERR_VIEW_LIMIT',
    )
  })
})

describe('B11 revocation', () => {
  test('B11 no grant after it, from another process either, over HTTP', async () => {
    const alice = await app.login('alice')
    const bob = await app.login('bob')
    const beside = await app.beside()
    const { cardId, shareId, declared } = await app.shared(alice)
    const open = (at: TestApp, nonce: string) =>
      at.open(bob, shareId, proofOf('bob', declared, nonce))
    expect((await open(beside, 'a')).status).toBe(201)
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    // The clock stands still: not a millisecond later.
    for (const [at, nonce] of [
      [beside, 'b'],
      [app, 'c'],
      [beside, 'a'],
    ] as const) {
      expect((await open(at, nonce)).body.code).toBe('ERR_CARD_REVOKED')
    }
    await beside.nest.close()
  })

  test.each([
    ['one process', false],
    ['two processes', true],
  ])('B11 in the middle of many openings, in %s: those begun later are refused', async (_, two) => {
    const alice = await app.login('alice')
    const { cardId, shareId, declared } = await app.shared(alice)
    const beside = two ? await app.beside() : undefined
    const server = beside ? new Members(beside) : members
    const bob = await members.login('bob', WECHAT)
    let revoked = false
    const opening = async (i: number) => {
      const sentAfter = revoked
      const { code } = await server.open(bob, shareId, proofOf('bob', declared, `r${i}`))
      return { sentAfter, granted: code === undefined }
    }
    const early = Array.from({ length: 50 }, (_, i) => opening(i))
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    revoked = true
    const late = Array.from({ length: 50 }, (_, i) => opening(i + 50))
    const answers = await Promise.all([...early, ...late])
    expect(answers.filter(({ sentAfter, granted }) => sentAfter && granted)).toEqual([])
    expect(answers.filter(({ sentAfter }) => sentAfter)).toHaveLength(50)
    await beside?.nest.close()
  })
})
