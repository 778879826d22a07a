import { KeyedHash } from '../../../src/database/keyed-hash/keyed-hash.service.js'
import { PersonService } from '../../../src/lifecycle/person.service.js'
import { ViewerEntity } from '../../../src/members/sessions/viewer.entity.js'
import { ViewerRepository } from '../../../src/members/sessions/viewer.repository.js'
import { WECHAT, WECOM } from '../../kit/config.js'
import { key, wechatProof, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

const SPELLINGS = ['ZhangSan', 'zhangsan', 'ZHANGSAN']
/** One session key, however the name is spelled: it is one person. */
const KEY = 'zhangsan'

let app: TestApp
beforeEach(async () => {
  app = await TestApp.start()
})
afterEach(() => app.stop())

const rows = (appId: string) => app.storage.manager.findBy(ViewerEntity, { appId })
const viewers = () => app.nest.get(ViewerRepository, { strict: false })
const sent = async (token: string) =>
  (await app.call('GET', '/v1/cards?box=sent', { token })).body.items.length

describe('a userid of WeCom, whose case says nothing', () => {
  const login = (userid: string) => app.login(userid, WECOM, KEY)
  const proofFor = (userid: string, state: string, nonce: string) =>
    wecomProof(key(KEY), state, userid, nonce)

  /** As earlier versions left it: looked up by the spelling that came. */
  const asBefore = async (userid: string) => {
    await login(userid)
    const { id } = (await viewers().find(WECOM, userid))!
    const lookup = await app.nest.get(KeyedHash, { strict: false }).hash('viewer', WECOM, userid)
    await app.storage.manager.update(ViewerEntity, { id }, { lookup })
    return id
  }

  test('is one viewer in every spelling, with one limit, and is shown as the platform spelled it first', async () => {
    const alice = await app.login('alice', WECOM)
    const { cardId, shareId, declared } = await app.shared(alice, {
      policy: { maxOpensPerViewer: 1 },
    })
    const seen: number[] = []
    for (const userid of SPELLINGS) {
      const token = await login(userid)
      seen.push((await app.open(token, shareId, proofFor(userid, declared, userid))).status)
    }
    expect(seen).toEqual([201, 403, 403])
    const { body } = await app.call('GET', `/v1/cards/${cardId}/openings`, { token: alice })
    expect(body.items).toHaveLength(1)
    expect(await viewers().keyOf(body.items[0].viewer.id)).toBe('ZhangSan')
  })

  test('of the proof need not be spelled as at login, but it must be the same', async () => {
    const { shareId, declared } = await app.shared(await app.login('alice', WECOM))
    const token = await login('ZhangSan')
    for (const [userid, status] of [
      ['zhangsan', 201],
      ['ZHANGSAN', 201],
      ['zhang-san', 403],
      // KELVIN SIGN and LATIN SMALL LETTER LONG S fold to k and s in Unicode. WeCom folds ASCII only.
      ['zhang\u017fan', 403],
      ['zhangsan ', 403],
    ] as const) {
      const answer = await app.open(token, shareId, proofFor(userid, declared, userid))
      expect([userid, answer.status]).toEqual([userid, status])
    }
  })

  test('owns what it made, however it is spelled', async () => {
    const { cardId, shareId } = await app.shared(await login('ZhangSan'))
    const token = await login('zhangsan')
    expect((await app.call('GET', `/v1/cards/${cardId}`, { token })).status).toBe(200)
    const empty = { encryptedData: '', iv: '' }
    expect((await app.open(token, shareId, empty)).body).toEqual({ owner: { cardId } })
  })

  test('that an earlier version met is found by every spelling after its next login', async () => {
    const id = await asBefore('ZhangSan')
    await login('ZhangSan')
    for (const userid of SPELLINGS) {
      await login(userid)
      expect((await viewers().find(WECOM, userid))?.id).toBe(id)
    }
    expect(await rows(WECOM)).toHaveLength(1)
  })

  test('that an earlier version met in two spellings stays two viewers, and loses neither’s cards', async () => {
    const small = await asBefore('zhangsan')
    await app.shared(await login('zhangsan'))
    const [row] = await rows(WECOM)
    const id = 'AAAAAAAAAAAAAAAAAAAAAA'
    const lookup = await app.nest
      .get(KeyedHash, { strict: false })
      .hash('viewer', WECOM, 'ZhangSan')
    await app.storage.manager.insert(ViewerEntity, { ...row!, id, lookup, code: 'another' })
    for (const [userid, whose, cards] of [
      ['ZhangSan', id, 0],
      ['zhangsan', small, 1],
      ['ZhangSan', id, 0],
      ['ZHANGSAN', small, 1],
    ] as const) {
      expect(await sent(await login(userid))).toBe(cards)
      expect((await viewers().find(WECOM, userid))?.id).toBe(whose)
    }
  })

  test.each([
    ['before any login under the present version', asBefore],
    ['after one', login],
  ])(
    'is erased in whatever spelling, %s, and has its limits when it comes back',
    async (_, meet) => {
      const alice = await app.login('alice', WECOM)
      const { shareId, declared } = await app.shared(alice, { policy: { maxOpensPerViewer: 1 } })
      const token = await login('ZhangSan')
      expect((await app.open(token, shareId, proofFor('ZhangSan', declared, '1'))).status).toBe(201)
      await meet('ZhangSan')
      const people = app.nest.get(PersonService, { strict: false })
      const viewerKey = meet === login ? 'zhangSAN' : 'ZhangSan'
      expect(await people.erase({ app: WECOM, viewerKey }, { actor: 'cli' })).not.toBeNull()
      const again = await login('ZhangSan')
      const answer = await app.open(again, shareId, proofFor('zhangsan', declared, '2'))
      expect(answer.body.code).toBe('ERR_VIEW_LIMIT')
    },
  )
})

test('an openid of WeChat is another one in another case', async () => {
  const { shareId, declared } = await app.shared(await app.login('alice'), {
    policy: { maxOpensPerViewer: 1 },
  })
  for (const openid of ['oZhangSan', 'ozhangsan']) {
    const token = await app.login(openid)
    const answer = await app.open(token, shareId, wechatProof(key(openid), declared, openid))
    expect(answer.status).toBe(201)
  }
  expect(await rows(WECHAT)).toHaveLength(3)
  expect(await viewers().find(WECHAT, 'OZHANGSAN')).toBeNull()
})
