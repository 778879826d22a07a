import type { Card, CardSummary, ViewerOpenings } from '@sealcard/protocol'
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
    expect(cardFacts(card, t)).toEqual([`Written ${at}`])
    const policy = { expiresAt: AT, maxViewers: 2, maxOpensPerViewer: 3, watermark: true }
    expect(cardFacts({ ...card, policy, status: 'revoked', revokedAt: AT }, t)).toEqual([
      `Written ${at}`,
      `Revoked ${at}`,
      `Expires ${at}`,
      'Max. 2 readers',
      'Max. 3 openings per reader',
      'Reader watermark',
    ])
  })

  it('tells in a list of sent cards how many read it, and in received ones when', () => {
    const summary: CardSummary = {
      ...card,
      openings: { viewers: 2, total: 3, refused: 0, firstAt: AT, lastAt: AT },
    }
    expect(cardDetails('sent', summary, t)).toEqual(['Opened by 2', `Written ${at}`])
    expect(cardDetails('received', { ...summary, openedAt: AT }, t)).toEqual([`Opened ${at}`])
    expect(cardDetails('received', summary, t)).toEqual([])
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
