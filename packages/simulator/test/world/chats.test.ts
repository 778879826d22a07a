import { freshSimulator, type Bench } from '../kit/fresh-simulator.js'

let bench: Bench
beforeEach(async () => {
  bench = await freshSimulator()
})
afterEach(() => bench.close())

const cardsOn = async (phone: string, chat: string) =>
  (await bench.phone(phone).chats()).find((view) => view.id === chat)?.cards.map(({ id }) => id)

describe('chats on a phone', () => {
  it('should be those of its client that the person is in', async () => {
    const names = (await bench.phone('zhou-wechat').chats()).map(({ id }) => id)
    expect(names).toEqual(['wechat-lin-zhou', 'wechat-chen-zhou'])
  })

  it('should be titled with the other person’s name', async () => {
    const [chat] = await bench.phone('lin-wechat').chats()
    expect(chat).toMatchObject({ title: '陈默 Chen Mo', left: false })
  })

  it('should never show what a card was declared with', async () => {
    const activityId = await bench.declareInWechat('lin-wechat')
    await bench.share('lin-wechat', 'wechat-lin-chen')
    const text = JSON.stringify(await bench.phone('chen-wechat').chats())
    expect(text).not.toContain(activityId)
    expect(text).toContain('"private":true')
  })

  it('should keep the history of a person who left, and nothing later', async () => {
    const before = await bench.share('lin-wechat', 'wechat-group')
    bench.clock.advance(1)
    await bench.client.leave('wechat-group', 'chen')
    bench.clock.advance(1)
    await bench.share('lin-wechat', 'wechat-group')
    const [, , view] = await bench.phone('chen-wechat').chats()
    expect(view).toMatchObject({ id: 'wechat-group', left: true })
    expect(await cardsOn('chen-wechat', 'wechat-group')).toEqual([before])
  })

  it('should show a joiner what was sent before', async () => {
    const before = await bench.share('lin-wechat', 'wechat-group')
    expect(await cardsOn('zhou-wechat', 'wechat-group')).toBeUndefined()
    await bench.client.join('wechat-group', 'zhou')
    expect(await cardsOn('zhou-wechat', 'wechat-group')).toEqual([before])
  })
})

describe('a share', () => {
  const share = { page: 'p#1', from: 'menu' as const, share: {} }

  it('should be refused into a chat that the phone is not in', async () => {
    const call = { ...share, chat: 'wechat-group' }
    await expect(bench.phone('zhou-wechat').share(call)).rejects.toMatchObject({ status: 409 })
  })

  it('should be refused across clients', async () => {
    const call = { ...share, chat: 'wecom-group' }
    await expect(bench.phone('lin-wechat').share(call)).rejects.toMatchObject({ status: 409 })
  })

  it('should be refused by a person who left', async () => {
    await bench.client.leave('wechat-group', 'chen')
    const call = { ...share, chat: 'wechat-group' }
    await expect(bench.phone('chen-wechat').share(call)).rejects.toMatchObject({ status: 409 })
  })
})

describe('an opening', () => {
  it('should be refused for a card that the phone does not have', async () => {
    const card = await bench.share('lin-wechat', 'wechat-lin-chen')
    const call = { via: 'card' as const, card }
    await expect(bench.phone('zhou-wechat').open(call)).rejects.toMatchObject({ status: 409 })
  })

  it('should answer path and query apart', async () => {
    const card = await bench.share('lin-wechat', 'wechat-lin-chen')
    expect(await bench.phone('chen-wechat').open({ via: 'card', card })).toEqual({
      path: 'pages/open/index',
      query: { s: 'share-1' },
      scene: 1007,
      chatType: 1,
      referrerInfo: {},
      apiCategory: 'default',
    })
  })

  it('should have scene 1044 with a ticket in a group and the configured one 1-to-1', async () => {
    await bench.declareInWechat('lin-wechat')
    const [group, single] = [
      await bench.share('lin-wechat', 'wechat-group'),
      await bench.share('lin-wechat', 'wechat-lin-chen'),
    ]
    const scene = async (card: string) =>
      (await bench.phone('chen-wechat').open({ via: 'card', card })).scene
    expect([await scene(group), await scene(single)]).toEqual([1044, 1007])
    await bench.client.updatePhone('chen-wechat', { sdkVersion: '3.0.0' })
    expect(await scene(single)).toBe(1044)
  })

  it('should leave chatType out before base library 2.18.0', async () => {
    await bench.client.updatePhone('chen-wechat', { sdkVersion: '2.17.3' })
    const card = await bench.share('lin-wechat', 'wechat-group')
    const enter = await bench.phone('chen-wechat').open({ via: 'card', card })
    expect(enter).not.toHaveProperty('chatType')
  })

  it('should have no ticket from the recent list, whatever the path', async () => {
    await bench.declareInWechat('lin-wechat')
    const enter = await bench.phone('zhou-wechat').open({ via: 'recent', path: '/a/b?s=1&t=2' })
    expect(enter).toEqual({
      path: 'a/b',
      query: { s: '1', t: '2' },
      scene: 1001,
      referrerInfo: {},
      apiCategory: 'default',
    })
  })

  it('should start a new life after close and continue the old one without', async () => {
    const life = async () => (await bench.phone('lin-wechat').view()).life
    await bench.phone('lin-wechat').open({ via: 'recent' })
    await bench.phone('lin-wechat').open({ via: 'recent' })
    expect(await life()).toBe(1)
    expect(await bench.phone('lin-wechat').close()).toMatchObject({ running: false })
    await bench.phone('lin-wechat').open({ via: 'recent' })
    expect(await life()).toBe(2)
  })

  it('should be answered again by getEnterOptionsSync', async () => {
    const enter = await bench.phone('lin-wechat').open({ via: 'recent', path: 'a/b' })
    expect(await bench.ok('lin-wechat', 'getEnterOptionsSync')).toEqual({
      ...enter,
      errMsg: 'getEnterOptionsSync:ok',
    })
  })
})

describe('membership', () => {
  const issue = (path: string) => ({ status: 400, refusal: { issues: [{ path }] } })

  it('should be fixed in a 1-to-1 chat', async () => {
    const { join, leave } = bench.client
    await expect(join('wechat-lin-chen', 'zhou')).rejects.toMatchObject(issue('chat'))
    await expect(leave('wechat-lin-chen', 'chen')).rejects.toMatchObject(issue('chat'))
  })

  it('should be refused to people without the account', async () => {
    await bench.client.addPerson({ id: 'ke', name: '客户', wechat: true })
    await expect(bench.client.join('wecom-group', 'ke')).rejects.toMatchObject(issue('person'))
    await bench.client.join('wechat-group', 'ke')
  })

  it('should let no person leave who is not in it', async () => {
    await expect(bench.client.leave('wechat-group', 'zhou')).rejects.toMatchObject(issue('person'))
  })

  it('should have exactly two people in a 1-to-1 chat', async () => {
    const chat = { client: 'wechat' as const, kind: 'single' as const, members: ['lin'] }
    await expect(bench.client.addChat(chat)).rejects.toMatchObject(issue('members'))
  })

  it('should mix WeChat customers into WeCom chats only', async () => {
    const chat = { client: 'wechat' as const, kind: 'group' as const, members: ['lin'] }
    await expect(bench.client.addChat({ ...chat, interop: true })).rejects.toMatchObject(
      issue('interop'),
    )
  })
})
