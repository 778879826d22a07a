import { DAY, freshSimulator, PAGE, type Bench } from '../../kit/fresh-simulator.js'

const API = 'qy.getShareInfo'
const single = 'wecom-lin-chen'
const group = 'wecom-group'
let bench: Bench
beforeEach(async () => {
  bench = await freshSimulator()
})
afterEach(() => bench.close())

const send = async (chat: string, state = 'st-1') => {
  await bench.declareInWecom('lin-wecom', state)
  return bench.share('lin-wecom', chat)
}
const prove = async (phone: string, card: string) =>
  bench.ok(phone, API, { shareTicket: await bench.openCard(phone, card) })
const denied = async (phone: string, card: string) =>
  bench.fails(phone, API, { shareTicket: await bench.openCard(phone, card) })

describe('wx.qy.setShareAttr', () => {
  const set = { withShareTicket: true, state: 'x' }

  it('should mark its page only', async () => {
    await bench.declareInWecom('lin-wecom', 'x')
    const other = await bench.share('lin-wecom', single, 'pages/other#2')
    expect(bench.world.chats.card(other).private).toBe(false)
    expect(bench.world.chats.card(await bench.share('lin-wecom', single)).private).toBe(true)
  })

  it('should fail before qy.login was exchanged', async () => {
    expect(await bench.fails('lin-wecom', 'qy.setShareAttr', set)).toMatchObject({ errCode: 42013 })
    await bench.code('lin-wecom')
    expect(await bench.fails('lin-wecom', 'qy.setShareAttr', set)).toMatchObject({ errCode: 42013 })
  })

  it('should fail outside the visible range', async () => {
    await bench.logIn('lin-wecom')
    await bench.client.setVisible('lin', false)
    expect(await bench.fails('lin-wecom', 'qy.setShareAttr', set)).toMatchObject({ errCode: 50002 })
  })

  it('should not exist before WeCom 3.1.8 nor in WeChat', async () => {
    expect((await bench.fails('chen-wecom-old', 'qy.setShareAttr', set))['errMsg']).toBe(
      'qy__setShareAttr:fail function not exist',
    )
    await bench.fails('lin-wechat', 'qy.setShareAttr', set)
  })

  it('should refuse wrong types, and a long state when a limit is set', async () => {
    await bench.logIn('lin-wecom')
    await bench.fails('lin-wecom', 'qy.setShareAttr', { withShareTicket: 'yes' })
    await bench.fails('lin-wecom', 'qy.setShareAttr', { withShareTicket: true, state: 7 })
    await bench.client.setSettings({ wecom: { stateMaxLength: 4 } })
    await bench.fails('lin-wecom', 'qy.setShareAttr', { withShareTicket: true, state: '12345' })
  })

  it('should not exist on desktops when the setting says so', async () => {
    await bench.client.updatePhone('lin-wecom', { platform: 'mac' })
    await bench.declareInWecom('lin-wecom', 'x')
    await bench.client.setSettings({ wecom: { desktopPrivateMessages: false } })
    await bench.fails('lin-wecom', 'qy.setShareAttr', set)
  })
})

describe('wx.qy.getContext', () => {
  it('should answer normal and a ticket when opened from a private card', async () => {
    const card = await send(single)
    await bench.phone('chen-wecom').open({ via: 'card', card })
    expect(await bench.ok('chen-wecom', 'qy.getContext')).toEqual({
      entry: 'normal',
      shareTicket: expect.any(String),
      errMsg: 'qy__getContext:ok',
    })
  })

  it('should answer no ticket from an ordinary card nor from the recent list', async () => {
    const card = await send(single)
    const plain = await bench.share('lin-wecom', single, 'pages/other#2')
    expect(await bench.openCard('chen-wecom', plain)).toBeUndefined()
    await bench.openCard('chen-wecom', card)
    await bench.phone('chen-wecom').open({ via: 'recent', path: 'pages/open/index?s=share-1' })
    expect(await bench.ok('chen-wecom', 'qy.getContext')).not.toHaveProperty('shareTicket')
  })

  it('should answer no ticket on an old client', async () => {
    expect(await bench.openCard('chen-wecom-old', await send(single))).toBeUndefined()
  })

  it('should never put the ticket into the enter options', async () => {
    const enter = await bench.phone('chen-wecom').open({ via: 'card', card: await send(single) })
    expect(enter).not.toHaveProperty('shareTicket')
  })

  it('should not exist before WeCom 3.0.24', async () => {
    await bench.client.updatePhone('chen-wecom-old', { version: '3.0.23' })
    await bench.fails('chen-wecom-old', 'qy.getContext')
  })
})

describe('wx.qy.getShareInfo for a direct recipient', () => {
  it('should answer chatId "", state and curReceiver in a 1-to-1 chat', async () => {
    const { session_key } = await bench.logIn('chen-wecom')
    const proof = await prove('chen-wecom', await send(single))
    expect(proof['errMsg']).toBe('qy__getShareInfo:ok')
    expect(JSON.parse(bench.read(session_key, proof) ?? '')).toEqual({
      chatId: '',
      state: 'st-1',
      curReceiver: 'ChenMo',
    })
  })

  it('should answer the group’s chatId, the same for everybody in it', async () => {
    const { session_key } = await bench.logIn('chen-wecom')
    const card = await send(group)
    const info = JSON.parse(bench.read(session_key, await prove('chen-wecom', card)) ?? '')
    expect(info.chatId).toMatch(/^wrFAKE/)
  })

  it('should be sealed under the old key until the new login is exchanged', async () => {
    const first = (await bench.logIn('chen-wecom'))['session_key'] as string
    await bench.client.setSettings({ wecom: { loginRotation: 'always' } })
    const card = await send(single)
    const code = await bench.code('chen-wecom')
    expect(bench.read(first, await prove('chen-wecom', card))).toContain('st-1')
    const second = (await bench.wecomExchange(code))['session_key'] as string
    const proof = await prove('chen-wecom', card)
    expect(bench.read(first, proof)).toBeNull()
    expect(bench.read(second, proof)).toContain('st-1')
  })

  it('should be sealed under a rotated key at once', async () => {
    const { session_key } = await bench.logIn('chen-wecom')
    const card = await send(single)
    await bench.client.rotateSessionKey({ client: 'wecom', person: 'chen' })
    expect(bench.read(session_key, await prove('chen-wecom', card))).toBeNull()
    const next = await bench.logIn('chen-wecom')
    expect(bench.read(next['session_key'], await prove('chen-wecom', card))).toContain('st-1')
  })

  it('should have no end of its own: WeCom knows no 120 days', async () => {
    const card = await send(single)
    bench.clock.advance(400 * DAY)
    await bench.logIn('chen-wecom')
    await prove('chen-wecom', card)
  })

  it('should follow leave, join and return', async () => {
    for (const phone of ['chen-wecom', 'zhou-wecom']) await bench.logIn(phone)
    const card = await send(group)
    await bench.client.leave(group, 'chen')
    await denied('chen-wecom', card)
    await bench.client.join(group, 'zhou')
    await prove('zhou-wecom', card)
    await bench.client.join(group, 'chen')
    await prove('chen-wecom', card)
  })
})

describe('wx.qy.getShareInfo for any other person', () => {
  it('should fail with the configurable code, without data', async () => {
    await bench.logIn('chen-wecom')
    const card = await send(group)
    await bench.client.leave(group, 'chen')
    expect(await denied('chen-wecom', card)).toEqual({
      errMsg: 'qy__getShareInfo:fail no permission',
      errCode: -1,
    })
    await bench.client.setSettings({ wecom: { nonRecipientErrCode: 60011 } })
    expect(await denied('chen-wecom', card)).toMatchObject({ errCode: 60011 })
  })

  it('should fail for the reader of a copy that an old client forwarded', async () => {
    await bench.logIn('zhou-wecom')
    const card = await send(single)
    const forward = { card, chat: 'wecom-chen-zhou' }
    await expect(bench.phone('chen-wecom').forward(forward)).rejects.toMatchObject({ status: 409 })
    const copy = (await bench.phone('chen-wecom-old').forward(forward)).card
    expect(copy.forwardedFrom).toBe(card)
    expect(await bench.openCard('zhou-wecom', copy.id)).toEqual(expect.any(String))
    await denied('zhou-wecom', copy.id)
  })

  it('should fail with 42013 without a live session', async () => {
    const card = await send(single)
    expect(await denied('chen-wecom', card)).toMatchObject({ errCode: 42013 })
    await bench.logIn('chen-wecom')
    await bench.client.expireSession({ client: 'wecom', person: 'chen' })
    expect(await denied('chen-wecom', card)).toMatchObject({ errCode: 42013 })
  })

  it('should fail with 50002 outside the visible range', async () => {
    await bench.logIn('chen-wecom')
    const card = await send(single)
    await bench.client.setVisible('chen', false)
    expect(await denied('chen-wecom', card)).toMatchObject({ errCode: 50002 })
  })

  it.each([
    [undefined, 60230],
    ['', 60230],
    ['typo', 60231],
    [7, 60231],
  ])('should fail when the ticket is %p', async (shareTicket, errCode) => {
    await bench.logIn('chen-wecom')
    expect(await bench.fails('chen-wecom', API, { shareTicket })).toMatchObject({ errCode })
  })

  it('should fail when the ticket is another phone’s, dead, or another mini-program’s', async () => {
    for (const phone of ['chen-wecom', 'zhou-wecom']) await bench.logIn(phone)
    const shareTicket = await bench.openCard('chen-wecom', await send(single))
    expect(await bench.fails('zhou-wecom', API, { shareTicket })).toMatchObject({ errCode: 60233 })
    bench.world.wechatApps().push({ appid: 'wx2', secret: 'x', name: 'x', openPlatform: false })
    bench.world.wecomApps().push({ ...bench.world.wecomApps()[0]!, agentid: 9, miniProgram: 'wx2' })
    await bench.client.updatePhone('chen-wecom', { miniProgram: 'wx2' })
    expect(await bench.fails('chen-wecom', API, { shareTicket })).toMatchObject({ errCode: 42013 })
    const code = await bench.code('chen-wecom')
    const found = bench.world.sessions.findCode('wecom', code)
    if (typeof found !== 'string') bench.world.sessions.exchange(found)
    expect(await bench.fails('chen-wecom', API, { shareTicket })).toMatchObject({ errCode: 60244 })
    await bench.client.updatePhone('chen-wecom', { miniProgram: 'wx0000000000000001' })
    await bench.phone('chen-wecom').close()
    expect(await bench.fails('chen-wecom', API, { shareTicket })).toMatchObject({ errCode: 60231 })
  })

  it('should fail for the sharer’s own card 1-to-1, not in a group', async () => {
    await denied('lin-wecom', await send(single))
    await prove('lin-wecom', await send(group))
  })

  it('should give a WeChat customer in the chat no ticket', async () => {
    await bench.client.addPerson({ id: 'ke', name: '客户', wechat: true })
    await bench.client.addPhone({ id: 'ke-wechat', person: 'ke', client: 'wechat' })
    await bench.client.addChat({
      id: 'interop',
      client: 'wecom',
      kind: 'group',
      members: ['lin', 'chen', 'ke'],
      interop: true,
    })
    const card = await send('interop')
    const enter = await bench.phone('ke-wechat').open({ via: 'card', card })
    expect(enter).toMatchObject({ scene: 1008, chatType: 4 })
    expect(enter).not.toHaveProperty('shareTicket')
    await bench.logIn('chen-wecom')
    await prove('chen-wecom', card)
    await bench.fails('ke-wechat', 'qy.getShareInfo', {}, PAGE)
  })
})
