import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { dictionary } from '@sealcard/client'
import { languageOfPage } from '../../src/i18n/language'
import { webWords } from '../../src/i18n/web-words'

const SRC = path.join(__dirname, '../../src')
const code = readdirSync(SRC, { recursive: true })
  .map(String)
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('web-words'))
  .map((file) => readFileSync(path.join(SRC, file), 'utf8'))
  .join('\n')
const phrases = Object.entries(webWords)

describe('the words of the web page', () => {
  it.each(phrases)('%s is there in both languages', (_, { zh, en }) => {
    expect(zh).toMatch(/[\u4e00-\u9fff]/)
    expect(en).not.toMatch(/[\u4e00-\u9fff]/)
    expect(en.trim()).not.toBe('')
  })

  it('are all said, and said nowhere else', () => {
    expect(phrases.map(([phrase]) => phrase).filter((p) => !code.includes(`'${p}'`))).toEqual([])
    expect(phrases.map(([phrase]) => phrase).filter((p) => p in dictionary)).toEqual([])
  })
})

describe('languageOfPage', () => {
  it.each([
    ['Mozilla wxwork/4.1.30 MicroMessenger/7.0.1 Language/zh', 'en-US', 'zh'],
    ['Mozilla wxwork/4.1.30 MicroMessenger/7.0.1 Language/en', 'zh-CN', 'en'],
    ['Mozilla MicroMessenger/8.0 Language/zh_CN', 'en', 'zh'],
    ['Mozilla Chrome/126', 'de-DE', 'en'],
    ['Mozilla Chrome/126', 'zh-TW', 'zh'],
  ])('%s, %s is %s', (userAgent, language, expected) => {
    expect(languageOfPage({ userAgent, language })).toBe(expected)
  })
})
