import type { Opening } from '@sealcard/protocol'
import { burnsAfter, minutes } from '../../src/open/burn.js'

const opening = (policy: object, body = '') => ({
  card: { id: 'c', title: 'T', body, policy } satisfies Opening['card'],
})

describe('words that burn after reading', () => {
  it('stay a minute, and a second for five characters', () => {
    expect(burnsAfter(opening({ maxOpensPerViewer: 1 }))).toBe(60_000)
    expect(burnsAfter(opening({ maxOpensPerViewer: 1 }, '😀'.repeat(50)))).toBe(70_000)
  })

  it.each([[{}], [{ maxOpensPerViewer: 2 }], [{ maxViewers: 1 }]])(
    'are those of a card that each person opens once, not %j',
    (policy) => {
      expect(burnsAfter(opening(policy, 'words'))).toBeNull()
    },
  )

  it.each([
    [61_000, '1:01'],
    [60_001, '1:01'],
    [1, '0:01'],
    [0, '0:00'],
    [4_060_000, '67:40'],
  ])('%d ms are shown as %s', (ms, shown) => {
    expect(minutes(ms)).toBe(shown)
  })
})
