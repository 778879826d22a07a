import { ManualClock } from '@sealcard/testing'
import { FixedWindow } from '../../../src/http/limits/fixed-window.js'
import { addressKey } from '../../../src/core/net/address.js'

describe('whom a limit per address counts', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['203.0.113.7:50001', '203.0.113.7'],
    ['[2001:db8:1:2::9]:50001', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
    ['unknown', 'unknown'],
    ['_hidden-7', 'unknown'],
    ['1.2.3.4.5:6', 'unknown'],
  ])('%s counts as %s', (ip, counted) => {
    expect(addressKey(ip)).toBe(counted)
  })
})

describe('a fixed window', () => {
  test('allows so many for each key, and says when there is more', () => {
    const clock = new ManualClock(250)
    const window = new FixedWindow(clock, 2, 1000)
    expect([window.take('a'), window.take('a'), window.take('a'), window.take('b')]).toEqual([
      0, 0, 0.75, 0,
    ])
    clock.advance(750)
    expect(window.take('a')).toBe(0)
  })

  test('takes back what did not count, but not into the next one', () => {
    const clock = new ManualClock(250)
    const window = new FixedWindow(clock, 1, 1000)
    expect(window.take('a')).toBe(0)
    window.giveBack('a')
    expect(window.take('a')).toBe(0)
    expect(window.take('a')).toBe(0.75)
    clock.advance(1000)
    window.giveBack('a')
    window.giveBack('nobody')
    expect([window.take('a'), window.take('a')]).toEqual([0, 0.75])
  })
})
