import fc from 'fast-check'
import { atLeast } from '../src/version.js'

describe('atLeast', () => {
  it.each([
    ['2.13.0', true],
    ['2.13', true],
    ['2.12.9', false],
    ['2.9.4', false],
    ['3', true],
    ['10.0.0', true],
  ])('%s against 2.13.0: %s', (version, expected) => {
    expect(atLeast(version, '2.13.0')).toBe(expected)
  })

  it.each([undefined, '', 'dev', '1.x', '1..2'])('cannot read %s', (version) => {
    expect(atLeast(version, '2.13.0')).toBeNull()
  })

  const version = fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }).map((v) => v.join('.'))

  it('is an order', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(atLeast(a, a)).toBe(true)
        expect(atLeast(a, b) || atLeast(b, a)).toBe(true)
      }),
    )
  })
})
