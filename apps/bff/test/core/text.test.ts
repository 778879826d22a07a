import { clipUtf8, csvLine, foreignMessage, oneLine, printable } from '../../src/core/text.js'

const HOSTILE = [
  ['line breaks', 'a\r\nb\nc\u0085d\u2028e\u2029f'],
  ['what moves a terminal', 'a\u001b[2Jb\u0007c\bd\u009bK'],
  ['NUL', 'a\0b'],
  ['what turns the direction', 'a\u202eb\u2066c\u200fd\u061ce'],
  ['half a character', 'a\ud800b'],
] as const
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
const PLAIN = ['误发，已收回', 'père', 'a "b" \\ {c} %s $1', '🙈']

describe('printable', () => {
  test.each(HOSTILE)('shows %s as a sign of its own', (_, text) => {
    const line = printable(text, 255)
    expect(line).not.toMatch(UNPRINTABLE)
    expect(line.isWellFormed()).toBe(true)
    expect(line).toMatch(/^a\ufffd.*[b-fK]$/)
  })

  test('keeps every word that people write', () => {
    for (const text of PLAIN) expect(printable(text, 255)).toBe(text)
  })

  test('cuts between characters', () => {
    expect(printable('🙈🙈🙈', 2)).toBe('🙈🙈')
  })
})

describe('oneLine', () => {
  test.each(HOSTILE)('has no %s', (_, text) => {
    const line = oneLine(text, 64)
    expect(line).not.toMatch(UNPRINTABLE)
    expect(line.isWellFormed()).toBe(true)
  })

  test('keeps every word that people write', () => {
    for (const text of PLAIN) expect(oneLine(text, 64)).toBe(text)
  })

  test('marks what it cuts off, and counts characters', () => {
    expect(oneLine('🙈🙈🙈', 2)).toBe('🙈…')
    expect(oneLine(' a\n\nb ', 3)).toBe('a b')
  })
})

describe('foreignMessage', () => {
  test('hides secrets, also where a line break follows, and is one line', () => {
    expect(foreignMessage('no hunter2\r\nfor hunter2', ['hunter2', ''])).toBe(
      'no [secret] for [secret]',
    )
  })

  test('hides a secret whole when a part of it is a secret too', () => {
    expect(foreignMessage('no hunter2-and-more', ['hunter2', 'hunter2-and-more'])).toBe(
      'no [secret]',
    )
  })

  test('has an end', () => {
    expect(foreignMessage('x'.repeat(1000), [])).toHaveLength(300)
  })
})

test('clipUtf8 cuts between characters and counts bytes', () => {
  expect(clipUtf8('密密密', 9)).toBe('密密密')
  expect(clipUtf8('密密密密', 9)).toBe('密密…')
})

test.each(['=1', '+1', '-1', '@a', '＝1', '＋1', '－1', '＠a', '\t=1', '\r=1', '\n=1', "'=1"])(
  'csvLine lets no spreadsheet run %j',
  (cell) => {
    expect(csvLine([cell])).toBe(`"'${cell}"\r\n`)
  },
)
