import { ApiError } from '../../src/core/errors/api-error.js'
import { newRequestId } from '../../src/http/server/client-error-handler.js'
import { pathOf, RequestLog } from '../../src/observability/request-log.js'

const words = new Set(['v1', 'bots', 'callback', 'cards', 'sessions'])

describe('the path of a request that no route matches, in the log', () => {
  it.each([
    ['/v1/bots/desk/callback//', '/v1/bots/…/callback//'],
    ['/v1/Bots/desk/Callback?msg_signature=a', '/v1/Bots/…/Callback'],
    ['/v1/bots/desk/callback%3Fmsg_signature=a', '/v1/bots/…/callback'],
    ['/v1/bots/desk/callback%3fnonce=a', '/v1/bots/…/callback'],
    ['/wecom/v1/bots/desk/callback', '/…/v1/bots/…/callback'],
    ['/cards#fragment', '/cards'],
    ['/cards%23fragment', '/cards'],
    ['/cards?a\nb', '/cards'],
    ['', ''],
    ['/%0a%1b%5b2J/cards', '/…/cards'],
    ['/a\r\n{"level":30}/cards', '/…/cards'],
    ['/\u001b[2J\u0000\u009b', '/…'],
    ['/\u2028\u202e', '/…'],
    ['/\ud800', '/…'],
    ['/LinXiao/cards', '/…/cards'],
    [`/v1/sessions/${'A'.repeat(43)}`, '/v1/sessions/…'],
    ['/__proto__/constructor', '/…/…'],
  ])('case %# is one printable line of our own words', (url, path) => {
    expect(pathOf(url, words)).toBe(path)
  })

  it('is short, however long the URL is', () => {
    expect(pathOf('/v1'.repeat(10_000), words).length).toBeLessThanOrEqual(201)
    expect(pathOf(`/${'€'.repeat(10_000)}`, words)).toBe('/…')
  })
})

describe('the line of a request', () => {
  const lines: object[] = []
  const logger = {
    setContext: () => {},
    logger: { child: () => ({ info: (fields: object) => lines.push(fields) }) },
    error: (fields: object) => lines.push(fields),
  }
  const log = new RequestLog(logger as never)

  it.each([
    ['a route', '/v1/cards', { route: '/v1/cards' }],
    ['no route', undefined, { route: 'unmatched', path: '/…' }],
  ])('of %s has the id of its answer', (_, url, told) => {
    lines.length = 0
    const request = { id: 'id-1', method: 'GET', routeOptions: { url }, raw: { url: '/secret' } }
    log.answered(request as never, { statusCode: 200, elapsedTime: 1.4 } as never)
    log.failed(request as never, new ApiError('ERR_INTERNAL'))
    expect(lines).toEqual([
      { requestId: 'id-1', method: 'GET', ...told, status: 200, ms: 1 },
      expect.objectContaining({ requestId: 'id-1', method: 'GET', ...told, code: 'ERR_INTERNAL' }),
    ])
  })
})

it('ids of requests are 16 characters each, and no two are the same', () => {
  const ids = Array.from({ length: 10_000 }, newRequestId)
  expect(new Set(ids).size).toBe(10_000)
  for (const id of ids) expect(id).toMatch(/^[\w-]{16}$/)
})
