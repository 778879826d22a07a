import { DAY, freshSimulator, PAGE, type Bench } from '../../kit/fresh-simulator.js'

let bench: Bench
beforeEach(async () => {
  bench = await freshSimulator()
})
afterEach(() => bench.close())

const card = (id: string) => bench.world.chats.card(id)
const chat = 'wechat-lin-chen'

describe('wx.updateShareMenu', () => {
  it('should make the next share a private card with a ticket', async () => {
    const activityId = await bench.declareInWechat('lin-wechat')
    const id = await bench.share('lin-wechat', chat)
    expect(card(id)).toMatchObject({ private: true, ticketed: true, activityId })
  })

  it('should persist across pages of the running app', async () => {
    await bench.declareInWechat('lin-wechat')
    expect(card(await bench.share('lin-wechat', chat, 'pages/other#9')).private).toBe(true)
  })

  it('should be reset by isPrivateMessage: false', async () => {
    await bench.declareInWechat('lin-wechat')
    await bench.ok('lin-wechat', 'updateShareMenu', { isPrivateMessage: false })
    expect(card(await bench.share('lin-wechat', chat))).toMatchObject({
      private: false,
      ticketed: false,
      activityId: null,
    })
  })

  it('should be forgotten when the mini-program is closed', async () => {
    await bench.declareInWechat('lin-wechat')
    await bench.phone('lin-wechat').close()
    expect(card(await bench.share('lin-wechat', chat)).private).toBe(false)
  })

  it('should lose the ticket on iOS when isUpdatableMessage is false', async () => {
    await bench.declareInWechat('lin-wechat', { isUpdatableMessage: false })
    expect(card(await bench.share('lin-wechat', chat))).toMatchObject({
      private: true,
      ticketed: false,
    })
  })

  it('should keep the ticket on Android when isUpdatableMessage is false', async () => {
    await bench.declareInWechat('chen-wechat', { isUpdatableMessage: false })
    expect(card(await bench.share('chen-wechat', chat)).ticketed).toBe(true)
  })

  it('should give no ticket without withShareTicket, unless the setting says that private implies it', async () => {
    await bench.declareInWechat('lin-wechat', { withShareTicket: false })
    expect(card(await bench.share('lin-wechat', chat)).ticketed).toBe(false)
    await bench.client.setSettings({ wechat: { privateImpliesTicket: true } })
    expect(card(await bench.share('lin-wechat', chat)).ticketed).toBe(true)
  })

  it.each(['windows', 'mac'] as const)(
    'should lose the ticket when sent from %s',
    async (platform) => {
      await bench.client.updatePhone('lin-wechat', { platform })
      await bench.declareInWechat('lin-wechat')
      expect(card(await bench.share('lin-wechat', chat))).toMatchObject({
        private: true,
        ticketed: false,
      })
    },
  )

  it('should fail when the activityId is missing, unknown or another’s', async () => {
    const update = (activityId?: string) =>
      bench.fails('chen-wechat', 'updateShareMenu', { isPrivateMessage: true, activityId })
    expect((await update())['errMsg']).toMatch(/activityId/)
    expect((await update('1151_x'))['errMsg']).toMatch(/invalid activityId/)
    const foreign = await bench.declareInWechat('lin-wechat')
    expect((await update(foreign))['errMsg']).toMatch(/invalid activityId/)
  })

  it('should fail for wrong types', async () => {
    const answer = await bench.fails('lin-wechat', 'updateShareMenu', { withShareTicket: 'yes' })
    expect(answer['errMsg']).toBe(
      'updateShareMenu:fail parameter error: parameter.withShareTicket should be Boolean',
    )
    await bench.fails('lin-wechat', 'updateShareMenu', { activityId: 7 })
  })

  it('should be shareable for 7 days and refused from then on', async () => {
    await bench.declareInWechat('lin-wechat')
    bench.clock.advance(7 * DAY)
    expect(card(await bench.share('lin-wechat', chat)).private).toBe(true)
    bench.clock.advance(1)
    await expect(bench.share('lin-wechat', chat)).rejects.toMatchObject({ status: 409 })
  })

  it('should be ignored in WeCom, and missing in WeCom on Windows', async () => {
    const args = { withShareTicket: true, isPrivateMessage: true, activityId: 'x' }
    await bench.ok('lin-wecom', 'updateShareMenu', args)
    const id = await bench.share('lin-wecom', 'wecom-lin-chen')
    expect(card(id)).toMatchObject({ private: false, ticketed: false })
    await bench.client.updatePhone('lin-wecom', { platform: 'windows' })
    expect(await bench.fails('lin-wecom', 'updateShareMenu', args)).toMatchObject({ errno: 100 })
  })
})

describe('wx.showShareMenu and wx.hideShareMenu', () => {
  it('should hide the menu of one page until it is shown again', async () => {
    await bench.ok('lin-wechat', 'hideShareMenu', {}, PAGE)
    await expect(bench.share('lin-wechat', chat)).rejects.toMatchObject({ status: 409 })
    await bench.share('lin-wechat', chat, 'pages/other#2')
    await bench.ok('lin-wechat', 'showShareMenu', {}, PAGE)
    await bench.share('lin-wechat', chat)
  })

  it('should let a button share although the menu is hidden', async () => {
    await bench.ok('lin-wechat', 'hideShareMenu', {}, PAGE)
    const call = { page: PAGE, from: 'button' as const, chat, share: {} }
    const sent = await bench.phone('lin-wechat').share(call)
    expect(sent.card).toMatchObject({ path: 'pages/card/index', title: '封笺 Sealcard' })
  })

  it('should leave the share menu alone when only the timeline is hidden', async () => {
    await bench.ok('lin-wechat', 'hideShareMenu', { menus: ['shareTimeline'] }, PAGE)
    await bench.share('lin-wechat', chat)
  })

  it('should give ordinary group cards a ticket with withShareTicket', async () => {
    await bench.ok('lin-wechat', 'showShareMenu', { withShareTicket: true }, PAGE)
    const [group, single] = [
      await bench.share('lin-wechat', 'wechat-group'),
      await bench.share('lin-wechat', chat),
    ]
    expect(await bench.openCard('chen-wechat', group)).toEqual(expect.any(String))
    expect(await bench.openCard('chen-wechat', single)).toBeUndefined()
  })

  it('should not exist in WeCom on Windows', async () => {
    await bench.client.updatePhone('lin-wecom', { platform: 'windows' })
    await bench.fails('lin-wecom', 'showShareMenu')
    await bench.fails('lin-wecom', 'hideShareMenu')
  })
})
