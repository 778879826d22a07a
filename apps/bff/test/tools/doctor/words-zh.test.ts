import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { WORDS_ZH } from '../../../src/tools/doctor/support/words-zh.js'

const CHECKS = path.join(__dirname, '../../../src/tools/doctor/checks')
const sources = readdirSync(CHECKS)
  .map((name) => readFileSync(path.join(CHECKS, name), 'utf8'))
  .join('\n')

describe('the doctor’s Chinese words', () => {
  test('say what to do wherever the English ones do', () => {
    // `wrong` and `warning` take advice; a code in quotes behind them is one that has some.
    const advised = [...sources.matchAll(/\b(?:wrong|warning)\(\s*'([\w-]+)'/g)].map(
      ([, code = '']) => code,
    )
    expect(advised.length).toBeGreaterThan(30)
    const words: Readonly<Record<string, { what: string; todo?: string }>> = WORDS_ZH
    expect(advised.filter((code) => !words[code]?.todo)).toEqual([])
  })

  test('leave no errcode of a platform without its own', () => {
    const advice = PLATFORMS.flatMap(({ errcodes }) => Object.values(errcodes))
    expect(advice.length).toBeGreaterThan(10)
    expect(advice.filter(({ zh }) => !/[\u4e00-\u9fff]/.test(zh.what + zh.todo))).toEqual([])
  })
})
