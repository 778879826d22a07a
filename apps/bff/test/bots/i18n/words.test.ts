import { WORDS } from '../../../src/bots/i18n/words.js'

describe('the dictionary', () => {
  it('says everything in both languages, and nothing in the other one', () => {
    const sayings = (words: unknown): string[] => {
      if (typeof words === 'string') return [words]
      if (typeof words === 'function') return [String(words(1, 2, 3))]
      return Object.values(words as object).flatMap(sayings)
    }
    expect(sayings(WORDS.zh)).toHaveLength(sayings(WORDS.en).length)
    for (const saying of sayings(WORDS.en)) expect(saying).not.toMatch(/\p{Script=Han}/u)
    for (const saying of sayings(WORDS.zh)) expect(saying).toMatch(/\p{Script=Han}/u)
  })
})
