import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { request as connect } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ManualTimers, ManualClock } from '@sealcard/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import { ApiError } from '../../../src/core/errors/api-error.js'
import { Identities } from '../../../src/http/access/identities.js'
import { RAW_BODY } from '../../../src/http/parsing/raw-body.js'
import { ASKS_PLATFORM, LoadShedding, OPENS } from '../../../src/http/server/load-shedding.js'
import { Metrics } from '../../../src/observability/metrics.js'
import { PlatformHealth } from '../../../src/platforms/calls/platform-health.js'
import { sampleConfig } from '../../kit/sample-config.js'

const carried = new AsyncLocalStorage<string>()
let server: FastifyInstance
let metrics: Metrics
let timers: ManualTimers
let shedding: LoadShedding
/** Requests that began and that the test still holds, by the `name` in the query. */
let begun: Map<string, () => void>

/** One at once and two waiting in each bulkhead that has no size of its own. */
beforeEach(async () => {
  const config = sampleConfig()
  const limits = { ...config.limits, requestsAtOnce: 1, requestsWaiting: 2 }
  metrics = new Metrics(new PlatformHealth(new ManualClock(), []))
  timers = new ManualTimers()
  begun = new Map()
  server = Fastify()
  server.addHook('onRequest', (request, _reply, done) => carried.run(nameOf(request.query), done))
  const identities = new Identities()
  for (const kind of ['member', 'administrator'] as const)
    identities.register(kind, async ({ query }) => (query as { who?: string }).who ?? nameOf(query))
  identities.addHooks(server)
  shedding = new LoadShedding({ ...config, limits }, metrics, identities, timers)
  shedding.addHooks(server)
  server.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof ApiError)) throw error
    const { code, status, retryAfter = '' } = error
    return reply.code(status).send({ code, retryAfter })
  })
  const work = async ({ query }: { query: unknown }) => {
    const name = nameOf(query)
    await new Promise<void>((resolve) => begun.set(name, resolve))
    return `${name} carried ${carried.getStore()}`
  }
  server.get('/v1/cards', work)
  server.post('/v1/cards', work)
  server.get('/v1/admin/cards', { config: { identity: 'administrator' } }, work)
  server.post('/v1/sessions', { config: ASKS_PLATFORM }, work)
  server.post('/v1/openings', { config: OPENS }, work)
  server.post('/v1/bots/desk/callback', { config: RAW_BODY }, work)
  server.get('/healthz', async () => 'alive')
  server.get('/broken', async () => {
    throw new ApiError('ERR_NOT_FOUND')
  })
  await server.ready()
})
afterEach(async () => {
  for (const go of begun.values()) go()
  await server.close()
})

const nameOf = (query: unknown) => (query as { name?: string }).name ?? ''
const ask = (name: string, url = '/v1/cards', method: 'GET' | 'POST' = 'GET') =>
  server.inject({ method, url, query: { name } })
/** Turns of the event loop until it is so. */
const until = async (so: () => boolean) => {
  while (!so()) await new Promise(setImmediate)
}
const running = async (name: string) => until(() => begun.has(name))
const go = (name: string) => begun.get(name)?.()

it('a request without a place waits, in the order of arrival', async () => {
  const answers = ['a', 'b', 'c'].map((name) => ask(name))
  await running('a')
  expect([...begun.keys()]).toEqual(['a'])
  go('a')
  await running('b')
  expect([...begun.keys()]).toEqual(['a', 'b'])
  go('b')
  await running('c')
  go('c')
  const said = await Promise.all(answers)
  expect(said.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
})

it('a request without a place to wait gets a 503 with Retry-After, and nothing is begun', async () => {
  const answers = ['a', 'b', 'c'].map((name) => ask(name))
  await running('a')
  const refused = await ask('d')
  expect(refused.statusCode).toBe(503)
  expect(refused.json()).toEqual({ code: 'ERR_STORAGE_UNAVAILABLE', retryAfter: 2 })
  expect(await metrics.text()).toContain('sealcard_http_turned_away_total{lane="members"} 1')
  for (const name of ['a', 'b', 'c']) {
    await running(name)
    go(name)
  }
  await Promise.all(answers)
  expect(begun.has('d')).toBe(false)
})

it.each([
  ['has waited too long', () => timers.pass()],
  ['waits while the service is stopped', () => shedding.turnAwayWaiting()],
])(
  'a client who %s gets a 503 with Retry-After, nothing is begun, and the place is free',
  async (_, end) => {
    const first = ask('a')
    await running('a')
    const late = ['b', 'c'].map((name) => ask(name))
    await until(() => timers.pending.size === 2)
    end()
    for (const { statusCode } of await Promise.all(late)) expect(statusCode).toBe(503)
    go('a')
    expect((await first).statusCode).toBe(200)
    const next = ask('d')
    await running('d')
    go('d')
    expect((await next).statusCode).toBe(200)
    expect([...begun.keys()]).toEqual(['a', 'd'])
    expect(timers.pending.size).toBe(0)
  },
)

it('a full bulkhead refuses before the body has come', async () => {
  const answers = ['a', 'b', 'c'].map((name) => ask(name))
  await running('a')
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as AddressInfo
  const slow = connect({ port, method: 'POST', path: '/v1/cards?name=slow' })
  slow.setHeader('content-type', 'application/json')
  slow.setHeader('content-length', 1000)
  slow.flushHeaders()
  const [response] = (await once(slow, 'response')) as [{ statusCode: number }]
  expect(response.statusCode).toBe(503)
  slow.on('error', () => {}).destroy()
  for (const name of ['a', 'b', 'c']) {
    await running(name)
    go(name)
  }
  await Promise.all(answers)
})

it.each([
  ['a platform is being asked', '/v1/sessions', 'POST'],
  ['openings wait for their commit', '/v1/openings', 'POST'],
  ['a callback is being handled', '/v1/bots/desk/callback', 'POST'],
  ['an administrator reads', '/v1/admin/cards', 'GET'],
] as const)('while %s, members have their places', async (_, url, method) => {
  const other = ask('other', url, method)
  await running('other')
  const answer = ask('a')
  await running('a')
  go('a')
  expect((await answer).statusCode).toBe(200)
  go('other')
  expect((await other).statusCode).toBe(200)
})

it('while members wait, what waits for nothing is answered, and an administrator gets through', async () => {
  const answers = ['a', 'b', 'c'].map((name) => ask(name))
  await running('a')
  expect((await server.inject('/healthz')).body).toBe('alive')
  const admin = ask('admin', '/v1/admin/cards')
  await running('admin')
  go('admin')
  expect((await admin).statusCode).toBe(200)
  expect([...begun.keys()]).toEqual(['a', 'admin'])
  expect(await metrics.text()).toContain('sealcard_http_waiting{lane="members"} 2')
  for (const name of ['a', 'b', 'c']) {
    await running(name)
    go(name)
  }
  await Promise.all(answers)
})

it('256 openings wait for their commit at once, whatever else members ask; the next two wait for a place', async () => {
  const members = ['a', 'b', 'c'].map((name) => ask(name))
  await running('a')
  const names = Array.from({ length: 258 }, (_, n) => `opening ${n}`)
  const openings = names.map((name) => ask(name, '/v1/openings', 'POST'))
  await running('opening 255')
  expect((await ask('late', '/v1/openings', 'POST')).statusCode).toBe(503)
  expect(begun.size).toBe(1 + 256)
  expect(await metrics.text()).toContain('sealcard_http_waiting{lane="openings"} 2')
  for (const name of [...names, 'a', 'b', 'c']) {
    await running(name)
    go(name)
  }
  for (const { statusCode } of await Promise.all([...openings, ...members]))
    expect(statusCode).toBe(200)
})

it('a failure gives its place back', async () => {
  for (let i = 0; i < 5; i++) expect((await server.inject('/broken')).statusCode).toBe(404)
  const answer = ask('a')
  await running('a')
  go('a')
  expect((await answer).statusCode).toBe(200)
})

it('a client who left while waiting has nothing begun, and takes no place', async () => {
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as AddressInfo
  const a = ask('a')
  await running('a')
  const gone = connect({ port, path: '/v1/cards?name=gone' }).on('error', () => {})
  const closed = new Promise((resolve) =>
    server.server.once('request', (_, response) => response.once('close', resolve)),
  )
  gone.end()
  const waiting = async () => /lane="members"} 1/.test(await metrics.text())
  while (!(await waiting())) await new Promise(setImmediate)
  gone.destroy()
  await closed
  const b = ask('b')
  go('a')
  await a
  await running('b')
  go('b')
  expect((await b).statusCode).toBe(200)
  expect(begun.has('gone')).toBe(false)
})

it('what a request carries with it is still its own after it waited', async () => {
  const answers = ['a', 'b'].map((name) => ask(name))
  await running('a')
  go('a')
  await running('b')
  go('b')
  const said = await Promise.all(answers)
  expect(said.map(({ body }) => body)).toEqual(['a carried a', 'b carried b'])
})
