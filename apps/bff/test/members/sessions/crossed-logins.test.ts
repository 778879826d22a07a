import { PreviousKeys } from '../../../src/members/sessions/viewer-keys.js'
import { IN_MEMORY, WECHAT, WECOM } from '../../kit/config.js'
import { key, wechatProof, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

const GRACE = 5 * 60_000

describe.each([WECHAT, WECOM])('B7 two logins of one person that cross, in %s', (appId) => {
  let app: TestApp
  let shareId: string
  let declared: string
  let phone: string
  let desktop: string
  beforeEach(async () => {
    app = await TestApp.start(IN_MEMORY)
    ;({ shareId, declared } = await app.shared(await app.login('alice', appId)))
    const platform = appId === WECOM ? app.wecom : app.wechat
    const exchange = platform.exchangeCode.bind(platform)
    // The platform answers the phone with the first key, then the desktop with the second; we hear the phone's last.
    jest.spyOn(platform, 'exchangeCode').mockImplementationOnce(async (...asked) => {
      const first = await exchange(...asked)
      desktop = await app.login('bob', appId, 'second')
      return first
    })
    phone = await app.login('bob', appId, 'first')
  })
  afterEach(() => app.stop())

  let nonce = 0
  const open = async (token: string, keyName: string) => {
    const proof =
      appId === WECOM
        ? wecomProof(key(keyName), declared, 'bob', `n${nonce++}`)
        : wechatProof(key(keyName), declared, `n${nonce++}`)
    const { status, body } = await app.open(token, shareId, proof)
    return status === 201 ? 'granted' : body.code
  }
  const pass = async (ms: number) => {
    app.clock.advance(ms)
    await app.nest.get(PreviousKeys, { strict: false }).erase()
  }

  test('for five minutes the proofs of both devices hold', async () => {
    await pass(GRACE - 1)
    for (const token of [phone, desktop]) expect(await open(token, 'second')).toBe('granted')
  })

  test('after that one more login on either device mends both', async () => {
    await pass(GRACE)
    expect(await open(desktop, 'second')).toBe('ERR_PROOF_REJECTED')
    const again = await app.login('bob', appId, 'second')
    for (const token of [again, phone, desktop]) expect(await open(token, 'second')).toBe('granted')
  })

  test('the key that the platform retired ends five minutes after that login', async () => {
    const mended = app.clock.now() + GRACE
    await pass(GRACE)
    await app.login('bob', appId, 'second')
    await pass(GRACE - 1)
    expect(app.clock.now()).toBe(mended + GRACE - 1)
    expect(await open(phone, 'first')).toBe('granted')
    await pass(1)
    expect(await open(phone, 'first')).toBe('ERR_PROOF_REJECTED')
    expect(await open(phone, 'second')).toBe('granted')
  })
})
