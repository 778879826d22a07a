import { createBffClient } from '../src/bff-client.js'
import { detectPlatform } from '../src/detect.js'
import { createOpenController, type OpenState } from '../src/open-controller.js'
import { OPENING } from './kit/answers.js'
import { BASE, fakeBff, problem } from '../src/testing/fake-bff.js'
import { fakeWx } from './kit/fake-wx.js'
import { memoryStorage } from '../src/testing/memory-storage.js'

const OPENINGS = 'POST /v1/shares/S1/openings'
const PEEK = {
  title: 'T',
  sender: { id: 'V', code: '7K3Q9F' },
  expiresAt: '2100-01-01T00:00:00Z',
  opensLeft: 1,
  requireAcknowledgement: false,
  watermark: true,
  guardCapture: false,
}

const setUp = () => {
  const fake = fakeWx('wechat')
  const bff = fakeBff()
  const platform = detectPlatform(fake.wx)
  const states: OpenState[] = []
  let now = 0
  const controller = createOpenController({
    platform,
    client: createBffClient({
      baseUrl: BASE,
      app: 'demo',
      request: bff.request,
      storage: memoryStorage(),
      login: () => platform.login(),
      now: () => now,
    }),
    shareId: 'S1',
    ask: true,
    onChange: (state) => states.push(state),
  })
  fake.enter.shareTicket = 'T1'
  const sent = () =>
    bff.calls
      .filter(({ url }) => url.endsWith('/openings'))
      .map(({ body }) => JSON.parse(body ?? '{}') as { peek?: boolean; encryptedData: string })
  return { controller, bff, fake, states, sent, pass: (ms: number) => (now += ms) }
}

describe('a controller that asks first', () => {
  it('peeks, waits for the person, and opens with the same proof', async () => {
    const { controller, bff, fake, sent } = setUp()
    bff.on(OPENINGS, { status: 200, body: { peek: PEEK } }, { status: 201, body: OPENING })
    await controller.show()
    expect(controller.state()).toEqual({ step: 'asking', peek: PEEK })
    await controller.confirm()
    expect(controller.state()).toMatchObject({ step: 'opened', opening: OPENING })
    const [first, second] = sent()
    expect([first?.peek, second?.peek]).toEqual([true, undefined])
    expect(second?.encryptedData).toBe(first?.encryptedData)
    expect(fake.calls.filter(({ api }) => api === 'authPrivateMessage')).toHaveLength(1)
  })

  it('takes a new proof when the person thought for long', async () => {
    const { controller, bff, fake, pass } = setUp()
    bff.on(OPENINGS, { status: 200, body: { peek: PEEK } }, { status: 201, body: OPENING })
    await controller.show()
    pass(60_000)
    await controller.confirm()
    expect(controller.state()).toMatchObject({ step: 'opened' })
    expect(fake.calls.filter(({ api }) => api === 'authPrivateMessage')).toHaveLength(2)
  })

  it('opens nothing by showing again, by confirming twice or without a question', async () => {
    const { controller, bff, sent } = setUp()
    bff.on(OPENINGS, { status: 200, body: { peek: PEEK } }, { status: 201, body: OPENING })
    await controller.confirm()
    expect(sent()).toEqual([])
    await controller.show()
    await controller.show()
    expect(sent()).toHaveLength(1)
    await Promise.all([controller.confirm(), controller.confirm()])
    expect(sent()).toHaveLength(2)
  })

  it('opens the card that it asked about, also when the client came back without its ticket', async () => {
    const { controller, bff, fake, sent } = setUp()
    bff.on(OPENINGS, { status: 200, body: { peek: PEEK } }, { status: 201, body: OPENING })
    await controller.show()
    delete fake.enter.shareTicket
    await controller.show()
    expect(controller.state()).toMatchObject({ step: 'asking' })
    await controller.confirm()
    expect(controller.state()).toMatchObject({ step: 'opened' })
    const [first, second] = sent()
    expect(second?.encryptedData).toBe(first?.encryptedData)
  })

  it('peeks again when the person tries again', async () => {
    const { controller, bff, sent } = setUp()
    bff.on(OPENINGS, problem(503, 'ERR_PLATFORM_UNAVAILABLE'), {
      status: 200,
      body: { peek: PEEK },
    })
    await controller.show()
    expect(controller.state()).toMatchObject({ refusal: { kind: 'unreachable' } })
    await controller.retry()
    expect(controller.state()).toMatchObject({ step: 'asking' })
    expect(sent().every(({ peek }) => peek)).toBe(true)
  })

  it.each([
    ['opens', 'opens-used'],
    ['viewers', 'places-taken'],
    [undefined, 'view-limit'],
  ])('says which limit was reached: %s', async (limit, kind) => {
    const { controller, bff } = setUp()
    const { body } = problem(403, 'ERR_VIEW_LIMIT') as { body: object }
    bff.on(OPENINGS, { status: 403, body: { ...body, limit } })
    await controller.show()
    expect(controller.state()).toMatchObject({ step: 'refused', refusal: { kind } })
  })

  it('leads the owner to their own card', async () => {
    const { controller, bff } = setUp()
    bff.on(OPENINGS, { status: 200, body: { owner: { cardId: 'C' } } })
    await controller.show()
    expect(controller.state()).toEqual({ step: 'own', cardId: 'C' })
  })

  it('takes an answer without the form of a peek for none', async () => {
    const { controller, bff } = setUp()
    bff.on(OPENINGS, { status: 200, body: { peek: { ...PEEK, expiresAt: 'soon' } } })
    await controller.show()
    expect(controller.state()).toMatchObject({ refusal: { kind: 'unreachable' } })
  })
})
