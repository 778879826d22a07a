import { createBffClient, type BffClient } from '../src/bff-client.js'
import { BffError, BffUnreachable, toBffError } from '../src/bff-error.js'
import { PlatformError } from '../src/platform-error.js'
import {
  CARD,
  CARDS,
  LATE,
  ME,
  OPENING,
  POLICY,
  READERS,
  SESSION,
  SHARE,
  STATUS,
} from './kit/answers.js'
import { BASE, fakeBff, problem, type BffReply as Reply } from '../src/testing/fake-bff.js'
import { memoryStorage } from '../src/testing/memory-storage.js'

const NOW = Date.parse('2026-01-01T00:00:00Z')

const setUp = (storage = memoryStorage()) => {
  const bff = fakeBff()
  const login = jest.fn(async () => ({ code: 'CODE' }))
  let now = NOW
  const client = createBffClient({
    baseUrl: BASE,
    app: 'demo',
    request: bff.request,
    storage,
    login,
    now: () => now,
  })
  bff.on('GET /v1/cards?box=sent', { status: 200, body: { items: [], nextCursor: null } })
  return { bff, client, login, storage, later: (ms: number) => void (now += ms) }
}

const authorization = (call: { headers: Record<string, string> } | undefined) =>
  call?.headers['Authorization']

describe('the session', () => {
  it('is made at the first call and used for the next', async () => {
    const { bff, client, login } = setUp()
    expect(client.hasSession()).toBe(false)
    await client.listCards('sent')
    await client.listCards('sent')
    expect(bff.lines()).toEqual([
      'POST /v1/sessions',
      'GET /v1/cards?box=sent',
      'GET /v1/cards?box=sent',
    ])
    expect(bff.calls[0]?.body).toBe('{"app":"demo","code":"CODE"}')
    expect(authorization(bff.calls[0])).toBeUndefined()
    expect(authorization(bff.calls[1])).toBe('Bearer T1')
    expect(login).toHaveBeenCalledTimes(1)
    expect(client.hasSession()).toBe(true)
  })

  it('outlives the process, but not its own time', async () => {
    const first = setUp()
    await first.client.ensureSession()
    const second = setUp(first.storage)
    await second.client.listCards('sent')
    expect(second.login).not.toHaveBeenCalled()
    second.later(Date.parse('2100-01-01T00:00:00Z') - NOW)
    expect(second.client.hasSession()).toBe(false)
    await second.client.listCards('sent')
    expect(second.login).toHaveBeenCalledTimes(1)
  })

  describe('of an app whose back-end exchanges the code', () => {
    const withExchange = (exchange: (code: string) => Promise<unknown>) => {
      const bff = fakeBff()
      bff.on('GET /v1/cards?box=sent', { status: 200, body: { items: [], nextCursor: null } })
      const client = createBffClient({
        baseUrl: BASE,
        app: 'demo',
        request: bff.request,
        storage: memoryStorage(),
        login: async () => ({ code: 'CODE' }),
        exchange: exchange as (code: string) => Promise<typeof SESSION>,
        now: () => NOW,
      })
      return { bff, client }
    }

    it('comes from that back-end, and the service gets no code', async () => {
      const exchange = jest.fn(async () => SESSION)
      const { bff, client } = withExchange(exchange)
      await client.listCards('sent')
      await client.listCards('sent')
      expect(exchange.mock.calls).toEqual([['CODE']])
      expect(bff.lines()).toEqual(['GET /v1/cards?box=sent', 'GET /v1/cards?box=sent'])
      expect(authorization(bff.calls[0])).toBe(`Bearer ${SESSION.token}`)
    })

    it.each([[undefined], [{}], [{ ...SESSION, token: '' }], [{ data: SESSION }]])(
      'is not taken where it is %j: the error says what it must be',
      async (answer) => {
        const { client } = withExchange(async () => answer)
        await expect(client.ensureSession()).rejects.toThrow(
          new TypeError('exchange must give what POST /v1/server/sessions answered, as it is'),
        )
        expect(client.hasSession()).toBe(false)
      },
    )

    it('fails as that back-end fails', async () => {
      const { client } = withExchange(async () => {
        throw new Error('the shop is closed')
      })
      await expect(client.ensureSession()).rejects.toThrow('the shop is closed')
    })
  })

  it('is one login however many ask', async () => {
    const { client, login } = setUp()
    await Promise.all([
      client.listCards('sent'),
      client.ensureSession(),
      client.renewSession(),
      client.listCards('sent'),
    ])
    expect(login).toHaveBeenCalledTimes(1)
  })

  it('is made again once when the BFF does not know it', async () => {
    const { bff, client, login } = setUp()
    await client.ensureSession()
    bff.on('GET /v1/cards?box=sent', problem(401, 'ERR_SESSION'), {
      status: 200,
      body: { items: [], nextCursor: null },
    })
    await client.listCards('sent')
    expect(login).toHaveBeenCalledTimes(2)
    expect(authorization(bff.calls.at(-1))).toBe('Bearer T2')
  })

  it('is not made a third time', async () => {
    const { bff, client, login } = setUp()
    bff.on('GET /v1/cards?box=sent', problem(401, 'ERR_SESSION'))
    await expect(client.listCards('sent')).rejects.toMatchObject({ code: 'ERR_SESSION' })
    expect(login).toHaveBeenCalledTimes(2)
  })

  it('is renewed once for all calls that found it ended', async () => {
    const { bff, client, login } = setUp()
    await client.ensureSession()
    const done = { status: 200, body: CARD }
    bff.on('GET /v1/cards/a', problem(401, 'ERR_SESSION'), done)
    bff.on('GET /v1/cards/b', problem(401, 'ERR_SESSION'), done)
    await Promise.all([client.getCard('a'), client.getCard('b')])
    expect(login).toHaveBeenCalledTimes(2)
  })

  it('fails as the login fails, and can be tried again', async () => {
    const { bff, client, login } = setUp()
    login.mockRejectedValueOnce(new PlatformError('retry', 'login', { errMsg: 'login:fail' }))
    await expect(client.listCards('sent')).rejects.toBeInstanceOf(PlatformError)
    bff.on('POST /v1/sessions', problem(401, 'ERR_LOGIN_REJECTED'))
    await expect(client.listCards('sent')).rejects.toMatchObject({ code: 'ERR_LOGIN_REJECTED' })
    expect(client.hasSession()).toBe(false)
  })

  it.each(['', '{', '[]', 'null', '{"token":1}', '{"token":"T"}'])(
    'is not read from %j',
    async (stored) => {
      const storage = memoryStorage()
      storage.set(`sealcard.session.demo@${BASE}`, stored)
      expect(setUp(storage).client.hasSession()).toBe(false)
    },
  )
})

describe('the calls', () => {
  it('are as the contract has them', async () => {
    const { bff, client } = setUp()
    const answers: [string, Reply][] = [
      ['POST /v1/cards', { status: 201, body: CARD }],
      ['GET /v1/cards?box=received&limit=5&cursor=a%2Fb', { status: 200, body: CARDS }],
      ['GET /v1/cards/c%2F1', { status: 200, body: CARD }],
      ['POST /v1/cards/c1/revoke', { status: 200, body: CARD }],
      ['POST /v1/cards/c1/shares', { status: 201, body: SHARE }],
      ['GET /v1/cards/c1/openings', { status: 200, body: READERS }],
      ['POST /v1/shares/s1/openings', { status: 201, body: OPENING }],
      ['GET /v1/openings/o%2F1', { status: 200, body: STATUS }],
      ['POST /v1/openings/o1/acknowledgement', { status: 204 }],
      ['GET /v1/me', { status: 200, body: ME }],
      ['PUT /v1/me', { status: 200, body: ME }],
      ['PUT /v1/cards/c%2F1', { status: 200, body: CARD }],
      ['DELETE /v1/cards/c%2F1', { status: 204 }],
      ['POST /v1/cards/c2/shares', { status: 201, body: SHARE }],
      [
        'GET /v1/cards?box=sent&q=%E5%A5%96%20%26%E9%87%91&status=expired',
        { status: 200, body: CARDS },
      ],
    ]
    for (const [line, answer] of answers) bff.on(line, answer)
    await client.ensureSession()
    await client.createCard({ title: 'T', body: 'B' }, 'KEY')
    await client.listCards('received', { limit: 5, cursor: 'a/b' })
    await client.getCard('c/1')
    await client.revokeCard('c1')
    await client.createShare('c1')
    await client.listOpenings('c1')
    await client.openShare('s1', { encryptedData: 'D', iv: 'I' })
    await client.getOpening('o/1')
    await client.acknowledge('o1')
    await client.getMe()
    await client.rename('陈默')
    await client.updateCard('c/1', { title: 'N', policy: { watermark: true, maxViewers: null } })
    await expect(client.deleteCard('c/1')).resolves.toBeUndefined()
    await client.createShare('c2', { label: '财务群' })
    await client.listCards('sent', { q: '奖 &金', status: 'expired' })
    expect(bff.lines().slice(1)).toEqual(answers.map(([line]) => line))
    const bodies = new Map(bff.calls.map(({ method, url, body }) => [`${method} ${url}`, body]))
    const bodyOf = (line: string) => bodies.get(line.replace(' ', ` ${BASE}`))
    expect(bodyOf('PUT /v1/me')).toBe('{"name":"陈默"}')
    expect(bodyOf('PUT /v1/cards/c%2F1')).toBe(
      '{"title":"N","policy":{"watermark":true,"maxViewers":null}}',
    )
    expect(bodyOf('POST /v1/cards/c2/shares')).toBe('{"label":"财务群"}')
    expect(bodyOf('DELETE /v1/cards/c%2F1')).toBeUndefined()
    expect(bff.calls[1]?.headers['Idempotency-Key']).toBe('KEY')
    expect(bff.calls[1]?.body).toBe('{"title":"T","body":"B"}')
    expect(bff.calls[2]?.headers['Content-Type']).toBeUndefined()
    expect(bff.calls[4]).toMatchObject({
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    })
    expect(bff.calls[7]?.body).toBe('{"encryptedData":"D","iv":"I"}')
  })

  it('send a proof once, even when the session has ended', async () => {
    const { bff, client, login } = setUp()
    bff.on('POST /v1/shares/s1/openings', problem(401, 'ERR_SESSION'))
    const opening = client.openShare('s1', { encryptedData: 'D', iv: 'I' })
    await expect(opening).rejects.toMatchObject({ code: 'ERR_SESSION' })
    expect(bff.lines().filter((line) => line.includes('/shares/'))).toHaveLength(1)
    expect(login).toHaveBeenCalledTimes(1)
    expect(client.hasSession()).toBe(false)
  })

  it('distinguish no answer from a bad one', async () => {
    const { bff, client } = setUp()
    bff.on('GET /v1/cards/a', 'down')
    await expect(client.getCard('a')).rejects.toBeInstanceOf(BffUnreachable)
    bff.on('GET /v1/cards/a', problem(503, 'ERR_STORAGE_UNAVAILABLE', { 'retry-after': '7' }))
    await expect(client.getCard('a')).rejects.toMatchObject({
      code: 'ERR_STORAGE_UNAVAILABLE',
      status: 503,
      requestId: 'req-1',
      retryAfter: 7,
    })
  })
})

/** What a gateway, a proxy or another service answers in the BFF's place. */
const strangers: unknown[] = [
  '<!doctype html><title>x</title>',
  '',
  null,
  undefined,
  [],
  {},
  7,
  true,
  { code: 0 },
  { code: 0, data: { id: 'O' }, message: 'ok' },
  { id: 'O', openedAt: 'soon', card: {} },
  { items: {}, nextCursor: null },
  { items: [null], nextCursor: null },
]

describe("an answer without the BFF's form counts as no answer", () => {
  const calls: [string, string, (client: BffClient) => Promise<unknown>][] = [
    ['getPolicy', 'GET /v1/policy', (c) => c.getPolicy()],
    ['createCard', 'POST /v1/cards', (c) => c.createCard({ title: 'T', body: '' }, 'K')],
    ['listCards', 'GET /v1/cards?box=sent', (c) => c.listCards('sent')],
    ['getCard', 'GET /v1/cards/c', (c) => c.getCard('c')],
    ['listRefusals', 'GET /v1/cards/c/refusals', (c) => c.listRefusals('c')],
    ['updateCard', 'PUT /v1/cards/c', (c) => c.updateCard('c', { title: 'N' })],
    ['deleteCard', 'DELETE /v1/cards/c', (c) => c.deleteCard('c')],
    ['revokeCard', 'POST /v1/cards/c/revoke', (c) => c.revokeCard('c')],
    ['createShare', 'POST /v1/cards/c/shares', (c) => c.createShare('c')],
    ['listOpenings', 'GET /v1/cards/c/openings', (c) => c.listOpenings('c')],
    [
      'openShare',
      'POST /v1/shares/s/openings',
      (c) => c.openShare('s', { encryptedData: 'D', iv: 'I' }),
    ],
    ['getOpening', 'GET /v1/openings/o', (c) => c.getOpening('o')],
    ['acknowledge', 'POST /v1/openings/o/acknowledgement', (c) => c.acknowledge('o')],
  ]

  it.each(calls)('to %s', async (_name, line, call) => {
    for (const body of strangers) {
      const { bff, client } = setUp()
      bff.on(line, { status: 200, body })
      await expect(call(client)).rejects.toBeInstanceOf(BffUnreachable)
    }
  })

  it('to a login, which leaves no session', async () => {
    for (const body of [...strangers, { ...SESSION, token: '' }, { ...SESSION, viewer: null }]) {
      const { bff, client, storage } = setUp()
      bff.on('POST /v1/sessions', { status: 200, body })
      await expect(client.ensureSession()).rejects.toBeInstanceOf(BffUnreachable)
      expect(client.hasSession()).toBe(false)
      expect([...storage.map]).toEqual([])
    }
  })

  it('even where a reader’s share is none', async () => {
    const [reader] = READERS.items
    for (const [share, good] of [
      [{ id: 'S1', label: '财务群' }, true],
      [{ id: 'S1' }, true],
      [undefined, true],
      [{ label: '财务群' }, false],
      [{ id: 'S1', label: 7 }, false],
      ['S1', false],
    ] as const) {
      const { bff, client } = setUp()
      const body = { items: [{ ...reader, share }], nextCursor: null }
      bff.on('GET /v1/cards/c/openings', { status: 200, body })
      const answer = client.listOpenings('c')
      await (good
        ? expect(answer).resolves.toEqual(body)
        : expect(answer).rejects.toBeInstanceOf(BffUnreachable))
    }
  })

  it('even where only one field is missing or of another type', async () => {
    const whole: [string, string, object, (client: BffClient) => Promise<unknown>][] = [
      ['getPolicy', 'GET /v1/policy', POLICY, (c) => c.getPolicy()],
      ['getMe', 'GET /v1/me', ME, (c) => c.getMe()],
      ['getCard', 'GET /v1/cards/c', CARD, (c) => c.getCard('c')],
      ['listRefusals', 'GET /v1/cards/c/refusals', LATE, (c) => c.listRefusals('c')],
      ['updateCard', 'PUT /v1/cards/c', CARD, (c) => c.updateCard('c', { body: 'N' })],
      ['createShare', 'POST /v1/cards/c/shares', SHARE, (c) => c.createShare('c')],
      ['listCards', 'GET /v1/cards?box=sent', CARDS, (c) => c.listCards('sent')],
      ['listOpenings', 'GET /v1/cards/c/openings', READERS, (c) => c.listOpenings('c')],
      ['getOpening', 'GET /v1/openings/o', STATUS, (c) => c.getOpening('o')],
      [
        'openShare',
        'POST /v1/shares/s/openings',
        OPENING,
        (c) => c.openShare('s', { encryptedData: 'D', iv: 'I' }),
      ],
    ]
    for (const [, line, body, call] of whole) {
      const { bff, client } = setUp()
      bff.on(line, { status: 200, body: { ...body, more: 1 } })
      await expect(call(client)).resolves.toMatchObject(body)
      for (const field of Object.keys(body)) {
        for (const value of [undefined, 7]) {
          bff.on(line, { status: 200, body: { ...body, [field]: value } })
          await expect(call(client)).rejects.toBeInstanceOf(BffUnreachable)
        }
      }
    }
  })
})

describe('toBffError', () => {
  it('survives what is no problem document', () => {
    for (const body of ['<html>', null, undefined, [], 7, { code: 5 }, { code: 'E', issues: 3 }]) {
      const error = toBffError({ status: 502, headers: { 'x-request-id': 'r' }, body })
      expect(error).toBeInstanceOf(BffError)
      expect(error).toMatchObject({ code: 'ERR_INTERNAL', requestId: 'r', issues: [], said: false })
    }
  })

  it('keeps the issues that have the form, and no retry-after that is not seconds', () => {
    const body = { code: 'ERR_INPUT', issues: [{ path: 'title', message: 'm' }, { path: 1 }, null] }
    expect(toBffError({ status: 400, headers: { 'retry-after': 'soon' }, body })).toMatchObject({
      issues: [{ path: 'title', message: 'm' }],
      retryAfter: null,
      requestId: null,
    })
  })
})
