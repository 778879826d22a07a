import type { Card, CardShare, CardSummary, ViewerOpenings } from '@sealcard/protocol'
import { cardDetails } from '../../src/card/card-details.js'
import { cardFacts } from '../../src/card/card-facts.js'
import { readerDetail } from '../../src/card/reader-detail.js'
import { shareTrouble } from '../../src/card/share-trouble.js'
import { refusalReason } from '../../src/open/refusal-reason.js'
import { formatTime } from '../../src/words/format-time.js'
import { translator } from '../../src/words/translate.js'

const t = translator('en')
const AT = '2026-01-31T08:05:00Z'
const at = formatTime(AT)
const card: Card = {
  id: 'c',
  title: 'T',
  body: 'B',
  policy: {},
  status: 'active',
  createdAt: AT,
}

describe('what a page says of a card', () => {
  it('is one sentence for each rule that the card has', () => {
    expect(cardFacts(card, null, t)).toEqual([`Written ${at}`])
    const policy = {
      expiresAt: AT,
      maxViewers: 2,
      maxOpensPerViewer: 3,
      watermark: true,
      allowCopy: true,
    }
    expect(cardFacts({ ...card, policy, status: 'revoked', revokedAt: AT }, null, t)).toEqual([
      `Written ${at}`,
      `Revoked ${at}`,
      'Max. 2 readers',
      'Max. 3 openings per reader',
      'Reader watermark',
      'Can be copied',
    ])
  })

  it('has one date: the earlier of the card’s end and the share’s', () => {
    const early = '2026-02-01T08:05:00Z'
    const late = '2026-05-01T08:05:00.000Z'
    const until = (time: string) => `Can be read until ${formatTime(time)}`
    const ends = (expiresAt: string | undefined, verifyUntil: string | null) =>
      cardFacts({ ...card, policy: { ...(expiresAt && { expiresAt }) } }, verifyUntil, t).slice(1)
    expect(ends(early, late)).toEqual([until(early)])
    expect(ends(late, early)).toEqual([until(early)])
    expect(ends(early, null)).toEqual([until(early)])
    expect(ends(undefined, late)).toEqual([until(late)])
    expect(ends(undefined, null)).toEqual([])
    const expired: Card = { ...card, policy: { expiresAt: early }, status: 'expired' }
    expect(cardFacts(expired, late, t).slice(1)).toEqual([`Expired ${formatTime(early)}`])
  })

  it('has the date of the share that can be opened longest, whichever share this page prepared', () => {
    const [early, late, later] = ['2026-02-01', '2026-05-01', '2026-06-01'].map(
      (day) => `${day}T08:05:00.000Z`,
    )
    const until = (time: string | undefined) => [`Can be read until ${formatTime(time ?? '')}`]
    const shown = (part: Partial<Card>, verifyUntil: string | null) =>
      cardFacts({ ...card, ...part }, verifyUntil, t).slice(1)
    const shares = [{} as CardShare]
    const ofAll = (readableUntil: string | undefined) =>
      ({ shares, ...(readableUntil && { readableUntil }) }) satisfies Partial<Card>
    expect(shown(ofAll(late), null)).toEqual(until(late))
    expect(shown(ofAll(late), early!)).toEqual(until(late))
    expect(shown(ofAll(late), later!)).toEqual(until(later))
    expect(shown({ ...ofAll(late), policy: { expiresAt: late! } }, later!)).toEqual(until(late))
    expect(shown(ofAll(undefined), null)).toEqual([])
    // It was never shared before: its own end alone is what the service knew.
    const never = { shares: [], readableUntil: later!, policy: { expiresAt: later! } }
    expect(shown(never, early!)).toEqual(until(early))
    expect(shown(never, null)).toEqual(until(later))
  })

  it('has a singular', () => {
    const policy = { maxViewers: 1, maxOpensPerViewer: 1 }
    expect(cardFacts({ ...card, policy }, null, t).slice(1)).toEqual([
      'Max. 1 reader',
      'Max. 1 opening per reader',
    ])
    expect(t('common.retry-after', { n: 1 })).toBe('Try again in 1 second.')
    expect(translator('zh')('policy.max-opens', { n: 1 })).toBe('每人最多看 1 次')
  })

  it('tells in a list of sent cards how many read it, and in received ones when', () => {
    const summary: CardSummary = {
      ...card,
      openings: { viewers: 2, total: 3, refused: 0, firstAt: AT, lastAt: AT },
    }
    expect(cardDetails('sent', summary, t)).toEqual(['Opened by 2', `Written ${at}`])
    expect(cardDetails('sent', summary, t, { shared: true })).not.toContain('Shared')
    const unread = { ...summary, openings: { ...summary.openings!, viewers: 0 } }
    expect(cardDetails('sent', unread, t, { shared: true })).toEqual([
      'Shared',
      'Not opened yet',
      `Written ${at}`,
    ])
    expect(cardDetails('sent', { ...unread, shared: false }, t)[0]).toBe('Not shared yet')
    expect(cardDetails('sent', { ...unread, shared: true }, t)[0]).toBe('Not opened yet')
    expect(cardDetails('received', { ...summary, openedAt: AT }, t)).toEqual([`Opened ${at}`])
    expect(cardDetails('received', summary, t)).toEqual([])
  })

  it('tells in the list until when a sent card can be read, while it can', () => {
    const ends: CardSummary = { ...card, expiresAt: AT, shared: true }
    expect(cardDetails('sent', ends, t)).toContain(`Can be read until ${at}`)
    expect(cardDetails('sent', { ...ends, status: 'revoked' }, t)).toEqual([`Written ${at}`])
  })

  it('tells its reader who sent a card, until when, how often still, and that they acknowledged', () => {
    const received: CardSummary = {
      ...card,
      openedAt: AT,
      expiresAt: AT,
      sender: { id: 's', code: '7K3Q9F', name: '林晓', nameFrom: 'platform' },
      opensLeft: 2,
      acknowledgedAt: AT,
    }
    expect(cardDetails('received', received, t)).toEqual([
      'Sent by 林晓 · 7K3Q9F',
      `Opened ${at}`,
      `Acknowledged ${at}`,
      `Can be read until ${at}`,
      'Openings left: 2.',
    ])
    expect(cardDetails('received', { ...received, opensLeft: 0 }, t).slice(3)).toEqual([
      'You have used all your openings.',
    ])
    expect(cardDetails('received', { ...received, status: 'expired' }, t)).toHaveLength(3)
  })

  it('tells of a reader when they opened it, and whether they acknowledged', () => {
    const reader = { viewer: { id: 'v' }, firstAt: AT, lastAt: AT, count: 1 } as ViewerOpenings
    const asked = { ...card, policy: { requireAcknowledgement: true } }
    expect(readerDetail(reader, card, t)).toBe(`First ${at}`)
    expect(readerDetail({ ...reader, count: 2 }, asked, t)).toBe(
      `First ${at}\nLast ${at}\nNot acknowledged`,
    )
    expect(readerDetail({ ...reader, acknowledgedAt: AT }, asked, t)).toContain(
      `✓ Acknowledged ${at}`,
    )
  })
})

describe('what a page says of a refusal', () => {
  it('names the platform where the platform is the reason', () => {
    expect(refusalReason({ kind: 'no-ticket', retryAfter: null }, 'wecom', t)).toContain('WeCom')
    expect(refusalReason({ kind: 'unsupported', retryAfter: null }, 'wechat', t)).toContain(
      'WeChat',
    )
  })

  it('says when to try again', () => {
    expect(refusalReason({ kind: 'rate-limited', retryAfter: 7 }, 'wecom', t)).toContain('7 sec')
    const state = { step: 'failed', reason: 'rate-limited', retryAfter: 7, canRetry: true } as const
    expect(shareTrouble(state, t)).toContain('7 sec')
    expect(shareTrouble({ ...state, reason: 'revoked', retryAfter: null }, t)).toBe(
      t('card.fail-revoked'),
    )
  })
})
