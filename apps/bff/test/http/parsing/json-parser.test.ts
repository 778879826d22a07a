import fc from 'fast-check'
import { ApiError } from '../../../src/core/errors/api-error.js'
import { parseJson, repeatedKey } from '../../../src/http/parsing/json-parser.js'

const parse = (text: string) => parseJson(Buffer.from(text))
const issuesOf = (text: string) => {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof ApiError) return error.issues
    throw error
  }
}

describe('a body with a key twice', () => {
  test.each([
    ['{"title":"a","body":"b","title":"c"}', 'title'],
    ['{"title":"a","t\\u0069tle":"c"}', 'title'],
    ['{"policy":{"watermark":true,"x":[],"watermark":false}}', 'policy.watermark'],
    ['{"a":[{"b":1},{"b":1,"b":1}]}', 'a.1.b'],
    ['{"a":"\\\\","a":"\\""}', 'a'],
    ['{"":1,"":1}', '(not a name)'],
    ['{"a b":1,"a b":1}', '(not a name)'],
    [' { "a" : 1 , "a" : 1 } ', 'a'],
  ])('is refused, and the key is named: %s', (text, path) => {
    expect(issuesOf(text)).toEqual([{ path, message: 'is there twice' }])
  })

  test.each([
    '{"a":{"a":{"a":1}},"b":{"a":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a","b":"a\\",\\"a\\":","c":["a","a"]}',
    '{"a":"{\\"a\\":1,\\"a\\":1}"}',
    '{"a":"\\\\\\\\","b":"\\\\"}',
    '"a"',
    'null',
  ])('is not reported for a body without one: %s', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text))
  })

  const json = fc.jsonValue({ maxDepth: 4 })

  test('is seen in no text that a JSON writer makes', () => {
    fc.assert(
      fc.property(json, fc.integer({ min: 0, max: 2 }), (value, space) => {
        expect(repeatedKey(JSON.stringify(value, null, space))).toBeNull()
      }),
    )
  })

  test('is seen wherever one is put', () => {
    const member = fc.tuple(fc.string(), json)
    const members = fc.array(member, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(members, fc.nat(), json, (pairs, at, other) => {
        const [twice] = pairs[at % pairs.length]!
        const own = new Map(pairs)
        const text = [...own, [twice, other] as const]
          .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
          .join(',')
        expect(repeatedKey(`{${text}}`)).toEqual([twice])
        expect(repeatedKey(`[0,{"x":{${text}}}]`)).toEqual([1, 'x', twice])
      }),
    )
  })
})

describe('a body that is costly to look through', () => {
  /** @returns what it says, and how many objects were walked through */
  const look = (text: string) => {
    const keys = jest.spyOn(Object, 'keys')
    const said = issuesOf(text)
    const walked = keys.mock.calls.length
    keys.mockRestore()
    return { said, walked }
  }

  test.each([
    ['deep', '['.repeat(17) + ']'.repeat(17), 'is nested too deep'],
    ['deep in objects', '{"a":'.repeat(17) + '1' + '}'.repeat(17), 'is nested too deep'],
    ['of many values', `[${'1,'.repeat(10_000)}1]`, 'has too many values'],
    ['of many objects', `[${'{},'.repeat(10_000)}{}]`, 'has too many values'],
    [
      'of many members',
      `{${Array.from({ length: 10_001 }, (_, i) => `"${i}":1`).join()}}`,
      'has too many values',
    ],
    [
      'of many values and a poisonous key',
      `{"__proto__":[${'1,'.repeat(10_000)}1]}`,
      'has too many values',
    ],
  ])('%s is refused, and its values are not walked through', (_, text, message) => {
    expect(look(text)).toEqual({ said: [{ path: 'body', message }], walked: 0 })
  })

  test('is not walked through where a key is there twice before it is known how deep it is', () => {
    const deep = '['.repeat(30_000) + ']'.repeat(30_000)
    expect(look(`{"a":1,"a":1,"\\u0062":${deep}}`)).toEqual({
      said: [{ path: 'a', message: 'is there twice' }],
      walked: 0,
    })
  })

  test('is taken up to the bounds', () => {
    for (const text of ['['.repeat(16) + ']'.repeat(16), `[${'1,'.repeat(9_998)}1]`])
      expect(parse(text)).toEqual(JSON.parse(text))
  })

  test('is walked through only where a poisonous key may be', () => {
    expect(look('{"title":"a","policy":{"watermark":true}}').walked).toBe(0)
    expect(look('{"title":"constructor"}')).toEqual({ said: { title: 'constructor' }, walked: 1 })
    for (const key of [
      '__proto__',
      'constructor',
      'prototype',
      '\\u005f_proto__',
      '__proto\\u005f_',
    ])
      expect(issuesOf(`{"a":[{"${key}":1}]}`)).toEqual([
        { path: `a.0.${JSON.parse(`"${key}"`)}`, message: 'unknown field' },
      ])
  })
})
