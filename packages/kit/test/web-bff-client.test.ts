import { BffError, BffUnreachable } from '../src/bff-error.js'
import { openAndProve } from '../src/open-card.js'
import { PlatformError } from '../src/platform-error.js'
import type { SharePlatform } from '../src/platform.js'
import { createWebBffClient } from '../src/web-bff-client.js'
import { CARDS, OPENING, SHARE } from './kit/answers.js'
import { BASE, fakeBff, problem } from '../src/testing/fake-bff.js'
import { signaturesFor } from './kit/fake-ww.js'

const NOW = Date.parse('2026-01-01T00:00:00Z')
const CURRENT = {
  app: 'demo',
  kind: 'web',
  expiresAt: '2026-01-04T00:00:00Z',
  viewer: { id: 'V' },
}
const ASK = 'GET /v1/sessions/current'
const LIST = 'GET /v1/cards?box=sent'

const stayed = () =>
  new PlatformError('login', 'oauth2', { errMsg: 'oauth2:fail still on the page' })

const setUp = () => {
  const bff = fakeBff()
  const login = jest.fn(() => Promise.reject(stayed()))
  let now = NOW
  const client = createWebBffClient({
    baseUrl: BASE,
    app: 'demo',
    request: bff.request,
    login,
    now: () => now,
  })
  bff.on(ASK, { status: 200, body: CURRENT })
  bff.on(LIST, { status: 200, body: CARDS })
  return { bff, client, login, later: (ms: number) => void (now += ms) }
}

describe('a page with a cookie', () => {
  it('asks once who it is, and sends the header of a page and no token', async () => {
    const { bff, client, login } = setUp()
    expect(client.hasSession()).toBe(false)
    await Promise.all([client.listCards('sent'), client.ensureSession()])
    await client.listCards('sent')
    expect(bff.lines()).toEqual([ASK, LIST, LIST])
    for (const { headers } of bff.calls) {
      expect(headers['X-Sealcard']).toBe('1')
      expect(headers).not.toHaveProperty('Authorization')
    }
    expect(await client.ensureSession()).toMatchObject({ viewer: { id: 'V' } })
    expect(client.hasSession()).toBe(true)
    expect(login).not.toHaveBeenCalled()
  })

  it('asks again when the session is over by the clock', async () => {
    const { bff, client, later } = setUp()
    await client.ensureSession()
    later(4 * 24 * 60 * 60 * 1000)
    expect(client.hasSession()).toBe(false)
    bff.on(ASK, { status: 200, body: { ...CURRENT, expiresAt: '2026-01-09T00:00:00Z' } })
    await client.ensureSession()
    expect(bff.lines()).toEqual([ASK, ASK])
  })

  it('leaves once for the login when there is no session, however many ask', async () => {
    const { bff, client, login } = setUp()
    bff.on(ASK, problem(401, 'ERR_SESSION'))
    const asked = await Promise.allSettled([client.listCards('sent'), client.ensureSession()])
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(asked[0]).toMatchObject({ reason: { fault: 'login' } })
    expect(login).toHaveBeenCalledTimes(1)
    expect(bff.lines()).toEqual([ASK])
  })

  it('leaves for the login when the session ends under it', async () => {
    const { bff, client, login } = setUp()
    await client.ensureSession()
    bff.on(LIST, problem(401, 'ERR_SESSION'))
    await expect(client.listCards('sent')).rejects.toMatchObject({ fault: 'login' })
    expect(login).toHaveBeenCalledTimes(1)
    expect(client.hasSession()).toBe(false)
  })

  it('does not take another server’s answer for a session', async () => {
    const { bff, client, login } = setUp()
    bff.on(ASK, { status: 200, body: '<html>' })
    await expect(client.ensureSession()).rejects.toBeInstanceOf(BffUnreachable)
    bff.on(ASK, problem(503, 'ERR_STORAGE_UNAVAILABLE'))
    await expect(client.ensureSession()).rejects.toBeInstanceOf(BffError)
    expect(login).not.toHaveBeenCalled()
  })

  it('is known no more after it signed out', async () => {
    const { bff, client } = setUp()
    await client.ensureSession()
    bff.on('DELETE /v1/sessions/current', { status: 204 })
    await client.signOut()
    expect(client.hasSession()).toBe(false)
    expect(bff.calls.at(-1)?.headers['X-Sealcard']).toBe('1')
  })

  it('has an address signed without a session', async () => {
    const { bff, client } = setUp()
    const url = 'https://cards.example.com/h5/o?s=SHARE'
    bff.on('POST /v1/h5/signatures', { status: 200, body: signaturesFor(url) })
    expect(await client.sign(url)).toEqual(signaturesFor(url))
    expect(bff.calls[0]?.body).toBe(JSON.stringify({ app: 'demo', url }))
    expect(bff.lines()).toEqual(['POST /v1/h5/signatures'])
    bff.on('POST /v1/h5/signatures', { status: 200, body: {} })
    await expect(client.sign(url)).rejects.toBeInstanceOf(BffUnreachable)
  })
})

describe('a card opened by a page', () => {
  const SEND = 'POST /v1/shares/S/openings'
  const platform = (): SharePlatform => ({
    kind: 'wecom',
    capabilities: { share: null, open: null },
    login: () => Promise.reject(stayed()),
    checkSession: () => Promise.resolve(true),
    declare: () => Promise.resolve(),
    undeclare: () => Promise.resolve(),
    ticket: () => Promise.resolve({ shareTicket: 'T' }),
    prove: jest.fn(() => Promise.resolve({ encryptedData: 'D', iv: 'I' })),
  })

  it('costs two requests', async () => {
    const { bff, client } = setUp()
    bff.on(SEND, { status: 201, body: OPENING })
    const result = await openAndProve({ platform: platform(), client, shareId: 'S' })
    expect(result.outcome).toBe('opened')
    expect(bff.lines()).toEqual([ASK, SEND])
  })

  it('is not answered by a login when its proof is rejected: no login changes the key', async () => {
    const { bff, client, login } = setUp()
    bff.on(SEND, problem(403, 'ERR_PROOF_REJECTED'))
    const result = await openAndProve({ platform: platform(), client, shareId: 'S' })
    expect(result).toMatchObject({ refusal: { kind: 'not-recipient' } })
    expect(login).not.toHaveBeenCalled()
    expect(bff.lines()).toEqual([ASK, SEND])
  })

  it('leaves for the login when the session ended before it', async () => {
    const { bff, client, login } = setUp()
    bff.on(SEND, problem(401, 'ERR_SESSION'))
    await openAndProve({ platform: platform(), client, shareId: 'S' })
    expect(login).toHaveBeenCalledTimes(1)
  })

  it('says so when WeCom does not accept the page', async () => {
    const { client } = setUp()
    const deaf = {
      ...platform(),
      ticket: () =>
        Promise.reject(
          new PlatformError('setup', 'getContext', { errMsg: 'agentConfig:invalid signature' }),
        ),
    }
    expect(await openAndProve({ platform: deaf, client, shareId: 'S' })).toMatchObject({
      refusal: { kind: 'setup' },
    })
  })
})

it('has a share to declare for a page', async () => {
  const { bff, client } = setUp()
  bff.on('POST /v1/cards/C/shares', { status: 201, body: SHARE })
  expect(await client.createShare('C')).toEqual(SHARE)
})

it('asks the doctor what to declare, and gives it the sample', async () => {
  const { bff, client } = setUp()
  bff.on('GET /v1/h5/doctor/R1', { status: 200, body: { state: 'STATE' } })
  bff.on('POST /v1/h5/doctor/R1/samples', { status: 204 })
  expect(await client.doctorState('R1')).toBe('STATE')
  await client.giveSample('R1', { encryptedData: 'D', iv: 'I' })
  const [asked, given] = bff.calls
  expect(asked?.headers['X-Sealcard']).toBe('1')
  expect(JSON.parse(given?.body ?? '')).toEqual({ encryptedData: 'D', iv: 'I' })
  const page = { sdk: '2.4.4', blocked: ['script-src'] }
  await client.giveSample('R1', { encryptedData: 'D', iv: 'I' }, page)
  expect(JSON.parse(bff.calls[2]?.body ?? '')).toEqual({ encryptedData: 'D', iv: 'I', ...page })
})
