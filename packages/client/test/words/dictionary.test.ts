import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { dictionary } from '../../src/words/dictionary.js'
import { languageOf, translator, type Phrase } from '../../src/words/translate.js'

const phrases = Object.entries(dictionary) as [Phrase, { zh: string; en: string; one?: string }][]
/** Said of many only. */
const NEVER_ONE = new Set<Phrase>(['open.ask-times'])
const slots = (text: string) => [...text.matchAll(/\{([^}]+)\}/g)].map(([, slot]) => slot).sort()

const root = path.join(__dirname, '../../../..')
/** What may say a phrase: the clients, and what they share. */
const sources = ['packages/client/src', 'apps/mini/src', 'apps/web/src']
  .flatMap((dir) =>
    readdirSync(path.join(root, dir), { recursive: true }).map((f) => `${dir}/${f}`),
  )
  .filter(
    (file) => /\.tsx?$/.test(file) && !/dictionary|web-words|mini-words|\.config\.ts/.test(file),
  )
  .map((file) => readFileSync(path.join(root, file), 'utf8'))
  .join('\n')

describe('the dictionary', () => {
  it.each(phrases)('%s is there in both languages, with the same gaps', (_, { zh, en }) => {
    expect(zh.trim()).not.toBe('')
    expect(en.trim()).not.toBe('')
    expect(slots(zh)).toEqual(slots(en))
  })

  it('has a singular where its English counts something', () => {
    for (const [phrase, { en, one }] of phrases) {
      if (one !== undefined) expect(slots(one)).toEqual(slots(en))
      // `{n} …s`: what is counted. Where {n} is never 1, the phrase has its own one for it.
      else if (!NEVER_ONE.has(phrase)) expect(en).not.toMatch(/\{n\}(?: more)? \w+s\b/)
    }
  })

  it.each(phrases.filter(([, { zh }]) => /[\u4e00-\u9fff]/.test(zh)))(
    '%s is translated',
    (_, { en }) => {
      expect(en).not.toMatch(/[\u4e00-\u9fff]/)
    },
  )

  it('has nothing that nobody says', () => {
    const unused = phrases
      .map(([phrase]) => phrase)
      .filter((phrase) => !sources.includes(`'${phrase}'`) && !composed(phrase))
    expect(unused).toEqual([])
  })

  it('holds all words: no Chinese stands in the code', () => {
    const code = sources.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    expect(code.match(/[\u4e00-\u9fff]+/g) ?? []).toEqual([])
  })

  /** `t(`status.${…}`)`: a phrase whose beginning is in a template. */
  const composed = (phrase: string) => {
    const templates = [...sources.matchAll(/t\(\s*`([\w.-]+)\$\{[^}]+\}([\w-]*)`/g)]
    return templates.some(
      ([, head = '', tail = '']) => phrase.startsWith(head) && phrase.endsWith(tail),
    )
  }
})

describe('translator', () => {
  it('fills the gaps', () => {
    expect(translator('zh')('list.viewers', { n: 3 })).toBe('3 人已看')
    expect(translator('en')('list.viewers', { n: 3 })).toBe('Opened by 3')
    expect(translator('en')('write.count', { n: 0, max: 64 })).toBe('0/64')
  })

  it.each([
    ['zh_CN', 'zh'],
    ['zh_TW', 'zh'],
    ['zh-Hans', 'zh'],
    ['en', 'en'],
    ['en_US', 'en'],
    ['ja', 'en'],
    ['', 'zh'],
    [undefined, 'zh'],
  ])('%s is read as %s', (tag, language) => {
    expect(languageOf(tag)).toBe(language)
  })
})
