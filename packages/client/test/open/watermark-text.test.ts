import { watermarkText } from '../../src/open/watermark-text.js'

const BEHIND = '7Q4K2P 2026-01-31 16:05'

describe('a watermark', () => {
  it.each([BEHIND, `陈默 ${BEHIND}`, `Chen Mo 👩‍👩‍👧‍👦 ${BEHIND}`])('%s is drawn as it is', (mark) => {
    expect(watermarkText(mark)).toBe(mark)
  })

  it('keeps code and time in one piece behind a name from right to left', () => {
    expect(watermarkText(`مرحبا بكم ${BEHIND}`)).toBe(`\u2068مرحبا بكم\u2069 ${BEHIND}`)
    expect(watermarkText(`\u202e陈默 ${BEHIND}`)).toBe(`\u2068陈默\u2069 ${BEHIND}`)
  })
})
