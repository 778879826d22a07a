import type { RequestCall } from '../../src/contract.js'
import type { Network, NetworkAnswer, NetworkCall, Timer } from '../../src/ports.js'
import { freshSimulator, type Bench } from '../kit/fresh-simulator.js'

const calls: NetworkCall[] = []
let next: NetworkAnswer
const network: Network = {
  send: (call) => {
    calls.push(call)
    return Promise.resolve(next)
  },
}
const waits: number[] = []
const timer: Timer = {
  wait: (ms) => {
    waits.push(ms)
    return Promise.resolve()
  },
}
const domains = { 'https://bff.sealcard.example': 'http://127.0.0.1:3000' }

let bench: Bench
beforeEach(async () => {
  calls.length = 0
  waits.length = 0
  next = { kind: 'answer', status: 200, headers: { 'x-a': '1' }, body: '{"a":1}' }
  bench = await freshSimulator({ network, timer, domains })
})
afterEach(() => bench.close())

const send = (call: Partial<RequestCall> = {}) =>
  bench.phone('lin-wechat').request({
    url: 'https://bff.sealcard.example/v1/cards?limit=1',
    method: 'GET',
    header: {},
    ...call,
  })
const failure = (errMsg: string, errno: number) => ({ ok: false, res: { errMsg, errno } })

describe('wx.request', () => {
  it('should reach the address behind the domain', async () => {
    expect(await send()).toEqual({
      ok: true,
      res: { errMsg: 'request:ok', statusCode: 200, header: { 'x-a': '1' }, body: '{"a":1}' },
    })
    expect(calls[0]).toMatchObject({ url: 'http://127.0.0.1:3000/v1/cards?limit=1', method: 'GET' })
  })

  it('should send method, headers and body as they are', async () => {
    await send({ method: 'POST', header: { Authorization: 'Bearer x' }, body: '{}' })
    expect(calls[0]).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer x' },
      body: '{}',
    })
  })

  it('should answer HTTP errors as successes with their status', async () => {
    next = { kind: 'answer', status: 403, headers: {}, body: '' }
    expect(await send()).toMatchObject({ ok: true, res: { statusCode: 403 } })
  })

  it.each([
    'https://other.example/',
    'http://bff.sealcard.example/',
    'https://bff.sealcard.example:444/',
    'http://127.0.0.1:3000/',
  ])('should refuse %s, which is not on the list', async (url) => {
    expect(await send({ url })).toEqual(failure('request:fail url not in domain list', 600002))
    expect(calls).toEqual([])
  })

  it('should refuse what is not a URL', async () => {
    expect(await send({ url: '/v1' })).toEqual(failure('request:fail invalid url "/v1"', 600009))
  })

  it('should set its own Referer and leave the given one out', async () => {
    await send({ header: { Referer: 'https://evil.example', Host: 'evil.example' } })
    expect(calls[0]?.headers).toEqual({
      referer: 'https://servicewechat.com/wx0000000000000001/0/page-frame.html',
    })
  })

  it('should time out', async () => {
    next = { kind: 'timeout' }
    expect(await send({ timeout: 10 })).toEqual(failure('request:fail timeout', 5))
    expect(calls[0]?.timeoutMs).toBe(10)
  })

  it('should fail when no server listens', async () => {
    next = { kind: 'unreachable', reason: 'ECONNREFUSED' }
    expect(await send()).toMatchObject({ ok: false, res: { errno: 600001 } })
  })

  it('should be recorded without headers and bodies', async () => {
    await send({ method: 'POST', header: { authorization: 'Bearer x' }, body: '{"secret":1}' })
    await send({ url: 'https://other.example/a' })
    expect(await bench.phone('lin-wechat').requests()).toEqual([
      {
        n: 1,
        at: bench.clock.now(),
        method: 'POST',
        host: 'bff.sealcard.example',
        path: '/v1/cards',
        status: 200,
        errno: null,
      },
      expect.objectContaining({ host: 'other.example', status: null, errno: 600002 }),
    ])
    expect(await bench.phone('chen-wechat').requests()).toEqual([])
  })

  it('should take new domains while running', async () => {
    await bench.client.setDomains({ 'https://other.example': 'http://127.0.0.1:4000/base' })
    await send({ url: 'https://other.example/a' })
    expect(calls[0]?.url).toBe('http://127.0.0.1:4000/base/a')
  })

  it.each([
    [{ kind: 'reset' as const }, failure('request:fail interrupted', 600003)],
    [{ kind: 'black-hole' as const }, failure('request:fail timeout', 5)],
    [{ kind: 'fail' as const, errMsg: 'dns' }, failure('request:fail dns', 600003)],
  ])('should be lost to %p', async (effect, expected) => {
    await bench.client.fault('phone.request', effect)
    expect(await send()).toEqual(expected)
    expect(calls).toEqual([])
  })

  describe('that reaches the service and whose answer is lost', () => {
    it.each([
      [{ kind: 'reset' as const, executed: true }, failure('request:fail interrupted', 600003), 0],
      [{ kind: 'reset-mid-body' as const }, failure('request:fail interrupted', 600003), 0],
      [{ kind: 'black-hole' as const, executed: true }, failure('request:fail timeout', 5), 5000],
      [{ kind: 'delay' as const, ms: 5000 }, failure('request:fail timeout', 5), 5000],
      [{ kind: 'delay' as const, ms: 9000 }, failure('request:fail timeout', 5), 5000],
    ])('should fail on the phone under %p', async (effect, expected, waitedMs) => {
      await bench.client.fault('phone.request', effect)
      expect(await send({ method: 'POST', body: '{"a":1}', timeout: 5000 })).toEqual(expected)
      expect(calls).toMatchObject([{ method: 'POST', body: '{"a":1}', timeoutMs: 5000 }])
      expect(waits).toEqual(waitedMs === 0 ? [] : [waitedMs])
      expect(await bench.phone('lin-wechat').requests()).toMatchObject([{ status: null }])
      // One answer was lost; the next comes.
      expect(await send()).toMatchObject({ ok: true })
    })

    it('should be answered with the status of a fault, once the service did its work', async () => {
      await bench.client.fault('phone.request', { kind: 'status', status: 504, executed: true })
      expect(await send()).toMatchObject({ ok: true, res: { statusCode: 504 } })
      expect(calls).toHaveLength(1)
    })
  })

  it('should come late, but come, under a delay shorter than its limit', async () => {
    await bench.client.fault('phone.request', { kind: 'delay', ms: 4999 })
    expect(await send({ timeout: 5000 })).toMatchObject({ ok: true })
    expect(waits).toEqual([4999])
    expect(calls).toHaveLength(1)
  })

  it('should be answered by a fault in place of the server', async () => {
    await bench.client.fault('phone.request', { kind: 'status', status: 502 })
    expect(await send()).toMatchObject({ ok: true, res: { statusCode: 502, body: '' } })
    await bench.client.fault('phone.request', { kind: 'truncated' })
    expect(await send()).toMatchObject({ ok: true, res: { body: '{"a' } })
    expect(calls).toHaveLength(1)
  })
})
