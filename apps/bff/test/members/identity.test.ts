import { countCases, SeededRandom, scale } from '@sealcard/testing'
import type { Principal } from '../../src/http/access/principals.js'
import type { Proof } from '../../src/platforms/registry/platform.js'
import { IN_MEMORY, WECHAT, WECHAT_B, WECOM, WECOM_B } from '../kit/config.js'
import { Members } from '../kit/members.js'
import { key, seal, wechatProof, wecomProof } from '../kit/proofs.js'
import { TestApp } from '../kit/test-app.js'

const APPS = [WECHAT, WECHAT_B, WECOM, WECOM_B]
/** The same names, hence the same openid or userid and the same session key, in every app: the attacker's best case. */
const PEOPLE = ['ann', 'ben', 'cy', 'dee', 'eve']
const SHARERS = PEOPLE.slice(0, 3)
const DEVICES = 2

interface Share {
  readonly app: string
  readonly sharer: string
  readonly cardId: string
  readonly shareId: string
  readonly declared: string
}
interface Login {
  readonly app: string
  readonly person: string
  readonly me: Principal
}

const isWecom = (app: string) => app === WECOM || app === WECOM_B
/** In WeCom all people share one key here, so that only `curReceiver` distinguishes them. */
const keyName = (app: string, person: string) => (isWecom(app) ? 'shared' : person)
let nonce = 0
const proofOf = (app: string, person: string, declared: string): Proof =>
  isWecom(app)
    ? wecomProof(key(keyName(app, person)), declared, person, `n${nonce++}`)
    : wechatProof(key(keyName(app, person)), declared, `n${nonce++}`)

describe('who may open what', () => {
  let app: TestApp
  let members: Members
  const shares: Share[] = []
  const logins: Login[] = []
  const random = new SeededRandom(4)

  beforeAll(async () => {
    app = await TestApp.start(IN_MEMORY)
    members = new Members(app)
    for (const id of APPS) {
      for (const person of SHARERS) {
        const token = await app.login(person, id, keyName(id, person))
        for (let i = 0; i < 2; i++) {
          shares.push({ app: id, sharer: person, ...(await app.shared(token)) })
        }
      }
      for (const person of PEOPLE) {
        for (let device = 0; device < DEVICES; device++) {
          const me = await members.login(person, id, keyName(id, person))
          logins.push({ app: id, person, me })
        }
      }
    }
  })
  afterAll(() => app.stop())

  /** A session, a proof and a share at random: never all three of one person and one share. */
  const crossed = () => {
    for (;;) {
      const who = random.pick(logins)
      const of = random.pick(logins)
      const about = random.pick(shares)
      // Half of the time the share that the proof is about, else any.
      const at = random.below(2) ? about : random.pick(shares)
      // A namesake's proof in the sister app has the very same bytes.
      const own = of.person === who.person && isWecom(of.app) === isWecom(who.app)
      if (own && about === at && at.app === who.app) continue
      return { who, of, about, at, proof: proofOf(of.app, of.person, about.declared) }
    }
  }
  const isOwner = ({ app: id, person }: Login, share: Share) =>
    id === share.app && person === share.sharer
  const described = ({ who, of, about, at }: ReturnType<typeof crossed>) => ({
    who: `${who.person} in ${who.app}`,
    proof: `${of.person}'s in ${of.app}, of a share in ${about.app}`,
    at: about === at ? 'that share' : `another in ${at.app}`,
  })

  test('B4 a session and a proof of its own person open the share that it is about', async () => {
    for (const { app: id, person, me } of logins) {
      for (const share of shares.filter((one) => one.app === id)) {
        const outcome = await members.open(me, share.shareId, proofOf(id, person, share.declared))
        if (person === share.sharer) expect(outcome.owner).toEqual({ cardId: share.cardId })
        else expect(outcome.opening).toBeDefined()
      }
    }
  })

  test('B4 crossed (app, viewer, session, share): 0 grants', async () => {
    const granted: object[] = []
    const count = scale(10_000, 100_000, 1_000)
    const tell = countCases(count)
    for (let i = 0; i < count; i++) {
      tell(i)
      const pair = crossed()
      if (await members.wouldGrant(pair.who.me, pair.at.shareId, pair.proof)) {
        granted.push(described(pair))
      }
    }
    expect(granted.slice(0, 5)).toEqual([])
  })

  test('B4 crossed through the whole service, recorded and all: 0 grants, one refusal, and to the owner that it is theirs', async () => {
    const count = scale(500, 10_000, 100)
    const tell = countCases(count)
    for (let i = 0; i < count; i++) {
      tell(i)
      const pair = crossed()
      const outcome = await members.open(pair.who.me, pair.at.shareId, pair.proof)
      expect({ ...described(pair), ...outcome }).toEqual({
        ...described(pair),
        ...(isOwner(pair.who, pair.at)
          ? { owner: { cardId: pair.at.cardId } }
          : { code: 'ERR_PROOF_REJECTED' }),
      })
      app.clock.advance(1_000)
    }
  })

  test('B4 cards and openings of one app do not exist in another', async () => {
    const alice = await app.login('ann', WECHAT)
    const { cardId } = await app.shared(alice)
    for (const id of [WECHAT_B, WECOM]) {
      const token = await app.login('ann', id)
      for (const [method, path] of [
        ['GET', ''],
        ['POST', '/revoke'],
        ['POST', '/shares'],
        ['GET', '/openings'],
      ] as const) {
        const answer = await app.call(method, `/v1/cards/${cardId}${path}`, { token })
        expect(answer).toMatchObject({ status: 404, body: { code: 'ERR_NOT_FOUND' } })
      }
    }
  })

  describe('B5 a stolen value', () => {
    /** Everything that can be made by hand around a value that is known, under a key that is known. */
    const handMade = (sessionKey: string, value: string, me: string): Proof[] => {
      const iv = () => key(`h${nonce++}`)
      const json = (object: object) => seal(sessionKey, JSON.stringify(object), iv())
      return [
        seal(sessionKey, value, iv()),
        seal(sessionKey, ` ${value}`, iv()),
        seal(sessionKey, `${value}\0`, iv()),
        seal(sessionKey, `"${value}"`, iv()),
        json({ activityId: value }),
        json({ state: value }),
        json({ state: [value], chatId: '', curReceiver: me }),
        json({ chatId: '', state: value, curReceiver: [me] }),
        json({ chatId: '', state: value, curReceiver: '' }),
        json({ chatId: '', state: value, curReceiver: `${me}\u0000` }),
        json({ chatId: '', state: value, curReceiver: `${me} ` }),
        json({ chatId: '', state: value }),
        json([{ chatId: '', state: value, curReceiver: me }]),
        seal(
          sessionKey,
          `{"chatId":"","state":"${value}","state":"x","curReceiver":"${me}"}`,
          iv(),
        ),
        { encryptedData: value, iv: iv() },
        { encryptedData: Buffer.from(value).toString('base64'), iv: iv() },
        { encryptedData: '', iv: '' },
      ]
    }

    /** One of so many is tried; at night all of them, twice. */
    const [everyForeign, everyOwn, rounds] = [scale(8, 1, 40), scale(4, 1, 10), scale(1, 2)]
    /** Of what is tried, one of so many goes over HTTP. */
    const OVER_HTTP = 250

    /** @param own true: under the caller's own key; false: under another person's key */
    function* attempts(own: boolean) {
      let n = 0
      for (let round = 0; round < rounds; round++) {
        for (const share of shares) {
          for (const login of logins) {
            const { app: id, person } = login
            // In WeCom all people share one key here: no other person's key exists.
            if (!own && isWecom(id)) continue
            const others = ['nobody', ...PEOPLE.filter((other) => other !== person)]
            for (const holder of own ? [keyName(id, person)] : others) {
              if (own && n++ % everyOwn !== 0) continue
              for (const [form, proof] of handMade(key(holder), share.declared, person).entries()) {
                if (!own && n++ % everyForeign !== 0) continue
                yield { share, login, form, proof }
              }
            }
          }
        }
      }
    }

    test('B5 a caller who knows it and makes proofs by hand, under every key but their own: 0 grants', async () => {
      let tried = 0
      for (const { share, login, form, proof } of attempts(false)) {
        const granted = await members.wouldGrant(login.me, share.shareId, proof)
        expect({ form, app: login.app, granted }).toEqual({ form, app: login.app, granted: false })
        if (tried++ % OVER_HTTP !== 0 || isOwner(login, share)) continue
        app.clock.advance(10_000)
        const token = await app.login(login.person, login.app)
        const { status, body } = await app.open(token, share.shareId, proof)
        expect([status, body.code]).toEqual([403, 'ERR_PROOF_REJECTED'])
      }
      countCases(tried)
      expect(tried).toBeGreaterThan(scale(5_000, 80_000, 1_000))
    })

    test("B5 even under their own key, in any form but the platform's: 0 grants", async () => {
      let tried = 0
      for (const { share, login, form, proof } of attempts(true)) {
        // WeChat's form is the bare value: a holder of the session key can do what the platform does.
        const real = form === 0 && !isWecom(login.app) && share.app === login.app
        const granted = await members.wouldGrant(login.me, share.shareId, proof)
        expect({ form, app: login.app, granted }).toEqual({ form, app: login.app, granted: real })
        tried++
      }
      countCases(tried)
    })
  })

  test('B5 a share id in place of the value, and the hash of the value, prove nothing', async () => {
    const [share] = shares
    const [login] = logins
    if (!share || !login) throw new Error('nothing was set up')
    const rows = await app.storage.query('SELECT value_hash FROM shares WHERE id = ?', [
      share.shareId,
    ])
    for (const value of [share.shareId, rows[0].value_hash]) {
      const proof = proofOf(login.app, login.person, value)
      expect(await members.wouldGrant(login.me, share.shareId, proof)).toBe(false)
    }
  })
})
