import { createBffClient, type BffClient } from '../src/bff-client.js'
import { BffUnreachable } from '../src/bff-error.js'
import { createWebBffClient } from '../src/web-bff-client.js'
import { BASE, fakeBff, problem } from '../src/testing/fake-bff.js'
import { memoryStorage } from '../src/testing/memory-storage.js'

const AT = '2026-01-01T00:00:00Z'
const now = () => Date.parse(AT)
const END = 'DELETE /v1/sessions/current'
const COPY = {
  format: 'sealcard.person.1',
  exportedAt: AT,
  tables: { cards: { columns: { title: { purpose: 'p', until: 'u' } }, rows: [{ title: 'T' }] } },
}
const REQUESTS = {
  items: [{ id: 'R', viewer: { id: 'V', code: '7K3Q9F' }, note: '', at: AT }],
  nextCursor: null,
}

const setUp = () => {
  const bff = fakeBff()
  const storage = memoryStorage()
  const login = jest.fn(async () => ({ code: 'CODE' }))
  const client = createBffClient({
    baseUrl: BASE,
    app: 'demo',
    request: bff.request,
    storage,
    login,
    now,
  })
  return { bff, client, login, storage }
}

const bodyOf = (call: { body?: string } | undefined) => JSON.parse(call?.body ?? 'null') as unknown

describe('one’s own data', () => {
  it('comes as the service has it', async () => {
    const { bff, client } = setUp()
    bff.on('GET /v1/me/export', { status: 200, body: COPY })
    expect(await client.exportMe()).toEqual(COPY)
  })

  it('is erased, and nobody is logged in afterwards', async () => {
    const { bff, client, storage } = setUp()
    bff.on('DELETE /v1/me', { status: 204 })
    await client.eraseMe()
    expect(client.hasSession()).toBe(false)
    expect([...storage.map]).toEqual([])
  })

  it('is not called erased when the service did not say so', async () => {
    const { bff, client } = setUp()
    await client.ensureSession()
    for (const reply of [
      'down',
      { status: 200, body: {} },
      problem(503, 'ERR_INTERNAL'),
    ] as const) {
      bff.on('DELETE /v1/me', reply)
      await expect(client.eraseMe()).rejects.toThrow()
      expect(client.hasSession()).toBe(true)
    }
  })
})

describe('logging out', () => {
  it('ends the session there and here, and logs nobody in', async () => {
    const { bff, client, login, storage } = setUp()
    await client.ensureSession()
    bff.on(END, { status: 204 })
    await client.signOut()
    expect(bff.lines()).toEqual(['POST /v1/sessions', END])
    expect(bff.calls[1]?.headers['Authorization']).toBe('Bearer T1')
    expect(client.hasSession()).toBe(false)
    expect([...storage.map]).toEqual([])
    await client.signOut()
    expect(bff.lines()).toHaveLength(2)
    expect(login).toHaveBeenCalledTimes(1)
  })

  it('has happened when the service knows no such session', async () => {
    const { bff, client, login } = setUp()
    await client.ensureSession()
    bff.on(END, problem(401, 'ERR_SESSION'))
    await client.signOut()
    expect(client.hasSession()).toBe(false)
    expect(login).toHaveBeenCalledTimes(1)
  })

  it('has not happened when no answer came: the session stays, to be ended again', async () => {
    const { bff, client } = setUp()
    await client.ensureSession()
    bff.on(END, 'down')
    await expect(client.signOut()).rejects.toBeInstanceOf(BffUnreachable)
    expect(client.hasSession()).toBe(true)
  })

  it('works for a page that never asked who it is', async () => {
    const bff = fakeBff()
    const login = jest.fn(() => Promise.reject(new Error('stayed')))
    const client = createWebBffClient({
      baseUrl: BASE,
      app: 'demo',
      request: bff.request,
      login,
      now,
    })
    bff.on(END, { status: 204 })
    await client.signOut()
    expect(bff.lines()).toEqual([END])
    expect(bff.calls[0]?.headers['X-Sealcard']).toBe('1')
    expect(login).not.toHaveBeenCalled()
  })
})

describe('access', () => {
  it('is asked for with a note or without one', async () => {
    const { bff, client } = setUp()
    const line = 'POST /v1/shares/s%2F1/requests'
    bff.on(line, { status: 202, body: {} })
    await client.askForAccess('s/1', '')
    await client.askForAccess('s/1', '我是陈默')
    expect(bff.lines()).toEqual(['POST /v1/sessions', line, line])
    expect(bff.calls.slice(1).map(bodyOf)).toEqual([{}, { note: '我是陈默' }])
  })

  it('shows the owner who asks, page by page, and is dismissed', async () => {
    const { bff, client } = setUp()
    bff.on('GET /v1/cards/c/requests', { status: 200, body: REQUESTS })
    bff.on('GET /v1/cards/c/requests?cursor=N', { status: 200, body: { ...REQUESTS, items: [] } })
    bff.on('POST /v1/requests/R/dismissal', { status: 204 })
    expect(await client.listRequests('c')).toEqual(REQUESTS)
    expect((await client.listRequests('c', { cursor: 'N' })).items).toEqual([])
    await client.dismissRequest('R')
  })

  it.each<[string, object, (client: BffClient) => Promise<unknown>]>([
    ['GET /v1/cards/c/requests', REQUESTS, (c) => c.listRequests('c')],
    ['GET /v1/me/export', COPY, (c) => c.exportMe()],
  ])('%s counts as unanswered where one field is missing', async (line, body, call) => {
    const { bff, client } = setUp()
    for (const field of Object.keys(body)) {
      bff.on(line, { status: 200, body: { ...body, [field]: undefined } })
      await expect(call(client)).rejects.toBeInstanceOf(BffUnreachable)
    }
  })
})

it('notices are read and chosen, and an answer without their form is none', async () => {
  const { bff, client } = setUp()
  const mine = { kinds: { opened: true }, templates: { opened: 'T1' } }
  bff.on('GET /v1/me/notices', { status: 200, body: mine })
  bff.on('PUT /v1/me/notices', { status: 200, body: { ...mine, kinds: { opened: false } } })
  expect(await client.getNotices()).toEqual(mine)
  expect((await client.chooseNotices({ opened: false })).kinds).toEqual({ opened: false })
  expect(bodyOf(bff.calls.at(-1))).toEqual({ kinds: { opened: false } })
  for (const body of [
    { ...mine, kinds: { opened: 1 } },
    { ...mine, templates: { opened: '' } },
  ]) {
    bff.on('GET /v1/me/notices', { status: 200, body })
    await expect(client.getNotices()).rejects.toBeInstanceOf(BffUnreachable)
  }
})

it('an accepted subscription message is told for its card and event', async () => {
  const { bff, client } = setUp()
  bff.on('POST /v1/cards/c/subscriptions', { status: 204 })
  await client.subscribe('c', { event: 'opened', language: 'en' })
  expect(bodyOf(bff.calls[1])).toEqual({ event: 'opened', language: 'en' })
})
