import { anyOf, isPrivate } from '../../../src/http/server/proxy-watch.js'

describe('trusted proxies', () => {
  const trusted = anyOf(['127.0.0.1', '10.0.0.0/8', '2001:db8:1::/48', '::ffff:192.0.2.1'])

  test.each([
    '127.0.0.1',
    '::ffff:127.0.0.1',
    '10.0.0.6',
    '10.0.0.6:443',
    '::ffff:10.0.0.6',
    '::FFFF:0A00:0006',
    '[::ffff:10.0.0.6]:443',
    '2001:db8:1::7',
    '2001:0DB8:0001:0:0:0:0:7',
    '[2001:db8:1::7]',
    '[2001:db8:1::7]:50001',
    '192.0.2.1',
    '192.0.2.1:80',
  ])('%s is accepted', (said) => {
    expect(trusted(said)).toBe(true)
  })

  test.each([
    undefined,
    '',
    'unknown',
    '127.0.0.2',
    '11.0.0.1:443',
    '10.0.0.6:443:443',
    '10.0.0.6, 10.0.0.7',
    '010.0.0.6',
    '[10.0.0.6',
    '2001:db8:2::7',
    '[2001:db8:2::7]:443',
    '::10.0.0.6',
    'proxy.example:443',
  ])('%s is refused', (said) => {
    expect(trusted(said)).toBe(false)
  })

  test('without a range no address is trusted, with the widest range every address is', () => {
    expect(anyOf([])('127.0.0.1')).toBe(false)
    expect(anyOf(['0.0.0.0/0'])('203.0.113.7:1')).toBe(true)
  })

  test('the private networks include only addresses that cannot be reached from outside', () => {
    for (const said of ['127.0.0.1', '::1', '172.17.0.1', 'fe80::1%eth0', '::ffff:10.1.2.3'])
      expect([said, isPrivate(said)]).toEqual([said, true])
    for (const said of ['203.0.113.7', '172.32.0.1', '2001:db8::1', '', undefined])
      expect([said, isPrivate(said)]).toEqual([said, false])
  })
})
