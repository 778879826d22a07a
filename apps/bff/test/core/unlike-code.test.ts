import { SeededRandom } from '@sealcard/testing'
import { cleanName, unlikeCode } from '../../src/core/person-name.js'
import { watermarkOf } from '../../src/members/openings/opening.service.js'

const CODE = '7K3Q9F'
const wide = (text: string) =>
  text.replace(/[!-~]/g, (c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0))
/** What the eye reads: compatible forms, and nothing that shows nothing. */
const seen = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toUpperCase()

describe('a name in a watermark', () => {
  test.each([
    CODE,
    `陈默${CODE}`,
    `${CODE}${CODE}`,
    `x${CODE}x`,
    `Bob ${CODE} 2026-01-01`,
    CODE.toLowerCase(),
    wide(CODE),
    Array.from(CODE).join('\u200d'),
    Array.from(CODE).join('\ufe0f'),
    Array.from(CODE)
      .map((c) => `${c}\u0307`)
      .join(''),
    '\u{1d7d5}\u{1d40a}\u{1d7d1}\u{1d410}\u{1d7d7}\u{1d405}',
    'BARBARA',
    '138001',
  ])('%s shows no code', (given) => {
    const name = cleanName(given) ?? ''
    const shown = unlikeCode(name)
    expect(seen(shown)).not.toMatch(/[0-9A-HJKMNP-TV-Z]{6}/)
    // Nothing is lost: the roster has the same name without the dots.
    expect(shown.replaceAll('·', '')).toBe(name.replaceAll('·', ''))
  })

  test('Cyrillic, Greek and circled letters that look alike are parted, too', () => {
    for (const given of ['ВКМНРСТХ', 'ΑΒΕΗΚΜΝ', 'ⒶⒷⒸⒹⒺⒻⒼ', '🅰🅱🅲🅳🅴🅵', 'ᴋʙʀᴍɴᴛ'])
      expect(unlikeCode(given)).toMatch(/^.{3}·/u)
  })

  test.each([
    '陈默',
    '欧阳娜娜小姐',
    'Barbara',
    'Jean-François',
    'McDonald',
    'さくらこちゃん',
    '김민수김민수',
    'Zoë',
    '王经理138',
  ])('%s stays as it is', (name) => {
    expect(unlikeCode(name)).toBe(name)
  })

  test('of any letters and digits has no six capitals or digits in a row', () => {
    const random = new SeededRandom(7)
    const letters = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZabk陈 -·\u200d')
    for (let i = 0; i < 3000; i++) {
      const name = Array.from({ length: 1 + random.below(32) }, () => random.pick(letters)).join('')
      expect(unlikeCode(name).replace(/\p{Cf}/gu, '')).not.toMatch(/[0-9A-HJKMNP-TV-Z]{6}/)
    }
  })

  test('stands before the true code, which is whole', () => {
    expect(watermarkOf({ name: CODE, code: 'ABCDEF' }, 0, 'Asia/Shanghai')).toBe(
      '7K3·Q9F ABCDEF 1970-01-01 08:00',
    )
  })
})
