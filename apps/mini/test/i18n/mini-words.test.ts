import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { dictionary } from '@sealcard/client'
import { miniWords } from '../../src/i18n/mini-words'

const SRC = path.join(__dirname, '../../src')
const code = readdirSync(SRC, { recursive: true })
  .map(String)
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('mini-words'))
  .map((file) => readFileSync(path.join(SRC, file), 'utf8'))
  .join('\n')
const phrases = Object.entries(miniWords)
const slots = (text: string) => [...text.matchAll(/\{([^}]+)\}/g)].map(([, slot]) => slot).sort()
/** As it stands here, or as `subscribe.${…}`. */
const isSaid = (phrase: string) =>
  [`'${phrase}'`, `\`${phrase.replace(/\.[^.]+$/, '.${')}`].some((text) => code.includes(text))

describe('the words of the mini-program', () => {
  it.each(phrases)('%s is there in both languages, with the same gaps', (_, { zh, en }) => {
    expect(zh.trim()).not.toBe('')
    expect(en.trim()).not.toBe('')
    expect(en).not.toMatch(/[\u4e00-\u9fff]/)
    expect(slots(zh)).toEqual(slots(en))
  })

  it('are all said, and said nowhere else', () => {
    const own = phrases.map(([phrase]) => phrase)
    expect(own.filter((phrase) => !isSaid(phrase))).toEqual([])
    expect(own.filter((phrase) => phrase in dictionary)).toEqual([])
  })
})
