import { WECOM } from '../../apps/bff/test/kit/config.js'
import { key, wecomProof } from '../../apps/bff/test/kit/proofs.js'
import { TestApp } from '../../apps/bff/test/kit/test-app.js'
import { splice } from './splice.js'

/** Own proofs that are looked at here. A search from the first takes seconds: `from` is where it would have come to. */
const LOOKED_AT = 50

describe.each([
  {
    where: 'in a group',
    userid: 'mallory',
    chatId: 'wrOgQhDgAAMYQiS5ol9G7gK9JVAAAA',
    from: [10_200, 15_850],
  },
  { where: '1-to-1', userid: 'mallory-the-manager', chatId: '', from: [29_130, 56_980] },
])('a used proof that was opened $where', ({ userid, chatId, from }) => {
  let app: TestApp
  beforeEach(async () => {
    app = await TestApp.start()
  })
  afterEach(() => app.stop())

  it('is made into no other one, with tails of own proofs and without the key', async () => {
    const alice = await app.login('alice', WECOM)
    const { cardId, shareId, declared } = await app.shared(alice)
    const mallory = await app.login(userid, WECOM)
    const used = wecomProof(key(userid), declared, userid, 'used', chatId)
    expect((await app.open(mallory, shareId, used)).status).toBe(201)
    app.clock.advance(60_001)
    // From here on the platform gives mallory nothing about this card any more.
    const holder = { userid, chatId, stateLength: declared.length }
    const made = from.map((first) => splice(used, holder, first, LOOKED_AT))
    expect(made).not.toContain(null)
    for (const one of made) {
      const answer = await app.open(mallory, shareId, one?.proof ?? used)
      expect([answer.status, answer.body.code]).toEqual([403, 'ERR_PROOF_REJECTED'])
    }
    const { body } = await app.call('GET', `/v1/cards/${cardId}`, { token: alice })
    expect(body.openings).toMatchObject({ viewers: 1, total: 1, refused: made.length })
  })
})
