import { WECHAT } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import { type Answer, TestApp } from '../kit/test-app.js'

let app: TestApp
let alice: string

beforeAll(async () => {
  app = await TestApp.start()
  alice = await app.login('alice')
})
afterAll(() => app.stop())

/** A card, as the bytes that are sent. */
const post = async (payload: Buffer, headers = {}): Promise<Answer> => {
  const response = await app.nest.inject({
    method: 'POST',
    url: '/v1/cards',
    headers: { authorization: `Bearer ${alice}`, 'content-type': 'application/json', ...headers },
    payload,
  })
  const { statusCode: status, body: text } = response
  return { status, headers: response.headers, text, body: JSON.parse(text) }
}

const long = (n: number) => 'x'.repeat(n)
const login = { app: WECHAT, code: 'carol|k' }
const card = { title: 'T', body: 'B', policy: {} }
const proof = { encryptedData: 'AAAA', iv: 'AAAA' }

/** Each call with a body, and what is wrong with each of its fields. */
const bodies: [string, string, object, Record<string, unknown[]>][] = [
  [
    'POST',
    '/v1/sessions',
    login,
    { app: [undefined, 1, null, '', long(65), []], code: [undefined, 1, '', long(513)] },
  ],
  [
    'POST',
    '/v1/cards',
    card,
    {
      title: [undefined, 7, '', long(65), '\ud800', 'a\u0000b'],
      body: [undefined, 7, long(20_001), '\udc00', null],
      policy: [7, null, [], 'x'],
    },
  ],
  [
    'POST',
    '/v1/shares/x/openings',
    proof,
    { encryptedData: [undefined, 1, long(4097), {}], iv: [undefined, 1, long(65)] },
  ],
]

const policies: Record<string, unknown[]> = {
  expiresAt: [1, 'tomorrow', '2026-01-31', '2026-01-31T08:00:00+08:00'],
  maxViewers: [0, -1, 1.5, '1', 100_001],
  maxOpensPerViewer: [0, 1.5, '1', 100_001],
  requireAcknowledgement: ['true', 1],
  watermark: ['true', 1],
  guardCapture: ['true', 1],
  allowCopy: ['true', 1],
}

describe('bad input names the field', () => {
  for (const [method, url, good, fields] of bodies) {
    for (const [field, values] of Object.entries(fields)) {
      test.each(values.map((value) => [value]))(
        `${method} ${url}: ${field} = %j`,
        async (value) => {
          const answer = await app.call(method, url, {
            token: alice,
            body: { ...good, [field]: value },
          })
          expectProblem(answer, 'ERR_INPUT')
          expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toContain(field)
        },
      )
    }

    test.each([['extra'], ['__proto__'], ['constructor'], ['prototype']])(
      `${method} ${url}: unknown field %s`,
      async (name) => {
        const body = `{"${name}": {"a": 1}, ${JSON.stringify(good).slice(1)}`
        const answer = await app.call(method, url, { token: alice, body })
        expectProblem(answer, 'ERR_INPUT')
        expect(answer.body.issues[0].path).toBe(name)
      },
    )

    test.each([['{'], ['[]'], ['null'], ['"x"'], ['7'], [''], ['{}x']])(
      `${method} ${url}: body %s`,
      async (body) => {
        const answer = await app.call(method, url, { token: alice, body })
        expectProblem(answer, 'ERR_INPUT')
        expect(answer.body.issues[0].path).toBe('body')
      },
    )
  }

  for (const [field, values] of Object.entries(policies)) {
    test.each(values.map((value) => [value]))(`policy.${field} = %j`, async (value) => {
      const answer = await app.call('POST', '/v1/cards', {
        token: alice,
        body: { ...card, policy: { [field]: value } },
      })
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe(`policy.${field}`)
    })
  }

  test('an unknown field of the policy', async () => {
    const answer = await app.call('POST', '/v1/cards', {
      token: alice,
      body: { ...card, policy: { x: 1 } },
    })
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues).toEqual([{ path: 'policy.x', message: 'unknown field' }])
  })

  test.each([
    ['box=', 'box'],
    ['box=all', 'box'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=x', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=0x10', 'limit'],
    ['limit=%205', 'limit'],
    ['limit=%2B5', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=1', 'limit'],
    ['box=sent&box=sent', 'box'],
    ['cursor=', 'cursor'],
    ['cursor=AAAA', 'cursor'],
    [`cursor=${long(257)}`, 'cursor'],
    ['cursor=%ff%00', 'cursor'],
    ['extra=1', 'extra'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
  ])('GET /v1/cards?%s', async (query, path) => {
    const answer = await app.call('GET', `/v1/cards?${query}`, { token: alice })
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe(path)
  })

  test.each([['has space'], [long(256)], [''], ['ключ']])('Idempotency-Key %j', async (value) => {
    const headers = { 'idempotency-key': Buffer.from(value).toString('latin1') }
    const answer = await app.call('POST', '/v1/cards', { token: alice, body: card, headers })
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe('Idempotency-Key')
  })

  test.each([
    ['GBK', [0xb7, 0xe2, 0xbc, 0xe3]],
    ['a byte that begins nothing', [0x61, 0xff]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['an overlong form', [0xc0, 0xaf]],
  ])('text that is no UTF-8 is not stored as something else: %s', async (_, bytes) => {
    const [before, after] = JSON.stringify({ ...card, title: '|' }).split('|')
    const answer = await post(
      Buffer.concat([Buffer.from(before ?? ''), Buffer.from(bytes), Buffer.from(after ?? '')]),
    )
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues).toEqual([{ path: 'body', message: 'must be UTF-8' }])
  })

  test.each([
    [{ 'content-type': 'application/json; charset=gbk' }, 415],
    [{ 'content-type': 'application/json;charset="utf-16"' }, 415],
    [{ 'content-encoding': 'gzip' }, 415],
    [{ 'content-encoding': 'br' }, 415],
    [{ 'content-type': 'application/json; charset=UTF-8' }, 201],
    [{ 'content-type': 'application/json; charset="utf-8"' }, 201],
    [{ 'content-encoding': 'identity' }, 201],
  ])('a body with the header value %j gets a %i', async (headers, status) => {
    const answer = await post(Buffer.from(JSON.stringify(card)), headers)
    expect(answer.status).toBe(status)
    if (status === 415) expectProblem(answer, 'ERR_MEDIA_TYPE')
  })

  test('a call without a body refuses one', async () => {
    const { cardId } = await app.shared(alice)
    for (const call of ['revoke', 'shares']) {
      const answer = await app.call('POST', `/v1/cards/${cardId}/${call}`, {
        token: alice,
        body: { force: true },
      })
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe('force')
    }
  })
})
