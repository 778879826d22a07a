import { OnceAMinute } from '../../../src/http/limits/once-a-minute.js'

describe('once a minute', () => {
  test('one of a kind is let through, another kind at any time', () => {
    const once = new OnceAMinute()
    expect(once.allows('a', 0, {})).toBe(true)
    expect(once.allows('a', 59_999, {})).toBe(false)
    expect(once.allows('b', 59_999, {})).toBe(true)
    expect(once.allows('a', 60_000, {})).toBe(true)
    expect(once.allows('a', 119_999, {})).toBe(false)
  })

  test('a transaction that runs again is let through again', () => {
    const once = new OnceAMinute()
    const request = {}
    expect(once.allows('a', 0, request)).toBe(true)
    expect(once.allows('a', 1, request)).toBe(true)
    expect(once.allows('a', 2, {})).toBe(false)
  })
})
