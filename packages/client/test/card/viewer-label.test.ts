import { dictionary } from '../../src/words/dictionary.js'
import { translatorOf } from '../../src/words/translate.js'
import { viewerLabel } from '../../src/card/viewer-label.js'

const code = '7K3Q9F'

describe.each(['zh', 'en'] as const)('a person in one line, in %s', (language) => {
  const t = translatorOf(dictionary, language)

  it('has the name of the directory and the code', () => {
    expect(viewerLabel({ id: 'v', name: '陈默', nameFrom: 'platform', code }, t)).toBe(
      '陈默 · 7K3Q9F',
    )
  })

  it('marks a name that people gave themselves', () => {
    const label = viewerLabel({ id: 'v', name: '陈默', nameFrom: 'self', code }, t)
    expect(label).toMatch(/^陈默\s?(（自填）|\(self-declared\))\s?· 7K3Q9F$/)
  })

  it('has the code alone where there is no name', () => {
    expect(viewerLabel({ id: 'v', code }, t)).toMatch(/^(成员|Member) 7K3Q9F$/)
  })
})
