import { pathOf } from './request-log.js'

describe('the path of a request that no route matches, in the log', () => {
  it.each([
    ['/v1/bots/desk/callback//', '/v1/bots/desk/callback//'],
    ['/v1/Bots/desk/Callback?msg_signature=a', '/v1/Bots/desk/Callback'],
    ['/v1/bots/desk/callback%3Fmsg_signature=a', '/v1/bots/desk/callback'],
    ['/v1/bots/desk/callback%3fnonce=a', '/v1/bots/desk/callback'],
    ['/x#fragment', '/x'],
    ['/x%23fragment', '/x'],
    ['/x?a\nb', '/x'],
    ['', ''],
    ['/%0a%1b%5b2J', '/%0a%1b%5b2J'],
    ['/a\r\n{"level":30}', '/a%0D%0A{"level":30}'],
    ['/\u001b[2J\u0000\u009b', '/%1B[2J%00%C2%9B'],
    ['/\u2028\u202e', '/%E2%80%A8%E2%80%AE'],
    ['/\ud800', '/%EF%BF%BD'],
    [`/v1/cards/${'A'.repeat(22)}/x`, `/v1/cards/${'A'.repeat(22)}/x`],
    [`/v1/sessions/${'A-_'.repeat(15)}`, '/v1/sessions/…'],
  ])('case %# is one printable line without query or token', (url, path) => {
    expect(pathOf(url)).toBe(path)
  })

  it('is short, however long the URL is', () => {
    const path = pathOf('/a'.repeat(10_000))
    expect(path).toHaveLength(201)
    expect(path.endsWith('…')).toBe(true)
    expect(pathOf(`/${'€'.repeat(10_000)}`).length).toBeLessThanOrEqual(201)
  })
})
