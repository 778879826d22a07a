import type { Client, FaultEffectInput } from '@sealcard/simulator'
import { countCases, eventually, scale } from '@sealcard/testing'
import { startLeanStack, type LeanStack } from '../support/lean-stack.js'
import { Member, type Answer } from '../support/member.js'

/** Over the five operations: every fault 50 times on every commit, 1,000 times at night. */
const ROUNDS = scale(1, 20)
const CALLERS = scale(10, 10, 1)
/** Short, so that what never answers does not take nine seconds each; the standard times have a test of their own. */
const times = { timeoutMs: 1_000, breakerMs: 300 }

/** Outages: the service cannot know what happened. */
const OUTAGES: Record<string, FaultEffectInput> = {
  'a black hole': { kind: 'black-hole' },
  'a black hole after the work was done': { kind: 'black-hole', executed: true },
  'a reset': { kind: 'reset' },
  'a reset in the middle of the body': { kind: 'reset-mid-body' },
  'a slow drip': { kind: 'drip', chunkBytes: 1, everyMs: 100 },
  'a 500': { kind: 'status', status: 500, body: 'oops' },
  'a 502 with HTML': { kind: 'html', status: 502 },
  'HTML with 200': { kind: 'html', status: 200 },
  'truncated JSON': { kind: 'truncated' },
  'the error -1': { kind: 'errcode', errcode: -1 },
  'the error 45009': { kind: 'errcode', errcode: 45009 },
  'the error 40001': { kind: 'errcode', errcode: 40001 },
  'the error 42001': { kind: 'errcode', errcode: 42001 },
}
/** Odd, but understood: the call succeeds. */
const ODD: Record<string, FaultEffectInput> = {
  'JSON under a wrong type': { kind: 'wrong-type' },
  'an errcode that is a numeric string': { kind: 'string-errcode' },
  'a skewed expires_in': { kind: 'merge', body: { expires_in: -5 } },
  'an absurd expires_in': { kind: 'merge', body: { expires_in: 1e12 } },
}

interface Operation {
  client: Client
  /** Of the simulator. */
  id: string
  /** Whether a try that may have arrived must not be repeated. */
  once?: boolean
  needsToken?: boolean
  /** @param caller which of those who ask at once */
  run(member: Member, caller: number): Promise<Answer>
}

let stack: LeanStack
const card = async (member: Member): Promise<string> => {
  const created = await member.createCard(`card ${++cards}`, 'the secret')
  expect(created.status).toBe(201)
  return created.body.id as string
}
let cards = 0
/** A card for each caller, not shared yet. */
const shareOf: string[] = []
const share = (member: Member, caller: number) => member.share(String(shareOf[caller]))
const logIn = (member: Member) => member.logIn()

const operations: Operation[] = [
  { client: 'wechat', id: 'wechat.jscode2session', once: true, run: logIn },
  { client: 'wecom', id: 'wecom.jscode2session', once: true, run: logIn },
  { client: 'wecom', id: 'wecom.gettoken', needsToken: true, run: logIn },
  { client: 'wechat', id: 'wechat.stable_token', needsToken: true, run: share },
  { client: 'wechat', id: 'wechat.activityid.create', run: share },
]

/** The token fetched before ends: the next call must fetch another. */
const endTokens = async () => {
  await stack.control.invalidateTokens()
}

// At a desk every third one: a login, which is tried once, and a token, which may be fetched again.
describe.each(operations.filter((_, n) => n % scale(1, 1, 3) === 0))('D1 $id', (operation) => {
  const { client, id, once = false, needsToken = false, run } = operation
  let member: Member

  beforeAll(async () => {
    stack = await startLeanStack({ config: { platformCalls: times } })
    member = new Member('lin', client, stack.control, stack.bff.url)
    // The first call of a cold process on a busy machine may take longer than this short deadline.
    await eventually(async () => (await member.logIn()).status === 201)
  })
  afterAll(() => stack.stop())
  const prepare = async () => {
    for (let n = 0; n < CALLERS; n++) shareOf[n] = await card(member)
    if (needsToken) await endTokens()
    await stack.control.clearRequests()
  }
  beforeEach(prepare)
  afterEach(() => stack.control.clearFaults())

  /** How often the platform was asked; a refused token may be fetched and tried once more. */
  const bound = (what: string) => (/4[02]001/.test(what) ? 4 : once ? 1 : 3)

  it.each(Object.entries(OUTAGES))(
    'refuses through %s, and does it again once that is over',
    async (what, effect) => {
      countCases(ROUNDS * CALLERS)
      for (let round = 0; round < ROUNDS; round++) {
        if (round > 0) await prepare()
        const fault = await stack.control.fault(id, effect, { count: null })
        const callers = Array.from({ length: CALLERS }, (_, n) => run(member, n))
        for (const answer of await Promise.all(callers)) {
          expect([answer.status, answer.body.code]).toEqual([503, 'ERR_PLATFORM_UNAVAILABLE'])
          expect(answer.retryAfter).toBeGreaterThan(0)
        }
        // A late call of another test may have opened the breaker already.
        await eventually(async () => {
          if ((await stack.control.requests(id)).length > 0) return true
          expect((await run(member, 0)).status).toBe(503)
          return false
        })
        const tries = (await stack.control.requests(id)).length
        expect(tries).toBeLessThanOrEqual(CALLERS * bound(what))
        expect(fault.hits).toBe(0)
        await stack.control.clearFaults()
        await eventually(async () => (await run(member, 0)).status === 201)
      }
      expect((await member.call('GET', '/healthz')).status).toBe(200)
    },
    180_000 * ROUNDS,
  )

  it.each(Object.entries(ODD))('understands %s', async (_what, effect) => {
    await stack.control.fault(id, effect)
    await eventually(async () => (await run(member, 0)).status === 201)
  })

  it('opens its breaker, so that an outage is not made worse, and closes it after', async () => {
    await stack.control.fault(id, { kind: 'status', status: 500 }, { count: null })
    for (let n = 0; n < 6; n++) expect((await run(member, 0)).status).toBe(503)
    const before = (await stack.control.requests(id)).length
    expect((await run(member, 0)).status).toBe(503)
    expect((await stack.control.requests(id)).length - before).toBeLessThanOrEqual(1)
    await stack.control.clearFaults()
    await eventually(async () => (await run(member, 0)).status === 201)
    const metrics = await (await fetch(`${stack.bff.url}/metrics`)).text()
    expect(metrics).toMatch(/sealcard_platform_calls_total\{operation="[^"]+",outcome="open"\} \d/)
  })
})

describe.each<Client>(['wechat', 'wecom'])('D1 a login code on %s', (client) => {
  it.each(client === 'wechat' ? [40029, 40163] : [40029])(
    'that the platform refuses with %p is the member’s',
    async (errcode) => {
      const lean = await startLeanStack()
      try {
        const member = new Member('lin', client, lean.control, lean.bff.url)
        await lean.control.fault(`${client}.jscode2session`, { kind: 'errcode', errcode })
        const refused = await member.logIn()
        expect([refused.status, refused.body.code]).toEqual([401, 'ERR_LOGIN_REJECTED'])
        expect((await member.logIn()).status).toBe(201)
      } finally {
        await lean.stop()
      }
    },
  )
})

it('D1 refused connections are an outage too, and the standard deadline of a try is 3 s', async () => {
  const lean = await startLeanStack()
  try {
    const member = new Member('lin', 'wechat', lean.control, lean.bff.url)
    await lean.control.fault('wechat.jscode2session', { kind: 'black-hole' })
    const from = performance.now()
    expect((await member.logIn()).status).toBe(503)
    expect(performance.now() - from).toBeGreaterThan(2_900)
    const lost = await lean.another({ simulatorUrl: 'http://127.0.0.1:9' })
    await lost.start()
    try {
      const elsewhere = new Member('lin', 'wechat', lean.control, lost.url)
      const answer = await elsewhere.logIn()
      expect([answer.status, answer.body.code]).toEqual([503, 'ERR_PLATFORM_UNAVAILABLE'])
    } finally {
      await lost.stop('SIGKILL')
    }
  } finally {
    await lean.stop()
  }
})
