import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fastify from 'fastify'
import type { Log } from '../../src/ports.js'
import { pageRoutes } from '../../src/server/pages.js'
import { freshSimulator, HOUR, type Bench } from '../kit/fresh-simulator.js'

const warnings: string[] = []
const log: Log = { info: () => undefined, warn: (line) => warnings.push(line) }
let bench: Bench
beforeEach(async () => {
  warnings.length = 0
  bench = await freshSimulator({ log })
})
afterEach(() => bench.close())

const ask = async (method: string, at: string, body?: unknown) => {
  const answer = await fetch(bench.simulator.url + at, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('the status page', () => {
  it('should say ready, the apps and where the docs are, without secrets', async () => {
    const { body } = await ask('GET', '/simulator/')
    expect(body).toMatchObject({
      ready: true,
      name: 'sealcard-simulator',
      docs: expect.any(String),
    })
    expect(JSON.stringify(body)).not.toContain('secret')
  })
})

describe('the clock', () => {
  it('should advance, be set, stop and continue', async () => {
    const start = bench.clock.now()
    expect(await bench.client.clock()).toEqual({ now: start, frozen: false, ahead: 0 })
    expect(await bench.client.advance(HOUR)).toEqual({
      now: start + HOUR,
      frozen: false,
      ahead: HOUR,
    })
    expect(await bench.client.setClock(start)).toMatchObject({ now: start, frozen: false })
    await bench.client.freeze()
    bench.clock.advance(5000)
    expect(await bench.client.clock()).toEqual({ now: start, frozen: true, ahead: -5000 })
    expect(await bench.client.advance(1)).toMatchObject({ now: start + 1, frozen: true })
    await bench.client.freeze(false)
    bench.clock.advance(10)
    expect(await bench.client.clock()).toMatchObject({ now: start + 11, frozen: false })
    const real = { now: bench.clock.now(), frozen: false, ahead: 0 }
    expect(await bench.client.backToNow()).toEqual(real)
  })

  it('should move everything that is timed', async () => {
    const code = await bench.code('lin-wechat')
    await bench.client.advance(5 * 60_000)
    expect(await bench.wechatExchange(code)).toMatchObject({ errcode: 40029 })
  })
})

const reset = { kind: 'reset' }

describe('a mistake', () => {
  it.each([
    ['POST', '/simulator/people', {}, 'name'],
    ['POST', '/simulator/people', { name: 7 }, 'name'],
    ['POST', '/simulator/people', { name: 'x', age: 1 }, 'age'],
    ['POST', '/simulator/people', { name: 'x', id: 'a b' }, 'id'],
    ['POST', '/simulator/people', { name: 'x', id: 'lin' }, 'id'],
    ['POST', '/simulator/people', { name: 'x', wecomUserid: 'LinXiao' }, 'wecomUserid'],
    ['POST', '/simulator/phones', { person: 'lin', client: 'icq' }, 'client'],
    ['POST', '/simulator/phones', { person: 'lin', client: 'wechat', version: 'x' }, 'version'],
    ['PATCH', '/simulator/phones/lin-wechat', { miniProgram: 'wx9' }, 'miniProgram'],
    ['POST', '/simulator/chats', { client: 'wechat', kind: 'group' }, 'members'],
    ['POST', '/simulator/clock', { set: -1 }, 'set'],
    ['POST', '/simulator/session-keys/rotate', { client: 'wechat' }, 'person'],
    ['POST', '/simulator/faults', { operation: 'wecom.gettokn', effect: reset }, 'operation'],
    ['POST', '/simulator/faults', { operation: 'wx.login', effect: reset }, 'effect.kind'],
    ['POST', '/simulator/faults', { operation: '*', effect: { kind: 'explode' } }, 'effect.kind'],
    ['PATCH', '/simulator/settings', { wechat: { tokenOverlapMs: -1 } }, 'wechat.tokenOverlapMs'],
    ['PATCH', '/simulator/settings', { wechat: { nope: 1 } }, 'wechat.nope'],
    ['PATCH', '/simulator/domains', { 'http://a.example': 'http://b' }, 'http://a.example'],
    ['POST', '/simulator/phones/lin-wechat/openings', { via: 'fax' }, 'via'],
    ['POST', '/simulator/phones/lin-wechat/shares', { page: 'x', from: 'menu' }, 'chat'],
  ])('should answer 400 naming the field: %s %s %j', async (method, at, body, field) => {
    const answer = await ask(method, at, body)
    expect(answer).toMatchObject({ status: 400, body: { error: 'bad_input' } })
    const issues = answer.body['issues'] as { path: string }[]
    expect(issues.map((issue) => issue.path)).toContain(field)
  })

  it('should answer 400 when the body is not JSON', async () => {
    expect(await ask('POST', '/simulator/people', '{')).toMatchObject({ status: 400 })
  })

  it.each(['people', 'phones'])('should answer 404 for unknown %s', async (what) => {
    expect(await ask('GET', `/simulator/${what}/nobody`)).toMatchObject({
      status: 404,
      body: { error: 'not_found' },
    })
  })

  it('should not take names of the language for ids', async () => {
    for (const id of ['constructor', '__proto__', 'toString']) {
      expect(await ask('GET', `/simulator/phones/${id}`)).toMatchObject({ status: 404 })
      expect(await bench.wechatExchange(id)).toMatchObject({ errcode: 40029 })
      expect(await bench.wecomExchange(id)).toMatchObject({ errcode: 40029 })
      const answer = await bench.fails('lin-wechat', 'authPrivateMessage', { shareTicket: id })
      expect(answer['errMsg']).toMatch(/invalid shareTicket/)
    }
  })

  it('should answer 404 for phones, chats and cards in calls', async () => {
    const at = async (path: string, body: unknown) => (await ask('POST', path, body)).status
    expect(await at('/simulator/phones/x/wx/login', {})).toBe(404)
    expect(await at('/simulator/chats/x/members', { person: 'lin' })).toBe(404)
    const open = { via: 'card', card: 'x' }
    expect(await at('/simulator/phones/lin-wechat/openings', open)).toBe(404)
  })
})

describe('an unknown route', () => {
  it('should answer 404 with the closest one, and say so loudly', async () => {
    expect(await ask('GET', '/simulator/peple')).toMatchObject({
      status: 404,
      body: { error: 'unknown_route', closest: 'GET /simulator/people' },
    })
    expect(warnings).toEqual([expect.stringContaining('/simulator/peple')])
  })

  it('should answer 501 below a platform’s host', async () => {
    const typo = await ask('GET', '/api.weixin.qq.com/sns/jscode2sesion')
    expect(typo).toMatchObject({
      status: 501,
      body: { closest: '/api.weixin.qq.com/sns/jscode2session' },
    })
    const known = await ask('POST', '/qyapi.weixin.qq.com/cgi-bin/service/get_suite_token')
    expect(known).toMatchObject({ status: 501 })
    expect(known.body['message']).toMatch(/exists on the platform/)
    expect(warnings).toHaveLength(2)
  })

  it('should say that a bot is not there', async () => {
    const sent = { kind: 'enter', from: 'lin' }
    expect(await ask('POST', '/simulator/bots/desk/sends', sent)).toMatchObject({ status: 404 })
  })
})

describe('events', () => {
  it('should stream every change', async () => {
    const answer = await fetch(`${bench.simulator.url}/simulator/events`)
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    const until = async (text: string) => {
      let seen = ''
      while (!seen.includes(text)) seen += (await reader.read()).value ?? ''
      return seen
    }
    await until(': ready')
    await bench.client.join('wechat-group', 'zhou')
    expect(await until('\n\n')).toBe('data: {"type":"chats","id":"wechat-group"}\n\n')
    await bench.share('lin-wechat', 'wechat-group')
    await until('{"type":"chats","id":"wechat-group"}')
    await reader.cancel()
  })
})

describe('the pages', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'sealcard-pages-'))
    await writeFile(path.join(dir, 'index.html'), '<title>phones</title>')
    await writeFile(path.join(dir, 'a.png'), 'png')
  })
  afterEach(() => rm(dir, { recursive: true }))

  const server = (packageJs: string | null) => {
    const app = fastify()
    pageRoutes(app, { phoneDir: dir, packageJs, assetsDir: dir })
    return app
  }

  it('should be served at / and /phones/:id, files beside them', async () => {
    const app = server('x()')
    for (const url of ['/', '/phones/lin-wechat']) {
      expect((await app.inject(url)).body).toContain('phones')
    }
    expect((await app.inject('/a.png')).headers['content-type']).toBe('image/png')
    expect((await app.inject('/weapp/assets/a.png')).body).toBe('png')
    expect((await app.inject('/weapp/package.js')).body).toBe('x()')
  })

  it('should not leave their folder', async () => {
    const app = server(null)
    for (const url of [
      '/%2e%2e%2fetc/passwd',
      '/weapp/assets/..%2f..%2fetc%2fpasswd',
      '/none.js',
    ]) {
      expect((await app.inject(url)).statusCode).toBe(404)
    }
    expect((await app.inject('/weapp/package.js')).statusCode).toBe(404)
  })
})
