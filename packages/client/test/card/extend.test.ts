import type { Card } from '@sealcard/protocol'
import { canExtend, extendedBy, extendedTo, firstDay } from '../../src/card/extend.js'

const NOW = Date.parse('2026-01-31T08:05:00Z')
const DAY = 24 * 60 * 60 * 1000
const iso = (after: number) => new Date(NOW + after).toISOString()
const dayOf = (at: number) => firstDay(card(undefined), at)
const card = (expiresAt: string | undefined, status: Card['status'] = 'active') =>
  ({ policy: expiresAt ? { expiresAt } : {}, status }) as Card

describe('extending a card', () => {
  it('counts from its end, or from now where that is over', () => {
    expect(extendedBy(card(iso(DAY)), 'day', NOW)).toBe(iso(2 * DAY))
    expect(extendedBy(card(iso(DAY)), 'week', NOW)).toBe(iso(8 * DAY))
    expect(extendedBy(card(iso(-30 * DAY), 'expired'), 'day', NOW)).toBe(iso(DAY))
  })

  it('to a date lasts to the end of that day on this phone', () => {
    const over = card(iso(-DAY), 'expired')
    const today = dayOf(NOW)
    expect(dayOf(Date.parse(extendedTo(over, today, NOW) ?? ''))).toBe(today)
    const later = extendedTo(over, dayOf(NOW + 40 * DAY), NOW) ?? ''
    expect(new Date(later).getHours()).toBe(23)
    expect(dayOf(Date.parse(later))).toBe(dayOf(NOW + 40 * DAY))
  })

  it.each(['', 'soon', '2026-1-1', '2025-12-31', '2026-01-30'])('to %j is none', (day) => {
    expect(extendedTo(card(iso(-DAY), 'expired'), day, NOW)).toBeNull()
  })

  it('never to a date before its end: that would shorten it', () => {
    const running = card(iso(10 * DAY))
    expect(extendedTo(running, dayOf(NOW + 5 * DAY), NOW)).toBeNull()
    expect(firstDay(running, NOW)).toBe(dayOf(NOW + 10 * DAY))
    expect(firstDay(card(iso(-DAY), 'expired'), NOW)).toBe(dayOf(NOW))
    expect(extendedTo(running, dayOf(NOW + 11 * DAY), NOW)).not.toBeNull()
  })

  it('is there for a card with an end, expired or not, but not for a revoked one', () => {
    expect(canExtend(card(iso(DAY)))).toBe(true)
    expect(canExtend(card(iso(-DAY), 'expired'))).toBe(true)
    expect(canExtend(card(undefined))).toBe(false)
    expect(canExtend(card(iso(DAY), 'revoked'))).toBe(false)
  })
})
