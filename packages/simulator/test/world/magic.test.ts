import { readFileSync } from 'node:fs'
import path from 'node:path'
import { MAGIC } from '../../src/index.js'
import { freshSimulator, type Bench } from '../kit/fresh-simulator.js'

let bench: Bench
beforeAll(async () => {
  bench = await freshSimulator()
  const { client } = bench
  for (const id of [MAGIC.refusedPerson, MAGIC.ticketlessPerson, MAGIC.rotatedPerson]) {
    await client.addPerson({ id, name: id, wecomUserid: id })
    for (const kind of ['wechat', 'wecom'] as const) {
      await client.addPhone({ id: `${id}-${kind}`, person: id, client: kind })
      await client.addChat({
        id: `${id}-${kind}`,
        client: kind,
        kind: 'group',
        members: ['lin', id],
      })
    }
  }
  for (const id of [MAGIC.removingGroup, MAGIC.agedChat]) {
    await client.addChat({ id, client: 'wechat', kind: 'group', members: ['lin', 'chen', 'zhou'] })
  }
})
afterAll(() => bench.close())

/** Lin shares a private card in this chat. */
const cardIn = async (chat: string): Promise<string> => {
  if (bench.world.chats.get(chat).client === 'wechat') {
    await bench.declareInWechat('lin-wechat')
    return bench.share('lin-wechat', chat)
  }
  await bench.declareInWecom('lin-wecom', 'state')
  return bench.share('lin-wecom', chat)
}
const isWechat = (phone: string) => bench.world.phones.get(phone).client === 'wechat'

/** The proof that this phone gets for a card; null: it is no recipient. */
const prove = async (phone: string, card: string) => {
  const shareTicket = await bench.openCard(phone, card)
  const api = isWechat(phone) ? 'authPrivateMessage' : 'qy.getShareInfo'
  const { ok, res } = await bench.phone(phone).wx(api, { shareTicket })
  return ok && res['valid'] !== false ? res : null
}

const CLIENTS = ['wechat', 'wecom'] as const

test.each(CLIENTS)('the refused person is no recipient, though a member: %s', async (client) => {
  const phone = `${MAGIC.refusedPerson}-${client}`
  await bench.logIn(phone)
  const card = await cardIn(phone)
  expect(await bench.openCard(phone, card)).toEqual(expect.any(String))
  expect(await prove(phone, card)).toBeNull()
})

test('whoever opens a card in the removing group is no recipient', async () => {
  const card = await cardIn(MAGIC.removingGroup)
  for (const phone of ['chen-wechat', 'zhou-wechat']) {
    await bench.logIn(phone)
    expect(await prove(phone, card)).toBeNull()
  }
  expect(await prove('chen-wechat', await cardIn('wechat-group'))).not.toBeNull()
})

test('a card in the aged chat is out of its 120 days, by the setting for such cards', async () => {
  await bench.logIn('chen-wechat')
  const card = await cardIn(MAGIC.agedChat)
  expect(await prove('chen-wechat', card)).toBeNull()
  await bench.client.setSettings({ wechat: { afterVerifyWindow: 'fail' } })
  const shareTicket = await bench.openCard('chen-wechat', card)
  const { errMsg } = await bench.fails('chen-wechat', 'authPrivateMessage', { shareTicket })
  expect(errMsg).toContain('activity expired')
  await bench.client.setSettings({ wechat: { afterVerifyWindow: 'valid-false' } })
})

test.each(CLIENTS)('the person without tickets gets none: %s', async (client) => {
  const phone = `${MAGIC.ticketlessPerson}-${client}`
  await bench.logIn(phone)
  expect(await bench.openCard(phone, await cardIn(phone))).toBeUndefined()
})

test.each(CLIENTS)(
  'the key of the rotated person is another one for the first proof of a life: %s',
  async (client) => {
    const phone = `${MAGIC.rotatedPerson}-${client}`
    const { session_key: before } = await bench.logIn(phone)
    const card = await cardIn(phone)
    const first = await prove(phone, card)
    expect(first).not.toBeNull()
    expect(bench.read(before, first!)).toBeNull()
    const { session_key: after } = await bench.logIn(phone)
    expect(bench.read(after, (await prove(phone, card))!)).not.toBeNull()
    await bench.phone(phone).close()
    expect(bench.read(after, (await prove(phone, card))!)).toBeNull()
  },
)

test('SIMULATOR.md has each of them in one table', () => {
  const text = readFileSync(path.join(import.meta.dirname, '../../SIMULATOR.md'), 'utf8')
  for (const [name, id] of Object.entries(MAGIC)) {
    expect(text).toMatch(new RegExp(`\\| \`MAGIC.${name}\` +\\| \`${id}\` +\\|`))
  }
})
