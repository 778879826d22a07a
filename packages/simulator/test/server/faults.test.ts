import { request } from 'node:http'
import type { FaultEffectInput } from '../../src/client/simulator-client.js'
import { FAKE_WECOM_SECRET } from '../../src/fake-apps.js'
import { kindsOf } from '../../phone/shell/wall/fault-kinds.js'
import type { Timer } from '../../src/ports.js'
import { CORPID, freshSimulator, type Bench } from '../kit/fresh-simulator.js'

const PATH = `/qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=${CORPID}&corpsecret=${FAKE_WECOM_SECRET}`
const OP = 'wecom.gettoken'

/** Waits are over at once; the test sees for how long they were asked for. */
const waits: number[] = []
const timer: Timer = {
  wait: (ms) => {
    waits.push(ms)
    return Promise.resolve()
  },
}

let bench: Bench
beforeEach(async () => {
  waits.length = 0
  bench = await freshSimulator({ timer })
})
afterEach(() => bench.close())

interface Raw {
  status: number
  type: string
  length: number
  body: string
}
/** A call that shows how the connection ended. */
const raw = (): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const call = request(bench.simulator.url + PATH, { agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers['content-type'] ?? '',
          length: chunks.length,
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    call.on('error', reject)
    call.end()
  })
const script = (effect: FaultEffectInput, options: { count?: number | null } = {}) =>
  bench.client.fault(OP, effect, options)
const tokensIssued = () => Object.keys(bench.world.export().tokens).length

describe('a scripted answer', () => {
  it('should be used once and then be gone', async () => {
    await script({ kind: 'errcode', errcode: -1 })
    expect(JSON.parse((await raw()).body)).toMatchObject({ errcode: -1 })
    expect(JSON.parse((await raw()).body)).toMatchObject({ errcode: 0 })
    expect(await bench.client.faults()).toEqual([])
  })

  it('should be used as often as counted, in the order given', async () => {
    await script({ kind: 'errcode', errcode: 45009 }, { count: 2 })
    await script({ kind: 'errcode', errcode: 42001 })
    const codes = []
    for (let i = 0; i < 4; i++) codes.push(JSON.parse((await raw()).body).errcode)
    expect(codes).toEqual([45009, 45009, 42001, 0])
  })

  it('should stand until it is removed when it has no count', async () => {
    const { id } = await script({ kind: 'errcode', errcode: -1 }, { count: null })
    for (let i = 0; i < 5; i++) await raw()
    expect(await bench.client.faults()).toMatchObject([{ id, hits: 5 }])
    await bench.client.clearFaults()
    expect(JSON.parse((await raw()).body)).toMatchObject({ errcode: 0 })
  })

  it('should leave other operations alone', async () => {
    await script({ kind: 'status', status: 500 }, { count: null })
    expect(await bench.wechatToken()).toEqual(expect.any(String))
  })

  it('should reach a whole platform by pattern', async () => {
    await bench.client.fault('wecom.*', { kind: 'errcode', errcode: -1 })
    expect(JSON.parse((await raw()).body)).toMatchObject({ errcode: -1 })
  })

  it('should carry the platform’s own text and a given one', async () => {
    await script({ kind: 'errcode', errcode: 42001 })
    expect(JSON.parse((await raw()).body).errmsg).toMatch(/^access_token expired, hint: /)
    await script({ kind: 'errcode', errcode: 1, errmsg: 'own text' })
    expect(JSON.parse((await raw()).body).errmsg).toMatch(/^own text, hint: /)
  })

  it('should not do the work, unless executed', async () => {
    await script({ kind: 'errcode', errcode: -1 })
    await raw()
    expect(tokensIssued()).toBe(0)
    await script({ kind: 'errcode', errcode: -1, executed: true })
    await raw()
    expect(tokensIssued()).toBe(1)
  })
})

describe('each kind', () => {
  it('should answer an HTTP status', async () => {
    await script({ kind: 'status', status: 500, body: 'oops' })
    expect(await raw()).toMatchObject({ status: 500, body: 'oops' })
  })

  it('should answer HTML', async () => {
    await script({ kind: 'html', status: 502 })
    expect(await raw()).toMatchObject({ status: 502, type: expect.stringContaining('text/html') })
  })

  it('should cut JSON in half, the work done', async () => {
    await script({ kind: 'truncated' })
    const { body } = await raw()
    expect(() => JSON.parse(body) as unknown).toThrow()
    expect(tokensIssued()).toBe(1)
  })

  it('should answer JSON under a wrong type', async () => {
    await script({ kind: 'wrong-type' })
    const { type, body } = await raw()
    expect(type).toContain('text/html')
    expect(JSON.parse(body)).toHaveProperty('access_token')
  })

  it('should answer errcode as a string', async () => {
    await script({ kind: 'string-errcode' })
    expect(JSON.parse((await raw()).body)).toMatchObject({ errcode: '0' })
  })

  it('should answer other fields, such as a skewed expires_in', async () => {
    await script({ kind: 'merge', body: { expires_in: -5 } })
    expect(JSON.parse((await raw()).body)).toMatchObject({ errcode: 0, expires_in: -5 })
  })

  it('should delay', async () => {
    await script({ kind: 'delay', ms: 4000 })
    expect(JSON.parse((await raw()).body)).toMatchObject({ errcode: 0 })
    expect(waits).toEqual([4000])
  })

  it('should reset the connection before the answer', async () => {
    await script({ kind: 'reset' })
    await expect(raw()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(tokensIssued()).toBe(0)
  })

  it('should reset the connection in the middle of the body', async () => {
    await script({ kind: 'reset-mid-body' })
    await expect(raw()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(tokensIssued()).toBe(1)
  })

  it('should drip', async () => {
    await script({ kind: 'drip', chunkBytes: 50, everyMs: 700 })
    expect(JSON.parse((await raw()).body)).toMatchObject({ errcode: 0 })
    expect(waits.length).toBeGreaterThan(3)
    expect(new Set(waits)).toEqual(new Set([700]))
  })

  it('should never answer out of a black hole, and close all the same', async () => {
    await script({ kind: 'black-hole' })
    const hanging = expect(raw()).rejects.toMatchObject({ code: 'ECONNRESET' })
    let seen = 0
    while (seen === 0) seen = (await bench.client.requests(OP)).length
    await bench.simulator.close()
    await hanging
    bench = await freshSimulator()
  })

  it('should be refused when it is not known', async () => {
    const wrong = { kind: 'explode' } as unknown as FaultEffectInput
    await expect(script(wrong)).rejects.toMatchObject({ status: 400 })
    const late = { kind: 'delay', ms: -1 } as FaultEffectInput
    await expect(script(late)).rejects.toMatchObject({
      refusal: { issues: [{ path: 'effect.ms' }] },
    })
  })
})

describe('on a phone', () => {
  it('should land in the fail callback as set, on that phone only', async () => {
    const effect = { kind: 'fail' as const, errMsg: 'login:fail network', errno: 5 }
    await bench.client.fault('wx.login', effect, { phone: 'lin-wechat' })
    await bench.ok('chen-wechat', 'login')
    expect(await bench.fails('lin-wechat', 'login')).toEqual({
      errMsg: 'login:fail network',
      errno: 5,
    })
    await bench.ok('lin-wechat', 'login')
  })

  it('should carry an errCode', async () => {
    await bench.client.fault('wx.qy.getShareInfo', { kind: 'errcode', errcode: 60234 })
    expect(await bench.fails('lin-wecom', 'qy.getShareInfo')).toMatchObject({ errCode: 60234 })
  })

  it('should delay, then answer', async () => {
    await bench.client.fault('wx.*', { kind: 'delay', ms: 900 })
    await bench.ok('lin-wechat', 'login')
    expect(waits).toEqual([900])
  })
})

describe('the request record', () => {
  it('should say what was done to the answer', async () => {
    await script({ kind: 'status', status: 503 })
    await raw()
    await script({ kind: 'reset' })
    await raw().catch(() => undefined)
    await raw()
    expect(await bench.client.requests(OP)).toMatchObject([
      { fault: 'status', status: 503 },
      { fault: 'reset', status: null },
      { fault: null, status: 200, errcode: 0 },
    ])
    await bench.client.clearRequests()
    expect(await bench.client.requests()).toEqual([])
  })
})

it('takes every fault that the desk offers, for every call', async () => {
  const { operations } = (await bench.get('/simulator/operations')) as { operations: string[] }
  expect(operations).toEqual(
    expect.arrayContaining(['wx.redirectTo', 'wx.navigateTo', 'phone.request']),
  )
  const answers = await Promise.all(
    operations.flatMap((operation) =>
      kindsOf(operation).map(({ effect }) =>
        bench.post('/simulator/faults', { operation, effect }),
      ),
    ),
  )
  expect(answers.filter(({ error }) => error !== undefined)).toEqual([])
})
