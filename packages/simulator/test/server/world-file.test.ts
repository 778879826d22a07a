import { FAKE_WECHAT_SECRET, FAKE_WECOM_SECRET } from '../../src/fake-apps.js'
import { freshSimulator, type Bench } from '../kit/fresh-simulator.js'

let bench: Bench
beforeEach(async () => {
  bench = await freshSimulator()
})
afterEach(() => bench.close())

const BOT = {
  id: 'desk',
  name: 'Desk',
  url: 'http://127.0.0.1:1/callback',
  token: 'Token1',
  encodingAesKey: 'Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v',
}
const exported = () => bench.get('/simulator/world')
const put = async (at: Bench, world: unknown) => {
  const body = JSON.stringify(world)
  return (await fetch(`${at.simulator.url}/simulator/world`, { method: 'PUT', body })).json()
}
/** Lin's private card is with Chen, who is logged in; a bot is there. */
const lived = async () => {
  await bench.client.addBot(BOT)
  await bench.wecomToken()
  await bench.declareInWechat('lin-wechat')
  const card = await bench.share('lin-wechat', 'wechat-lin-chen')
  await bench.logIn('chen-wechat')
  await bench.openCard('chen-wechat', card)
  return card
}

it('holds no secret: no app’s, no bot’s, no session, code, token or ticket', async () => {
  await lived()
  const state = bench.world.export()
  const secrets = [
    FAKE_WECHAT_SECRET,
    FAKE_WECOM_SECRET,
    BOT.token,
    BOT.encodingAesKey,
    ...Object.values(state.sessions).map(({ key }) => key),
    ...Object.keys(state.codes),
    ...Object.keys(state.tokens),
    ...Object.keys(state.tickets),
  ]
  expect(secrets.length).toBeGreaterThan(9)
  const text = JSON.stringify(await exported())
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
})

it('brings people, chats and cards to another machine, whose apps stay: the card opens there', async () => {
  const card = await lived()
  const other = await freshSimulator({ seed: 'empty' })
  try {
    expect(await put(other, await exported())).toMatchObject({ ready: true })
    expect(await other.client.people()).toEqual(await bench.client.people())
    await other.logIn('chen-wechat')
    const shareTicket = await other.openCard('chen-wechat', card)
    expect(await other.ok('chen-wechat', 'authPrivateMessage', { shareTicket })).toMatchObject({
      valid: true,
    })
  } finally {
    await other.close()
  }
})

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test spoils what the schema promises
it.each<[string, (world: Record<string, any>) => void]>([
  ['format', (world) => (world['format'] = 1)],
  ['people.lin.name', (world) => (world['people'].lin.name = '')],
  ['phones.lin-wechat.person', (world) => (world['phones']['lin-wechat'].person = 'nobody')],
  ['chats.wechat-group.members', (world) => world['chats']['wechat-group'].members.push('nobody')],
  ['cards', (world) => delete world['cards']],
  ['settings.wechat.badActivity', (world) => (world['settings'].wechat.badActivity = 'maybe')],
])('names %s of a file that is wrong, and changes nothing', async (field, spoil) => {
  const before = bench.world.export()
  const world = await exported()
  spoil(world)
  expect(await put(bench, world)).toMatchObject({ error: 'bad_input', issues: [{ path: field }] })
  expect(bench.world.export()).toEqual(before)
})
