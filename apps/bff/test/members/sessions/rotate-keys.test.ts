import {
  type Keys,
  PREVIOUS_KEY_MS,
  rotate,
  withoutExpired,
} from '../../../src/members/sessions/viewer-keys.js'

const NOW = 1_000_000
const known: Keys = { current: 'k1', previous: null, previousUntil: null }

describe('B7 the keys of a viewer', () => {
  test('the first login brings the first key', () => {
    expect(rotate(null, 'k1', NOW)).toEqual(known)
  })

  test('another key makes the current one the previous one, for five minutes', () => {
    expect(rotate(known, 'k2', NOW)).toEqual({
      current: 'k2',
      previous: 'k1',
      previousUntil: NOW + PREVIOUS_KEY_MS,
    })
  })

  test('the same key moves nothing', () => {
    const rotated = rotate(known, 'k2', NOW)
    expect(rotate(rotated, 'k2', NOW + 1000)).toEqual(rotated)
  })

  test('there are never more than two', () => {
    const third = rotate(rotate(known, 'k2', NOW), 'k3', NOW + 1)
    expect(third).toEqual({
      current: 'k3',
      previous: 'k2',
      previousUntil: NOW + 1 + PREVIOUS_KEY_MS,
    })
  })

  test('B8 a clock set back before the rotation does not prolong the previous one', () => {
    const rotated = rotate(known, 'k2', NOW)
    expect(withoutExpired(rotated, NOW).previous).toBe('k1')
    expect(withoutExpired(rotated, NOW - 1).previous).toBeNull()
  })

  test.each([
    [-1, 'k1'],
    [0, null],
    [1, null],
  ])('the previous one at its end %d ms', (offset, previous) => {
    const rotated = rotate(known, 'k2', NOW)
    expect(withoutExpired(rotated, NOW + PREVIOUS_KEY_MS + offset).previous).toBe(previous)
  })
})
