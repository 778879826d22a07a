import { createBffClient, type BffClient } from '../src/bff-client.js'
import { detectPlatform } from '../src/detect.js'
import { createOpenController, type OpenState } from '../src/open-controller.js'
import { OPENING, STATUS } from './kit/answers.js'
import { BASE, fakeBff, problem, type BffReply as Reply } from '../src/testing/fake-bff.js'
import { fakeWx, type Answer } from './kit/fake-wx.js'
import { memoryStorage } from '../src/testing/memory-storage.js'

const OPENINGS = 'POST /v1/shares/S1/openings'
const CHECK = 'GET /v1/openings/O'
const ACKNOWLEDGE = 'POST /v1/openings/O/acknowledgement'
const GRANTED: Reply = { status: 201, body: OPENING }
const status = (value: string): Reply => ({ status: 200, body: { ...STATUS, status: value } })

const setUp = (kind: 'wechat' | 'wecom' = 'wechat', ownCalls: Partial<BffClient> = {}) => {
  const fake = fakeWx(kind)
  const bff = fakeBff()
  const platform = detectPlatform(fake.wx)
  const states: OpenState[] = []
  const controller = createOpenController({
    platform,
    client: {
      ...createBffClient({
        baseUrl: BASE,
        app: 'demo',
        request: bff.request,
        storage: memoryStorage(),
        login: () => platform.login(),
        now: () => 0,
      }),
      ...ownCalls,
    },
    shareId: 'S1',
    onChange: (state) => states.push(state),
  })
  bff.on(OPENINGS, GRANTED)
  bff.on(CHECK, status('active'))
  bff.on(ACKNOWLEDGE, { status: 204 })
  const enterBy = (ticket: string | null) => {
    if (ticket === null) delete fake.enter.shareTicket
    else fake.enter.shareTicket = ticket
    const context: Answer = { ok: ticket === null ? {} : { shareTicket: ticket } }
    fake.answers['qy.getContext'] = context
  }
  enterBy('T1')
  const count = (line: string) => bff.lines().filter((known) => known === line).length
  return {
    controller,
    fake,
    bff,
    states,
    enterBy,
    openings: () => count(OPENINGS),
    checks: () => count(CHECK),
    acknowledgements: () => count(ACKNOWLEDGE),
    last: () => states.at(-1),
  }
}

const OPENED = { step: 'opened', opening: OPENING, acknowledgement: 'none' }

describe.each(['wechat', 'wecom'] as const)('opening on %s', (kind) => {
  it('happens when the page shows', async () => {
    const { controller, states } = setUp(kind)
    expect(controller.state()).toEqual({ step: 'opening' })
    await controller.show()
    expect(states).toEqual([{ step: 'opening' }, OPENED])
    expect(controller.state()).toEqual(OPENED)
  })

  it('happens once, though the page shows twice at once', async () => {
    const { controller, openings } = setUp(kind)
    await Promise.all([controller.show(), controller.show()])
    await controller.show()
    expect(openings()).toBe(1)
  })

  it('does not happen again on coming back, with the same ticket or none', async () => {
    const { controller, enterBy, openings, states } = setUp(kind)
    await controller.show()
    await controller.show()
    enterBy(null)
    await controller.show()
    expect(openings()).toBe(1)
    // The open card stays during the request.
    expect(states).toEqual([{ step: 'opening' }, OPENED])
  })

  it('happens again on coming through another card', async () => {
    const { controller, enterBy, openings } = setUp(kind)
    await controller.show()
    enterBy('T2')
    await controller.show()
    expect(openings()).toBe(2)
  })

  it('happens once more where another ticket comes while the first card opens', async () => {
    const { controller, enterBy, openings } = setUp(kind)
    const first = controller.show()
    await Promise.resolve()
    enterBy('T2')
    await Promise.all([first, controller.show()])
    await controller.show()
    expect(openings()).toBeLessThanOrEqual(2)
    const before = openings()
    await controller.show()
    expect(openings()).toBe(before)
  })

  it('also after it was entered without a ticket', async () => {
    const { controller, enterBy, last } = setUp(kind)
    enterBy(null)
    await controller.show()
    expect(last()).toMatchObject({ step: 'refused', refusal: { kind: 'no-ticket' } })
    enterBy('T1')
    await controller.show()
    expect(last()).toEqual(OPENED)
  })

  it('is tried again on request, one at a time', async () => {
    const { controller, bff, openings, last } = setUp(kind)
    bff.on(OPENINGS, problem(503, 'ERR_STORAGE_UNAVAILABLE'), GRANTED)
    await controller.show()
    expect(last()).toMatchObject({ step: 'refused', refusal: { kind: 'unreachable' } })
    await Promise.all([controller.retry(), controller.retry()])
    expect(openings()).toBe(2)
    expect(last()).toEqual(OPENED)
  })

  it('of the person’s own card leads to their page of it', async () => {
    const { controller, bff, last } = setUp(kind)
    bff.on(OPENINGS, { status: 200, body: { owner: { cardId: 'C1' } } })
    await controller.show()
    expect(last()).toEqual({ step: 'own', cardId: 'C1' })
  })

  it('reports nothing to a page that is gone, and sends no request', async () => {
    const { controller, bff, states } = setUp(kind)
    controller.leave()
    await controller.show()
    await controller.retry()
    expect(states).toEqual([])
    expect(bff.calls).toEqual([])
  })
})

it('a ticket that could be read only at the second call is the same ticket afterwards', async () => {
  const { controller, fake, openings, last } = setUp('wecom')
  let asked = 0
  fake.answers['qy.getContext'] = () =>
    ++asked === 1 ? { fail: { errMsg: 'getContext:fail' } } : { ok: { shareTicket: 'T1' } }
  await controller.show()
  await controller.show()
  expect(openings()).toBe(1)
  expect(last()).toEqual(OPENED)
})

describe('what is being read, when the page shows again,', () => {
  it('costs one look that counts nothing', async () => {
    const { controller, openings, checks } = setUp()
    await controller.show()
    expect(checks()).toBe(0)
    await controller.show()
    expect([openings(), checks()]).toEqual([1, 1])
  })

  it.each(['revoked', 'expired'] as const)('is gone when the card is %s', async (ended) => {
    const { controller, bff, last, openings } = setUp()
    await controller.show()
    bff.on(CHECK, status(ended))
    await controller.show()
    expect(last()).toMatchObject({ step: 'refused', refusal: { kind: ended } })
    expect(JSON.stringify(last())).not.toContain('"B"')
    expect(openings()).toBe(1)
  })

  it('is gone when the BFF knows no such opening, or gives an unknown answer', async () => {
    const unknown = setUp()
    await unknown.controller.show()
    unknown.bff.on(CHECK, problem(404, 'ERR_NOT_FOUND'))
    await unknown.controller.show()
    expect(unknown.last()).toMatchObject({ step: 'refused', refusal: { kind: 'not-recipient' } })
    const odd = setUp()
    await odd.controller.show()
    odd.bff.on(CHECK, status('frozen'))
    await odd.controller.show()
    expect(odd.last()).toMatchObject({ step: 'refused', refusal: { kind: 'expired' } })
  })

  it.each<Reply>([
    'down',
    problem(503, 'ERR_STORAGE_UNAVAILABLE'),
    problem(429, 'ERR_RATE_LIMITED'),
    { status: 200, body: '<html>' },
    { status: 404, body: '<html>' },
  ])('stays while no answer says otherwise: %j', async (reply) => {
    const { controller, bff, last } = setUp()
    await controller.show()
    bff.on(CHECK, reply, status('revoked'))
    await controller.show()
    expect(last()).toEqual(OPENED)
    await controller.show()
    expect(last()).toMatchObject({ step: 'refused', refusal: { kind: 'revoked' } })
  })

  it('is looked at only while there is something to read', async () => {
    const { controller, bff, checks } = setUp()
    bff.on(OPENINGS, problem(410, 'ERR_CARD_REVOKED'))
    await controller.show()
    await controller.show()
    expect(checks()).toBe(0)
  })
})

describe('acknowledging', () => {
  it('reports to the BFF and shows it', async () => {
    const { controller, acknowledgements, states } = setUp()
    await controller.show()
    await controller.acknowledge()
    expect(acknowledgements()).toBe(1)
    expect(states.slice(2).map((s) => s.step === 'opened' && s.acknowledgement)).toEqual([
      'sending',
      'sent',
    ])
  })

  it('can be tried again when it failed, and is sent once at a time', async () => {
    const { controller, bff, acknowledgements, last } = setUp()
    await controller.show()
    bff.on(ACKNOWLEDGE, 'down', { status: 204 })
    await controller.acknowledge()
    expect(last()).toMatchObject({ acknowledgement: 'failed' })
    await Promise.all([controller.acknowledge(), controller.acknowledge()])
    expect(acknowledgements()).toBe(2)
    expect(last()).toMatchObject({ acknowledgement: 'sent' })
  })

  it('is not believed from a page in the place of the answer', async () => {
    const { controller, bff, last } = setUp()
    await controller.show()
    bff.on(ACKNOWLEDGE, { status: 200, body: '<html>' })
    await controller.acknowledge()
    expect(last()).toMatchObject({ acknowledgement: 'failed' })
  })

  it('does not bring back a card that was revoked during the request', async () => {
    let arrive = () => {}
    const acknowledge = () => new Promise<void>((resolve) => void (arrive = resolve))
    const { controller, bff, last } = setUp('wechat', { acknowledge })
    await controller.show()
    const acknowledged = controller.acknowledge()
    bff.on(CHECK, status('revoked'))
    await controller.show()
    arrive()
    await acknowledged
    expect(last()).toMatchObject({ step: 'refused', refusal: { kind: 'revoked' } })
  })

  it('needs an open card', async () => {
    const { controller, acknowledgements } = setUp()
    await controller.acknowledge()
    expect(acknowledgements()).toBe(0)
  })
})
