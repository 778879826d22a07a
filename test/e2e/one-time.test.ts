import { rmSync } from 'node:fs'
import path from 'node:path'
import { roomy, startLeanStack, type LeanStack } from '../support/lean-stack.js'
import { Member, type Answer } from '../support/member.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let stack: LeanStack
beforeAll(async () => {
  const config = { limits: { ...roomy, loginsPerPersonPerMinute: 6, cardsPerPersonPerMinute: 8 } }
  stack = await startLeanStack({ config }, true)
})
afterAll(() => stack.stop())
beforeEach(() => stack.control.backToNow())

const member = (person: string) => new Member(person, 'wechat', stack.control, stack.bff.url)

/** Lin's card in the chat with Chen, and Chen's way to open it, with a login of that time. */
const sent = async (title: string, policy: object = {}) => {
  const [lin, chen] = [member('lin'), member('chen')]
  await lin.logIn()
  const created = await lin.call('POST', '/v1/cards', { body: { title, body: 'secret', policy } })
  expect(created.status).toBe(201)
  const share = (await lin.share(created.body.id)).body
  const card = await lin.send(share, 'wechat-lin-chen')
  const open = async (): Promise<Answer> => {
    expect((await chen.logIn()).status).toBe(201)
    return chen.open(share.id, await chen.prove(card))
  }
  return { lin, share, id: String(created.body.id), open }
}
const iso = async (ms: number) => new Date((await stack.control.clock()).now + ms).toISOString()

test('a card opens until its expiry on the clock of the desk, and again after the way back', async () => {
  const { open } = await sent('an hour', { expiresAt: await iso(HOUR) })
  await stack.control.advance(HOUR - 60_000)
  expect((await open()).status).toBe(201)
  await stack.control.advance(120_000)
  expect((await open()).body).toMatchObject({ code: 'ERR_CARD_EXPIRED' })
  await stack.control.backToNow()
  expect((await open()).status).toBe(201)
})

test('a message is shared for seven days, by the client and by the service', async () => {
  const { lin, share, id } = await sent('seven days')
  await stack.control.advance(7 * DAY - HOUR)
  await lin.send(share, 'wechat-lin-zhou')
  await stack.control.advance(2 * HOUR)
  await expect(lin.send(share, 'wechat-lin-zhou')).rejects.toThrow('invalid activityId')
  await lin.logIn()
  const next = (await lin.share(id)).body
  expect(next.declare.activityId).not.toBe(share.declare.activityId)
  await lin.send(next, 'wechat-lin-zhou')
})

test('a proof is verified for 120 days', async () => {
  const { open } = await sent('120 days')
  await stack.control.advance(120 * DAY - HOUR)
  expect((await open()).status).toBe(201)
  await stack.control.advance(2 * HOUR)
  expect((await open()).body).toMatchObject({ code: 'ERR_PROOF_REJECTED' })
})

test('what was done in the future stops nobody after the way back', async () => {
  const lin = member('lin')
  const made = async (make: (n: number) => Promise<Answer>) => {
    const statuses = []
    for (let n = 0; n < 9; n++) statuses.push((await make(n)).status)
    return statuses.filter((status) => status === 201).length
  }
  await stack.control.advance(200 * DAY)
  expect(await made(() => lin.logIn())).toBe(6)
  expect(await made((n) => lin.createCard(`later ${n}`, 'secret'))).toBe(8)
  await stack.control.backToNow()
  expect((await lin.call('GET', '/v1/cards')).body).toMatchObject({ code: 'ERR_SESSION' })
  await stack.control.advance(2 * 60_000)
  expect((await lin.logIn()).status).toBe(201)
  expect((await lin.createCard('now', 'secret')).status).toBe(201)
})

test('a clock that stands still stands still for the service', async () => {
  const { open } = await sent('frozen', { expiresAt: await iso(HOUR) })
  await stack.control.setClock((await stack.control.clock()).now + HOUR - 1000)
  await stack.control.freeze()
  const { now } = await stack.control.clock()
  const opened = await open()
  expect(opened.body.openedAt).toBe(new Date(now).toISOString())
})

test('a service whose clock file is gone answers nothing, and goes on once it is back', async () => {
  const { open } = await sent('gone')
  rmSync(path.join(stack.dir, 'clock.json'))
  const answer = await member('chen').call('GET', '/v1/cards')
  expect(answer).toMatchObject({ status: 503, body: { code: 'ERR_STORAGE_UNAVAILABLE' } })
  await stack.control.backToNow()
  expect((await open()).status).toBe(201)
})
