import { textParts } from '../../src/open/text-parts.js'

const links = (text: string) => textParts(text).filter(({ host }) => host !== undefined)

describe('the parts of a card’s words', () => {
  it('are words and links in turn', () => {
    expect(textParts('看 https://docs.example.com/a?b=1#c 和\nhttps://x.org，完')).toEqual([
      { text: '看 ' },
      { text: 'https://docs.example.com/a?b=1#c', host: 'docs.example.com' },
      { text: ' 和\n' },
      { text: 'https://x.org', host: 'x.org' },
      { text: '，完' },
    ])
  })

  it.each([
    ['https://example.com.', 'https://example.com'],
    ['(https://example.com/a).', 'https://example.com/a'],
    ['“https://example.com/?q=1”！', 'https://example.com/?q=1'],
    ['https://example.com:8443/a,b', 'https://example.com:8443/a,b'],
    // The rest is words: neither can it lead elsewhere, nor change how the host reads.
    ['https://bank.example\\@evil.example/', 'https://bank.example'],
    ['https://example.com\u202emoc.live', 'https://example.com'],
    ['https://XN--FIQS8S.example.COM', 'https://XN--FIQS8S.example.COM'],
  ])('%s links to %s', (text, address) => {
    expect(links(text).map(({ text }) => text)).toEqual([address])
  })

  it('name the host as the browser will read it', () => {
    expect(links('https://Docs.Example.COM/A')[0]?.host).toBe('docs.example.com')
    expect(links('https://example.com:8443')[0]?.host).toBe('example.com:8443')
  })

  it.each([
    'http://example.com',
    'javascript:alert(1)',
    'https://bank.example@evil.example/',
    'https://bank.example:pw@evil.example/',
    'https://localhost/a',
    'https://127.0.0.1/a',
    'https://[::1]/a',
    'https://2130706433/',
    'https://例子.example.com',
    'https://exаmple.com',
    'https://-a.example.com',
    'https://a..example.com',
    'weixin://dl/business',
  ])('%s is no link', (text) => {
    expect(links(text)).toEqual([])
  })

  it('lose no character of a text of any kind', () => {
    const text = `${'.'.repeat(9000)}https://${'a-'.repeat(3000)} https://a.bc/${'.'.repeat(2000)}\n مرحبا`
    expect(
      textParts(text)
        .map(({ text }) => text)
        .join(''),
    ).toBe(text)
  })
})
