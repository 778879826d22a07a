import type { Card, Policy } from '@sealcard/protocol'
import { changeOf, copyOf, toCardChange } from '../../src/write/change-card.js'
import { mistakesIn } from '../../src/write/draft.js'

const NOW = Date.parse('2026-01-31T08:05:00Z')
const HOUR = 60 * 60 * 1000
const iso = (after: number) => new Date(NOW + after).toISOString()

const card = (policy: Policy = {}): Card => ({
  id: 'c',
  title: '季度奖金',
  body: '18,000 元',
  policy,
  status: 'active',
  createdAt: iso(0),
})
const FULL: Policy = {
  expiresAt: iso(24 * HOUR),
  maxViewers: 2,
  maxOpensPerViewer: 3,
  requireAcknowledgement: true,
  watermark: true,
  guardCapture: true,
  allowCopy: true,
}

describe('changing a card', () => {
  it.each([[{}], [FULL], [{ watermark: false }], [{ expiresAt: '2026-02-01T00:00:00Z' }]])(
    'that is left as it is sends nothing: %j',
    (policy) => {
      const draft = changeOf(card(policy))
      expect(mistakesIn(draft)).toEqual([])
      expect(toCardChange(card(policy), draft, NOW + HOUR)).toBeNull()
    },
  )

  it('sends what changed, and null for a rule that goes', () => {
    const draft = changeOf(card(FULL))
    expect(toCardChange(card(FULL), { ...draft, title: ' 年终奖 ' }, NOW)).toEqual({
      title: '年终奖',
    })
    expect(toCardChange(card(FULL), { ...draft, body: '' }, NOW)).toEqual({ body: '' })
    expect(toCardChange(card(FULL), { ...draft, maxViewers: '' }, NOW)).toEqual({
      policy: { maxViewers: null },
    })
    expect(toCardChange(card(FULL), { ...draft, expiry: 'week' }, NOW)).toEqual({
      policy: { expiresAt: iso(7 * 24 * HOUR) },
    })
    expect(toCardChange(card(FULL), { ...draft, allowCopy: false }, NOW)).toEqual({
      policy: { allowCopy: null },
    })
    expect(toCardChange(card(FULL), { ...draft, expiry: 'never' }, NOW)).toEqual({
      policy: { expiresAt: null },
    })
    const off = { ...draft, watermark: false, guardCapture: false, maxOpensPerViewer: '5' }
    expect(toCardChange(card(FULL), off, NOW)).toEqual({
      policy: { watermark: null, guardCapture: null, maxOpensPerViewer: 5 },
    })
  })
})

describe('a copy of a card', () => {
  it('has its words and its rules', () => {
    const { title, body, maxViewers, guardCapture, allowCopy } = copyOf(card(FULL))
    expect({ title, body, maxViewers, guardCapture, allowCopy }).toEqual({
      title: '季度奖金',
      body: '18,000 元',
      maxViewers: '2',
      guardCapture: true,
      allowCopy: true,
    })
  })

  it.each([
    [1, 'hour'],
    [23, 'day'],
    [24, 'day'],
    [25, 'week'],
    [30 * 24, 'month'],
    [365 * 24, 'week'],
  ])('of one that was to live %d hours lives a %s', (hours, expiry) => {
    expect(copyOf(card({ expiresAt: iso(hours * HOUR + 30_000) })).expiry).toBe(expiry)
  })

  it('of one without an end has none', () => {
    expect(copyOf(card()).expiry).toBe('never')
  })
})
