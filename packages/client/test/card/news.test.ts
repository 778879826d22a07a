import type { Reader } from '@sealcard/kit'
import type { Card } from '@sealcard/protocol'
import { awaitsAcknowledgement, hasNews } from '../../src/card/news.js'

const AT = '2026-01-01T00:00:00.000Z'
const card = (part: Partial<Card> = {}): Card => ({
  id: 'c1',
  title: 'Bonus',
  body: 'words',
  policy: {},
  status: 'active',
  createdAt: AT,
  ...part,
})
const opened = (total: number) => ({
  openings: { viewers: 1, total, refused: 0, firstAt: AT, lastAt: AT },
})

it.each<[string, Card | null, Card, boolean]>([
  ['the same card', card(opened(1)), card(opened(1)), false],
  ['another opening', card(opened(1)), card(opened(2)), true],
  ['an end', card(), card({ status: 'expired' }), true],
  ['other rules', card(), card({ policy: { maxViewers: 1 } }), true],
  ['other words', card(), card({ body: 'others' }), false],
  ['the first answer', null, card(), true],
])('%s: news or not', (_, shown, now, news) => {
  expect(hasNews(shown, now)).toBe(news)
})

it('an acknowledgement is awaited where the card asks for it and a reader has given none', () => {
  const asks = card({ policy: { requireAcknowledgement: true } })
  const silent = { viewer: { id: 'a', code: '7K3Q9F' } } as Reader
  const done = { ...silent, acknowledgedAt: AT }
  expect(awaitsAcknowledgement(asks, [done, silent])).toBe(true)
  expect(awaitsAcknowledgement(asks, [done])).toBe(false)
  expect(awaitsAcknowledgement(card(), [silent])).toBe(false)
  expect(awaitsAcknowledgement(null, [])).toBe(false)
})
