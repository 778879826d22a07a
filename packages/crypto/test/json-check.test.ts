import { isUtf8 } from 'node:buffer'
import { checkJson, countMembers } from '../src/lib/json-check.js'
import { agrees } from './support/agrees.js'

const jsonFault = (bytes: Uint8Array) => checkJson(bytes).fault

describe('the JSON recogniser agrees with JSON.parse', () => {
  test.each([
    '{"a":01}',
    '{"a":-}',
    '{"a":-0}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":1.5e+10}',
    '{"a":1e}',
    '{"a":1E-2}',
    '{"a":+1}',
    '{"a":0x1}',
    '{"a":NaN}',
    '{"a":tru}',
    '{"a":truee}',
    '{"a":"\\u00e9\\n"}',
    '{"a":"\\x41"}',
    '{"a":"\\u12g4"}',
    '{"a":"\t"}',
    '{"a":1,}',
    '{,}',
    '{"a"}',
    '{"a":}',
    '{"a" "b"}',
    '{a:1}',
    "{'a':1}",
    '{"a":[1,]}',
    '{"a":[,1]}',
    '{"a":[}',
    '{"a":{]}',
    '{"a":1]',
    '[{"a":1}}',
    '{}{}',
    '{},',
    '{} ]',
    '}',
    ']',
    '{',
    '{"a":"b":"c"}',
    '{"a":[1:2]}',
    '{"a":1 2}',
    '\ufeff{}',
    '{"__proto__":{"x":1}}',
    '//x\n{}',
  ])('on %s', agrees)

  test('and with isUtf8 on the edges of every length', () => {
    const cases = [
      '7f',
      '80',
      'bf',
      'c1bf',
      'c280',
      'dfbf',
      'c27f',
      'c2c0',
      'e09fbf',
      'e0a080',
      'ecbfbf',
    ]
    cases.push(
      'ed9fbf',
      'eda080',
      'ee8080',
      'efbfbf',
      'f08fbfbf',
      'f0908080',
      'f3bfbfbf',
      'f48fbfbf',
    )
    cases.push('f4908080', 'f5808080', 'ff', 'e4bd', 'f09f98', 'e4bd41', 'f09f9841', 'e4bda041')
    for (const hex of cases) {
      const bytes = Buffer.concat([
        Buffer.from('{"k":"'),
        Buffer.from(hex, 'hex'),
        Buffer.from('"}'),
      ])
      expect([hex, jsonFault(bytes) === 0]).toEqual([hex, isUtf8(bytes)])
    }
  })

  test('but nests 4 deep at most', () => {
    const nested = (depth: number) => Buffer.from('{"a":'.repeat(depth) + '1' + '}'.repeat(depth))
    const arrays = (depth: number) => Buffer.from(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    for (let depth = 1; depth <= 4; depth++) {
      expect(jsonFault(nested(depth))).toBe(0)
      if (depth > 1) expect(jsonFault(arrays(depth - 1))).toBe(0)
    }
    for (const depth of [5, 6, 64, 2_000]) {
      expect(jsonFault(nested(depth))).not.toBe(0)
      expect(jsonFault(arrays(depth - 1))).not.toBe(0)
    }
  })
})

describe('the members that an object is written with', () => {
  const counts = (text: string) => {
    const { fault, members } = checkJson(Buffer.from(text))
    return { fault, written: members, parsed: countMembers(JSON.parse(text)) }
  }

  test.each([
    ['{}', 0, 0],
    ['{"a":1}', 1, 1],
    ['{"a":":","b":[":",{"a":1}],"c":{"a":{"a":0}}}', 6, 6],
    ['{"a":1,"a":1}', 2, 1],
    ['{"a":1,"\\u0061":2}', 2, 1],
    ['{"a":{"b":1,"b":1},"c":[{"d":1,"d":2}]}', 6, 4],
    ['{"__proto__":1,"__proto__":{"x":1}}', 3, 2],
    ['{"a":{"b":1,"c":2},"a":3}', 4, 1],
    ['{"x\\":":1,"x":2}', 2, 2],
  ])('of %s are %d, and %d of them are read', (text, written, parsed) => {
    expect(counts(text)).toEqual({ fault: 0, written, parsed })
  })
})
