import { createWechatPlatform } from '../src/wechat.js'
import { fakeWx } from './kit/fake-wx.js'

const declaration = { platform: 'wechat', activityId: 'ACT' } as const

describe('WeChat', () => {
  it('logs in, or says what went wrong', async () => {
    const fake = fakeWx()
    const platform = createWechatPlatform(fake.wx)
    await expect(platform.login()).resolves.toEqual({ code: 'CODE' })
    fake.answers['login'] = { fail: { errMsg: 'login:fail', errno: 1402101 } }
    await expect(platform.login()).rejects.toMatchObject({ fault: 'retry', api: 'login' })
    fake.answers['login'] = { ok: { code: '' } }
    await expect(platform.login()).rejects.toMatchObject({ fault: 'retry' })
  })

  it('reports whether the session is live', async () => {
    const fake = fakeWx()
    const platform = createWechatPlatform(fake.wx)
    await expect(platform.checkSession()).resolves.toBe(true)
    fake.answers['checkSession'] = { fail: {} }
    await expect(platform.checkSession()).resolves.toBe(false)
  })

  it('declares with all three fields and never with isUpdatableMessage', async () => {
    const fake = fakeWx()
    await createWechatPlatform(fake.wx).declare(declaration)
    expect(fake.calls).toEqual([
      {
        api: 'updateShareMenu',
        args: { withShareTicket: true, isPrivateMessage: true, activityId: 'ACT' },
      },
    ])
  })

  it('takes the declaration back', async () => {
    const fake = fakeWx()
    await createWechatPlatform(fake.wx).undeclare()
    expect(fake.calls).toEqual([{ api: 'updateShareMenu', args: { isPrivateMessage: false } }])
  })

  it('keeps the order of declarations, however slow one is', async () => {
    const fake = fakeWx()
    const platform = createWechatPlatform(fake.wx)
    const all = [platform.declare(declaration), platform.undeclare(), platform.declare(declaration)]
    await Promise.all(all)
    expect(fake.calls.map(({ args }) => args['isPrivateMessage'])).toEqual([true, false, true])
  })

  it('does not declare what belongs to WeCom', async () => {
    const fake = fakeWx()
    const platform = createWechatPlatform(fake.wx)
    await expect(platform.declare({ platform: 'wecom', state: 'S' })).rejects.toMatchObject({
      fault: 'unsupported',
    })
    expect(fake.calls).toEqual([])
  })

  it('rejects when the platform does not take the declaration', async () => {
    const fake = fakeWx()
    fake.answers['updateShareMenu'] = { fail: { errMsg: 'updateShareMenu:fail' } }
    const platform = createWechatPlatform(fake.wx)
    await expect(platform.declare(declaration)).rejects.toMatchObject({ fault: 'retry' })
  })

  it('reads the ticket anew each time: a warm start brings another', async () => {
    const fake = fakeWx()
    const platform = createWechatPlatform(fake.wx)
    await expect(platform.ticket()).resolves.toEqual({ shareTicket: 'TICKET' })
    fake.enter.shareTicket = 'SECOND'
    await expect(platform.ticket()).resolves.toEqual({ shareTicket: 'SECOND' })
    delete fake.enter.shareTicket
    await expect(platform.ticket()).resolves.toBeNull()
  })

  it('proves a recipient', async () => {
    const fake = fakeWx()
    const proof = await createWechatPlatform(fake.wx).prove({ shareTicket: 'TICKET' })
    expect(proof).toEqual({ encryptedData: 'DATA', iv: 'IV' })
    expect(fake.calls).toEqual([{ api: 'authPrivateMessage', args: { shareTicket: 'TICKET' } }])
  })

  it.each([
    [{ ok: { valid: false, encryptedData: 'DATA', iv: 'IV' } }],
    [{ ok: { valid: false } }],
    [{ fail: { errMsg: 'authPrivateMessage:fail invalid shareTicket' } }],
    [{ fail: { errMsg: 'authPrivateMessage:fail no permission' } }],
    [{ fail: { errMsg: 'authPrivateMessage:fail' } }],
  ])('takes %j for a refusal', async (answer) => {
    const fake = fakeWx()
    fake.answers['authPrivateMessage'] = answer
    await expect(
      createWechatPlatform(fake.wx).prove({ shareTicket: 'TICKET' }),
    ).rejects.toMatchObject({ fault: 'not-recipient' })
  })

  it.each([
    [{ fail: { errno: 5 } }],
    [{ fail: { errMsg: 'authPrivateMessage:fail 请求超时。' } }],
    [{ ok: {} }],
    [{ ok: { encryptedData: 'DATA', iv: 'IV' } }],
    [{ ok: { valid: true, iv: 'IV' } }],
    [{ ok: { valid: true, encryptedData: 'DATA' } }],
    [{ ok: { valid: 'true', encryptedData: 'DATA', iv: 'IV' } }],
    [{ throws: new Error('?') }],
  ])('takes %j neither for a proof nor for a refusal', async (answer) => {
    const fake = fakeWx()
    fake.answers['authPrivateMessage'] = answer
    await expect(
      createWechatPlatform(fake.wx).prove({ shareTicket: 'TICKET' }),
    ).rejects.toMatchObject({ fault: 'retry' })
  })

  it.each([
    ['2.12.9', 'ios', 'client-too-old', 'client-too-old'],
    ['2.13.0', 'ios', null, null],
    ['3.8.0', 'android', null, null],
    ['3.8.0', 'windows', 'desktop', null],
    ['3.8.0', 'mac', 'desktop', null],
    ['3.8.0', 'devtools', null, null],
  ])('base library %s on %s: share %s, open %s', (SDKVersion, device, share, open) => {
    const fake = fakeWx()
    Object.assign(fake.system, { SDKVersion, platform: device })
    expect(createWechatPlatform(fake.wx).capabilities).toEqual({ share, open })
  })

  it('is too old without the calls, whatever it says of its version', async () => {
    const fake = fakeWx()
    delete fake.wx.authPrivateMessage
    delete fake.wx.updateShareMenu
    const platform = createWechatPlatform(fake.wx)
    expect(platform.capabilities).toEqual({ share: 'client-too-old', open: 'client-too-old' })
    await expect(platform.prove({ shareTicket: 'T' })).rejects.toMatchObject({
      fault: 'unsupported',
    })
    await expect(platform.declare(declaration)).rejects.toMatchObject({ fault: 'unsupported' })
  })
})
