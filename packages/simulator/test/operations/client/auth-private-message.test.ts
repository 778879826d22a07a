import { DAY, freshSimulator, PAGE, type Bench } from '../../kit/fresh-simulator.js'

const API = 'authPrivateMessage'
let bench: Bench
let activityId: string
beforeEach(async () => {
  bench = await freshSimulator()
  activityId = await bench.declareInWechat('lin-wechat')
})
afterEach(() => bench.close())

const single = 'wechat-lin-chen'
const group = 'wechat-group'

/** Opens the card on the phone and asks for the proof. */
const prove = async (phone: string, card: string) =>
  bench.ok(phone, API, { shareTicket: await bench.openCard(phone, card) })

describe('a direct recipient', () => {
  it('should get the bare activityId under the current session_key, 1-to-1', async () => {
    const { session_key } = await bench.logIn('chen-wechat')
    const proof = await prove('chen-wechat', await bench.share('lin-wechat', single))
    expect(proof).toMatchObject({ valid: true, errMsg: 'authPrivateMessage:ok' })
    expect(bench.read(session_key, proof)).toBe(activityId)
  })

  it('should get it in a group', async () => {
    const { session_key } = await bench.logIn('chen-wechat')
    const proof = await prove('chen-wechat', await bench.share('lin-wechat', group))
    expect(bench.read(session_key, proof)).toBe(activityId)
  })

  it('should get another iv every time', async () => {
    await bench.logIn('chen-wechat')
    const shareTicket = await bench.openCard('chen-wechat', await bench.share('lin-wechat', group))
    const [a, b] = [
      await bench.ok('chen-wechat', API, { shareTicket }),
      await bench.ok('chen-wechat', API, { shareTicket }),
    ]
    expect(a['iv']).not.toBe(b['iv'])
  })

  it('should get it under the new key when the key was rotated after login', async () => {
    const { session_key } = await bench.logIn('chen-wechat')
    const card = await bench.share('lin-wechat', single)
    await bench.client.rotateSessionKey({ client: 'wechat', person: 'chen' })
    const proof = await prove('chen-wechat', card)
    expect(bench.read(session_key, proof)).toBeNull()
    const next = await bench.logIn('chen-wechat')
    const again = await prove('chen-wechat', card)
    expect(bench.read(next['session_key'], again)).toBe(activityId)
  })

  it('should be a member of the group now: a leaver loses, a joiner and a returner gain', async () => {
    for (const phone of ['chen-wechat', 'zhou-wechat']) await bench.logIn(phone)
    const card = await bench.share('lin-wechat', group)
    await bench.client.leave(group, 'chen')
    expect(await prove('chen-wechat', card)).toMatchObject({ valid: false })
    await bench.client.join(group, 'zhou')
    expect(await prove('zhou-wechat', card)).toMatchObject({ valid: true })
    await bench.client.join(group, 'chen')
    expect(await prove('chen-wechat', card)).toMatchObject({ valid: true })
  })

  it('should be judged when verifying, not when opening', async () => {
    await bench.logIn('chen-wechat')
    const shareTicket = await bench.openCard('chen-wechat', await bench.share('lin-wechat', group))
    await bench.client.leave(group, 'chen')
    expect(await bench.ok('chen-wechat', API, { shareTicket })).toMatchObject({ valid: false })
  })

  it('should verify for 120 days and not a millisecond longer', async () => {
    const card = await bench.share('lin-wechat', single)
    bench.clock.advance(120 * DAY)
    await bench.logIn('chen-wechat')
    expect(await prove('chen-wechat', card)).toMatchObject({ valid: true })
    bench.clock.advance(1)
    expect(await prove('chen-wechat', card)).toMatchObject({ valid: false })
    await bench.client.setSettings({ wechat: { afterVerifyWindow: 'fail' } })
    const shareTicket = await bench.openCard('chen-wechat', card)
    await bench.fails('chen-wechat', API, { shareTicket })
  })
})

describe('a person who is not a direct recipient', () => {
  const removed = async () => {
    await bench.logIn('chen-wechat')
    const card = await bench.share('lin-wechat', group)
    await bench.client.leave(group, 'chen')
    return bench.openCard('chen-wechat', card)
  }

  it('should get valid: false and nothing else', async () => {
    expect(await bench.ok('chen-wechat', API, { shareTicket: await removed() })).toEqual({
      valid: false,
      errMsg: 'authPrivateMessage:ok',
    })
  })

  it('should get noise, or land in fail, when the setting says so', async () => {
    const shareTicket = await removed()
    await bench.client.setSettings({ wechat: { nonRecipient: 'valid-false-with-noise' } })
    const { session_key } = await bench.logIn('chen-wechat')
    const noise = await bench.ok('chen-wechat', API, { shareTicket })
    expect(noise).toMatchObject({ valid: false, encryptedData: expect.any(String) })
    expect(bench.read(session_key, noise)).not.toBe(activityId)
    await bench.client.setSettings({ wechat: { nonRecipient: 'fail' } })
    await bench.fails('chen-wechat', API, { shareTicket })
  })

  it('should be the sharer with the own card in a 1-to-1 chat, not in a group', async () => {
    expect(await prove('lin-wechat', await bench.share('lin-wechat', single))).toMatchObject({
      valid: false,
    })
    await bench.client.setSettings({ wechat: { sharerOwnCardInSingle: 'valid' } })
    expect(await prove('lin-wechat', await bench.share('lin-wechat', single))).toMatchObject({
      valid: true,
    })
    expect(await prove('lin-wechat', await bench.share('lin-wechat', group))).toMatchObject({
      valid: true,
    })
  })

  it('should be the reader of a copy that an old client forwarded', async () => {
    await bench.logIn('zhou-wechat')
    const card = await bench.share('lin-wechat', single)
    const forward = { card, chat: 'wechat-chen-zhou' }
    await expect(bench.phone('chen-wechat').forward(forward)).rejects.toMatchObject({ status: 409 })
    await bench.client.updatePhone('chen-wechat', { version: '7.0.10' })
    const copy = (await bench.phone('chen-wechat').forward(forward)).card.id
    expect(await prove('zhou-wechat', copy)).toMatchObject({ valid: false })
  })

  it('should be the reader of an ordinary group card', async () => {
    await bench.logIn('chen-wechat')
    await bench.ok('lin-wechat', 'updateShareMenu', {
      withShareTicket: true,
      isPrivateMessage: false,
    })
    expect(await prove('chen-wechat', await bench.share('lin-wechat', group))).toMatchObject({
      valid: false,
    })
  })

  it('should be any person when another’s activityId was sent anyway', async () => {
    await bench.client.setSettings({ wechat: { badActivity: 'unverifiable' } })
    await bench.logIn('lin-wechat')
    const args = { withShareTicket: true, isPrivateMessage: true, activityId }
    await bench.ok('chen-wechat', 'updateShareMenu', args)
    const card = await bench.share('chen-wechat', single)
    expect(await prove('lin-wechat', card)).toMatchObject({ valid: false })
  })

  it('should be any person when the activity has no sharer, by default', async () => {
    await bench.client.setSettings({ wechat: { badActivity: 'unverifiable' } })
    await bench.logIn('chen-wechat')
    const { activity_id } = await bench.createActivity({})
    const args = { withShareTicket: true, isPrivateMessage: true, activityId: activity_id }
    await bench.ok('lin-wechat', 'updateShareMenu', args)
    const card = await bench.share('lin-wechat', single)
    expect(await prove('chen-wechat', card)).toMatchObject({ valid: false })
    await bench.client.setSettings({ wechat: { activityWithoutSharer: 'anybody' } })
    expect(await prove('chen-wechat', card)).toMatchObject({ valid: true })
  })
})

describe('a ticket', () => {
  it('should be refused when missing, invented or another phone’s', async () => {
    await bench.logIn('zhou-wechat')
    const card = await bench.share('lin-wechat', single)
    const stolen = await bench.openCard('chen-wechat', card)
    for (const shareTicket of [undefined, '', 'invented', 7, stolen]) {
      expect(await bench.fails('zhou-wechat', API, { shareTicket })).toEqual({
        errMsg: 'authPrivateMessage:fail invalid shareTicket',
      })
    }
  })

  it('should die with the mini-program’s life', async () => {
    await bench.logIn('chen-wechat')
    const shareTicket = await bench.openCard('chen-wechat', await bench.share('lin-wechat', single))
    await bench.phone('chen-wechat').close()
    await bench.phone('chen-wechat').open({ via: 'recent' })
    expect(await bench.fails('chen-wechat', API, { shareTicket })).toMatchObject({
      errMsg: 'authPrivateMessage:fail invalid shareTicket',
    })
  })

  it('should survive a warm start in the same life', async () => {
    await bench.logIn('chen-wechat')
    const card = await bench.share('lin-wechat', single)
    const shareTicket = await bench.openCard('chen-wechat', card)
    await bench.phone('chen-wechat').open({ via: 'recent' })
    expect(await bench.ok('chen-wechat', API, { shareTicket })).toMatchObject({ valid: true })
  })

  it('should fail without a prior wx.login', async () => {
    const shareTicket = await bench.openCard('chen-wechat', await bench.share('lin-wechat', single))
    await bench.fails('chen-wechat', API, { shareTicket })
  })

  it('should not exist in WeCom nor on base libraries before 2.13.0', async () => {
    expect(await bench.fails('chen-wecom', API, {})).toMatchObject({ errno: 100 })
    await bench.client.updatePhone('chen-wechat', { sdkVersion: '2.12.9' })
    expect(await bench.fails('chen-wechat', API, {})).toMatchObject({ errno: 100 })
  })
})

describe('wx.getShareInfo', () => {
  it('should answer openGId with a watermark in a group', async () => {
    const { session_key } = await bench.logIn('chen-wechat')
    const shareTicket = await bench.openCard('chen-wechat', await bench.share('lin-wechat', group))
    const info = await bench.ok('chen-wechat', 'getShareInfo', { shareTicket }, PAGE)
    expect(JSON.parse(bench.read(session_key, info) ?? '')).toEqual({
      openGId: expect.any(String),
      watermark: { appid: 'wx0000000000000001', timestamp: bench.clock.now() / 1000 },
    })
  })

  it('should fail 1-to-1, with an invalid ticket, and in WeCom', async () => {
    await bench.logIn('chen-wechat')
    const shareTicket = await bench.openCard('chen-wechat', await bench.share('lin-wechat', single))
    const fails = async (phone: string, args: Record<string, unknown>) =>
      (await bench.fails(phone, 'getShareInfo', args))['errMsg']
    expect(await fails('chen-wechat', { shareTicket })).toMatch(/single chat is not supported/)
    expect(await fails('chen-wechat', {})).toMatch(/invalid shareTicket/)
    expect(await fails('chen-wecom', {})).toMatch(/not supported/)
  })
})
