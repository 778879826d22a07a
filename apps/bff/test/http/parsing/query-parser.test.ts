import { parseQuery } from '../../../src/http/parsing/json-parser.js'

describe('a query', () => {
  it('is an object without a prototype', () => {
    const query = parseQuery('a=1&__proto__=2&b=')
    expect(Object.getPrototypeOf(query)).toBeNull()
    expect(Object.entries(query)).toEqual([
      ['a', '1'],
      ['__proto__', '2'],
      ['b', ''],
    ])
  })

  it('holds all the values of a key that is given again', () => {
    expect(parseQuery('a=1&b=2&a=&a=3')['a']).toEqual(['1', '', '3'])
  })

  it('costs as much as it is long, also when a key is repeated', () => {
    // Copied at each of them, these would take longer than any test may.
    const { a } = parseQuery('a&'.repeat(1_000_000))
    expect(a).toHaveLength(1_000_000)
  })
})
