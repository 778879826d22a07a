import { BffError, BffUnreachable } from '@sealcard/kit'
import { askTrouble, isLongNote, mayAsk } from '../../src/requests/ask.js'
import { translator } from '../../src/words/translate.js'

const t = translator('en')
const limited = (retryAfter: number | null) =>
  new BffError('ERR_RATE_LIMITED', 429, null, [], retryAfter)

describe('asking for access', () => {
  it('is offered where sharing again helps, and not where the phone or the network is at fault', () => {
    const offered = (
      ['not-recipient', 'no-ticket', 'revoked', 'expired', 'opens-used', 'places-taken'] as const
    ).map(mayAsk)
    expect(offered).toEqual(Array(6).fill(true))
    const not = (['unreachable', 'rate-limited', 'unsupported', 'setup'] as const).map(mayAsk)
    expect(not).toEqual(Array(4).fill(false))
  })

  it('takes a note of 100 characters, as people count them', () => {
    expect(isLongNote('🎉'.repeat(100))).toBe(false)
    expect(isLongNote(` ${'字'.repeat(100)} `)).toBe(false)
    expect(isLongNote('字'.repeat(101))).toBe(true)
  })

  it('says the limit of the day in words, and a shorter wait as one', () => {
    expect(askTrouble(limited(3600), t)).toBe(t('ask.limit'))
    expect(askTrouble(limited(null), t)).toBe(t('ask.limit'))
    expect(askTrouble(limited(2), t)).toBe('Too many requests. Try again in 2 seconds.')
    expect(askTrouble(new BffUnreachable(null), t)).toBe(t('error.unreachable'))
  })
})
