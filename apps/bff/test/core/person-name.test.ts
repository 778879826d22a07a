import { SeededRandom } from '@sealcard/testing'
import { cleanName, shortName } from '../../src/core/person-name.js'

/** Letters of several scripts, and every kind of character that a name may not have. */
const SIGNS = [
  ...Array.from('aé陈默𠮷دانا👩'),
  '\u0301',
  '\u0316',
  '\u200d',
  '\ufe0f',
  ' ',
  '\u3000',
  '\t',
  '\n',
  '\u0000',
  '\u001b',
  '\u0085',
  '\u2028',
  '\u200b',
  '\u200e',
  '\u202e',
  '\u2066',
  '\u2069',
  '\u061c',
  '\ufeff',
  '\u3164',
  '\u2800',
  '\u{e0041}',
  '\ud800',
]

describe('a name as others see it', () => {
  it('has no controls, no direction marks and something visible, and stays as it is when cleaned again', () => {
    const random = new SeededRandom(9)
    let names = 0
    for (let i = 0; i < 5000; i++) {
      const given = Array.from({ length: random.below(12) }, () => random.pick(SIGNS)).join('')
      const name = cleanName(given)
      if (name === null) continue
      names += 1
      expect(name).not.toMatch(
        /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
      )
      expect(name).not.toMatch(/^\s|\s$|\s\s/u)
      expect(name).toMatch(/[\p{L}\p{S}\ufffd]/u)
      expect(name.isWellFormed()).toBe(true)
      expect(name.normalize('NFC')).toBe(name)
      expect(cleanName(name)).toBe(name)
    }
    expect(names).toBeGreaterThan(1000)
  })

  it('is cut at whole characters', () => {
    expect(shortName('𠮷𠮷𠮷', 3)).toBe('𠮷𠮷𠮷')
    expect(shortName('𠮷𠮷𠮷𠮷', 3)).toBe('𠮷𠮷…')
  })
})
