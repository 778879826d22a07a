import { createWecomPlatform } from '../src/wecom.js'
import { fakeWx } from './kit/fake-wx.js'

const declaration = { platform: 'wecom', state: 'STATE' } as const

describe('WeCom', () => {
  it('logs in as the member, not as the WeChat account', async () => {
    const fake = fakeWx('wecom')
    const platform = createWecomPlatform(fake.wx)
    await expect(platform.login()).resolves.toEqual({ code: 'QYCODE' })
    await expect(platform.checkSession()).resolves.toBe(true)
    expect(fake.calls.map(({ api }) => api)).toEqual(['qy.login', 'qy.checkSession'])
    fake.answers['qy.checkSession'] = { fail: { errMsg: 'qy__checkSession:fail x', errCode: 1 } }
    await expect(platform.checkSession()).resolves.toBe(false)
    fake.answers['qy.login'] = { fail: { errMsg: 'qy__login:fail timeout' } }
    await expect(platform.login()).rejects.toMatchObject({ fault: 'retry' })
  })

  it('declares the page with its state, and has nothing to take back', async () => {
    const fake = fakeWx('wecom')
    const platform = createWecomPlatform(fake.wx)
    await platform.declare(declaration)
    await platform.undeclare()
    expect(fake.calls).toEqual([
      { api: 'qy.setShareAttr', args: { withShareTicket: true, state: 'STATE' } },
    ])
  })

  it('asks for a login where the platform does', async () => {
    const fake = fakeWx('wecom')
    fake.answers['qy.setShareAttr'] = { fail: { errMsg: 'qy__setShareAttr:fail', errCode: 42013 } }
    await expect(createWecomPlatform(fake.wx).declare(declaration)).rejects.toMatchObject({
      fault: 'login',
    })
  })

  it('does not declare what belongs to WeChat', async () => {
    const fake = fakeWx('wecom')
    await expect(
      createWecomPlatform(fake.wx).declare({ platform: 'wechat', activityId: 'A' }),
    ).rejects.toMatchObject({ fault: 'unsupported' })
  })

  it('reads the ticket from the context', async () => {
    const fake = fakeWx('wecom')
    const platform = createWecomPlatform(fake.wx)
    await expect(platform.ticket()).resolves.toEqual({ shareTicket: 'QYTICKET' })
    fake.answers['qy.getContext'] = { ok: { entry: 'normal' } }
    await expect(platform.ticket()).resolves.toBeNull()
    fake.answers['qy.getContext'] = { fail: { errMsg: 'qy__getContext:fail' } }
    await expect(platform.ticket()).rejects.toMatchObject({ fault: 'retry' })
  })

  it('proves a recipient', async () => {
    const fake = fakeWx('wecom')
    const proof = await createWecomPlatform(fake.wx).prove({ shareTicket: 'QYTICKET' })
    expect(proof).toEqual({ encryptedData: 'QYDATA', iv: 'QYIV' })
  })

  it.each([
    [{ fail: { errMsg: 'qy__getShareInfo:fail no permission', errCode: 60233 } }],
    [{ fail: { errMsg: 'getShareInfo:fail' } }],
    [{ fail: { errMsg: 'getShareInfo:fail', errCode: 60244 } }],
    [{ fail: { errMsg: 'qy__getShareInfo:fail', errCode: -1 } }],
  ])('takes %j for a refusal', async (answer) => {
    const fake = fakeWx('wecom')
    fake.answers['qy.getShareInfo'] = answer
    await expect(createWecomPlatform(fake.wx).prove({ shareTicket: 'T' })).rejects.toMatchObject({
      fault: 'not-recipient',
    })
  })

  it.each([
    [{ fail: { errMsg: 'qy__getShareInfo:fail 网络连接已中断。', errCode: -1 } }],
    [{ ok: {} }],
    [{ ok: { encryptedData: 'X' } }],
    [{ throws: new Error('?') }],
  ])('takes %j neither for a proof nor for a refusal', async (answer) => {
    const fake = fakeWx('wecom')
    fake.answers['qy.getShareInfo'] = answer
    await expect(createWecomPlatform(fake.wx).prove({ shareTicket: 'T' })).rejects.toMatchObject({
      fault: 'retry',
    })
  })

  it.each([
    [42013, 'login'],
    [60020, 'retry'],
  ])('takes errCode %i for %s', async (errCode, fault) => {
    const fake = fakeWx('wecom')
    fake.answers['qy.getShareInfo'] = { fail: { errMsg: 'qy__getShareInfo:fail', errCode } }
    await expect(createWecomPlatform(fake.wx).prove({ shareTicket: 'T' })).rejects.toMatchObject({
      fault,
    })
  })

  it.each([
    ['3.1.7', 'client-too-old'],
    ['3.1.8', null],
    ['4.1.30', null],
    [undefined, null],
  ])('WeCom %s: %s', (version, obstacle) => {
    const fake = fakeWx('wecom')
    if (version === undefined) delete fake.system.version
    else fake.system.version = version
    const { capabilities } = createWecomPlatform(fake.wx)
    expect(capabilities).toEqual({ share: obstacle, open: obstacle })
  })

  it('can do nothing without wx.qy, and says so', async () => {
    const fake = fakeWx('wecom')
    delete fake.wx.qy
    const platform = createWecomPlatform(fake.wx)
    expect(platform.capabilities).toEqual({ share: 'client-too-old', open: 'client-too-old' })
    await expect(platform.login()).rejects.toMatchObject({ fault: 'unsupported' })
    await expect(platform.ticket()).rejects.toMatchObject({ fault: 'unsupported' })
    await expect(platform.prove({ shareTicket: 'T' })).rejects.toMatchObject({
      fault: 'unsupported',
    })
    await expect(platform.declare(declaration)).rejects.toMatchObject({ fault: 'unsupported' })
    await expect(platform.checkSession()).resolves.toBe(false)
  })
})
