import { pathOf } from '../../src/observability/request-log.js'

const words = new Set(['v1', 'bots', 'callback', 'cards', 'sessions'])

describe('the path of a request that no route matches, in the log', () => {
  it.each([
    ['/v1/bots/desk/callback//', '/v1/bots/…/callback//'],
    ['/v1/Bots/desk/Callback?msg_signature=a', '/v1/Bots/…/Callback'],
    ['/v1/bots/desk/callback%3Fmsg_signature=a', '/v1/bots/…/callback'],
    ['/v1/bots/desk/callback%3fnonce=a', '/v1/bots/…/callback'],
    ['/wecom/v1/bots/desk/callback', '/…/v1/bots/…/callback'],
    ['/cards#fragment', '/cards'],
    ['/cards%23fragment', '/cards'],
    ['/cards?a\nb', '/cards'],
    ['', ''],
    ['/%0a%1b%5b2J/cards', '/…/cards'],
    ['/a\r\n{"level":30}/cards', '/…/cards'],
    ['/\u001b[2J\u0000\u009b', '/…'],
    ['/\u2028\u202e', '/…'],
    ['/\ud800', '/…'],
    ['/LinXiao/cards', '/…/cards'],
    [`/v1/sessions/${'A'.repeat(43)}`, '/v1/sessions/…'],
    ['/__proto__/constructor', '/…/…'],
  ])('case %# is one printable line of our own words', (url, path) => {
    expect(pathOf(url, words)).toBe(path)
  })

  it('is short, however long the URL is', () => {
    expect(pathOf('/v1'.repeat(10_000), words).length).toBeLessThanOrEqual(201)
    expect(pathOf(`/${'€'.repeat(10_000)}`, words)).toBe('/…')
  })
})
