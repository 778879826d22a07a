import { scale } from '@sealcard/testing'
import { BffProcess } from '../support/bff-process.js'
import { startLeanStack, type LeanStack } from '../support/lean-stack.js'
import { Member } from '../support/member.js'

const CALLERS = scale(1_000, 1_000, 200)

let stack: LeanStack
let beside: BffProcess
beforeAll(async () => {
  stack = await startLeanStack()
  beside = await stack.another()
  await beside.start()
})
afterAll(async () => {
  await beside.stop('SIGKILL')
  await stack.stop()
})
beforeEach(() => stack.control.clearRequests())

const count = async (operation: string) => (await stack.control.requests(operation)).length

/** How often a process called an operation, the tries of one call taken together. */
const calls = async (process: BffProcess, operation: string): Promise<number> => {
  const text = await (await fetch(`${process.url}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line.includes(`operation="${operation}"`))
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

/** One member's cards, without a share each. */
const unshared = async (member: Member, howMany: number): Promise<string[]> => {
  const ids: string[] = []
  for (let n = 0; n < howMany; n++) {
    const made = await member.createCard(`card ${member.person} ${n} ${performance.now()}`, 'b')
    expect(made.status).toBe(201)
    ids.push(made.body.id)
  }
  return ids
}

it(`D2 ${CALLERS} concurrent callers at two processes cost one access token`, async () => {
  const members = ['lin', 'chen', 'zhou'].flatMap((person) =>
    [stack.bff.url, beside.url].map((url) => new Member(person, 'wecom', stack.control, url)),
  )
  // Warm, by another app: how fast a cold process is, is not what is asked.
  for (const { url } of [stack.bff, beside]) {
    const warm = new Member('lin', 'wechat', stack.control, url)
    for (let n = 0; n < 40; n++) await warm.logIn()
  }
  const callers = Array.from({ length: CALLERS }, (_, n) => members[n % members.length] as Member)
  const codes = await Promise.all(callers.map((member) => member.code()))
  const answers = await Promise.all(callers.map((member, n) => member.logIn(codes[n])))
  // A thousand logins at once may be too much for a slow machine's disk or deadlines; none costs another token.
  const statuses = new Set(answers.map(({ status }) => status))
  expect(statuses.has(201)).toBe(true)
  for (const status of statuses) expect([201, 503]).toContain(status)
  expect((await calls(stack.bff, 'gettoken')) + (await calls(beside, 'gettoken'))).toBe(1)
  // A busy machine may answer one of the three tries too late.
  expect(await count('wecom.gettoken')).toBeLessThanOrEqual(3)
})

it('D3 a token that another system replaced costs one fetch and one more try, at both processes', async () => {
  const here = new Member('lin', 'wechat', stack.control, stack.bff.url)
  expect((await here.logIn()).status).toBe(201)
  const cards = await unshared(here, 4)
  expect((await here.share(cards[0] as string)).status).toBe(201)
  await stack.control.clearRequests()
  await stack.control.invalidateTokens('wechat')
  const shares = await Promise.all(cards.slice(1).map((card) => here.share(card)))
  expect(shares.map(({ status }) => status)).toEqual([201, 201, 201])
  const fetched = await stack.control.requests('wechat.stable_token')
  expect(fetched).toHaveLength(1)
  // A refused share tries once more. A share that begins after the fetch has the new token at once.
  const tries = await count('wechat.activityid.create')
  expect(tries).toBeGreaterThanOrEqual(1 + shares.length)
  expect(tries).toBeLessThanOrEqual(2 * shares.length)
  const there = new Member('lin', 'wechat', stack.control, beside.url)
  there.token = here.token
  const [card] = await unshared(there, 1)
  expect((await there.share(String(card))).status).toBe(201)
  expect(await count('wechat.stable_token')).toBe(1)
})

it('D3 a platform that calls even its newest token replaced is forced once, and then left alone', async () => {
  const lin = new Member('lin', 'wechat', stack.control, stack.bff.url)
  expect((await lin.logIn()).status).toBe(201)
  const cards = await unshared(lin, 5)
  await lin.share(cards[0] as string)
  await stack.control.clearRequests()
  await stack.control.fault(
    'wechat.activityid.create',
    { kind: 'errcode', errcode: 40001 },
    { count: null },
  )
  for (const card of cards.slice(1)) expect((await lin.share(card)).status).toBe(503)
  // A first call: unforced, the same token, so forced. From the second on only unforced.
  const fetches = await count('wechat.stable_token')
  expect(fetches).toBeLessThanOrEqual(1 + cards.length)
  expect(await count('wechat.activityid.create')).toBeLessThanOrEqual(2 * (cards.length - 1))
  await stack.control.clearFaults()
  expect((await lin.share(cards[1] as string)).status).toBe(201)
})

it('D4 without an activity there is no share, and the next try makes one', async () => {
  const lin = new Member('lin', 'wechat', stack.control, stack.bff.url)
  expect((await lin.logIn()).status).toBe(201)
  const [card] = await unshared(lin, 1)
  await stack.control.fault(
    'wechat.activityid.create',
    { kind: 'status', status: 500 },
    { count: 3 },
  )
  const refused = await lin.share(String(card))
  expect([refused.status, refused.body.code]).toEqual([503, 'ERR_PLATFORM_UNAVAILABLE'])
  expect((await lin.share(String(card))).status).toBe(201)
})
