import { freshSimulator, MINUTE, type Bench } from '../kit/fresh-simulator.js'

let bench: Bench
beforeEach(async () => {
  bench = await freshSimulator()
})
afterEach(() => bench.close())

const set = (scene: string) => bench.post(`/simulator/scenes/${scene}`, {})
const members = async (chat: string) =>
  (await bench.client.chats()).find(({ id }) => id === chat)?.members

/** Lin shares a private card with Chen. */
const shared = async () => {
  await bench.declareInWechat('lin-wechat')
  return bench.share('lin-wechat', 'wechat-lin-chen')
}

it('sets every scene, again and again, with the people that its steps name', async () => {
  const { scenes } = await bench.get('/simulator/scenes')
  expect(scenes).toEqual(['single', 'group', 'customer', 'forward', 'once', 'web', 'bot'])
  for (const scene of [...scenes, ...scenes]) expect(await set(scene)).toEqual({ scene })
  await set('group')
  expect(await members('wechat-group')).toEqual(['lin', 'chen', 'zhou'])
  await bench.client.join('wechat-group', 'su')
  await set('customer')
  expect(await members('wecom-customer')).toEqual(['lin', 'chen', 'customer'])
  expect(await members('wechat-group')).toEqual(['lin', 'chen'])
})

it('takes away cards, faults, settings and moved time; services know people, apps and bots as before', async () => {
  await shared()
  await bench.client.addBot({
    id: 'desk',
    name: 'Desk',
    url: 'http://127.0.0.1:1/callback',
    token: 'Token1',
    encodingAesKey: 'Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v',
  })
  const before = bench.world.export()
  await bench.client.advance(MINUTE)
  await bench.client.fault('wx.login', { kind: 'fail', errMsg: 'login:fail' })
  await bench.client.setSettings({ wechat: { desktopKeepsTicket: true } })
  await set('single')
  const after = bench.world.export()
  expect(after).toMatchObject({ cards: {}, sessions: {}, clock: { offset: 0, frozenAt: null } })
  expect(after.settings).toEqual(before.settings)
  expect(await bench.client.faults()).toEqual([])
  expect([after.identities, after.apps, after.tokens]).toEqual([
    before.identities,
    before.apps,
    before.tokens,
  ])
  expect((await bench.client.bots()).map(({ id }) => id)).toEqual(['desk'])
  expect((await bench.get('/simulator/calls'))['calls']).toEqual([])
})

it('sends a card to a stranger, whom the platform proves nothing', async () => {
  await shared()
  const { phone, card } = await bench.post('/simulator/scenes/stranger', {})
  expect([phone, card.private]).toEqual(['zhou-wechat', true])
  await bench.logIn('zhou-wechat')
  const shareTicket = await bench.openCard('zhou-wechat', card.id)
  expect(await bench.ok('zhou-wechat', 'authPrivateMessage', { shareTicket })).toMatchObject({
    valid: false,
  })
})

it.each([
  ['without a private card', undefined, 'refused'],
  ['of a card that is none', 'card-99', 'not_found'],
])('sends nothing to a stranger %s', async (_what, card, error) => {
  expect(await bench.post('/simulator/scenes/stranger', { card })).toMatchObject({ error })
})

it('sends nothing to a stranger where everybody got the card', async () => {
  await bench.client.join('wechat-group', 'zhou')
  await bench.declareInWechat('lin-wechat')
  const card = await bench.share('lin-wechat', 'wechat-group')
  expect(await bench.post('/simulator/scenes/stranger', { card })).toMatchObject({
    error: 'refused',
  })
})

it('knows no other scene', async () => {
  expect(await set('nowhere')).toMatchObject({ error: 'not_found' })
})
