import { CreateCard } from '@sealcard/protocol'
import fc from 'fast-check'
import {
  count,
  emptyDraft,
  EXPIRIES,
  mistakesIn,
  toCreateCard,
  type Draft,
} from '../../src/write/draft.js'
import { sayMistake } from '../../src/write/say-mistake.js'
import { translator } from '../../src/words/translate.js'

const NOW = Date.parse('2026-01-01T00:00:00Z')
const draft = (part: Partial<Draft> = {}): Draft => ({ ...emptyDraft, title: 'T', ...part })

describe('mistakes in a draft', () => {
  it.each<[Partial<Draft>, string[]]>([
    [{}, []],
    [{ title: '' }, ['need-title']],
    [{ title: ' \n' }, ['need-title']],
    [{ title: '封'.repeat(64) }, []],
    [{ title: '😀'.repeat(64) }, []],
    [{ title: '封'.repeat(65) }, ['too-long-title']],
    [{ body: 'x'.repeat(20_000) }, []],
    [{ body: 'x'.repeat(20_001) }, ['too-long-body']],
    [{ maxViewers: '1', maxOpensPerViewer: ' 100000 ' }, []],
    [{ maxViewers: '0' }, ['bad-max-viewers']],
    [{ maxViewers: '1.5' }, ['bad-max-viewers']],
    [{ maxOpensPerViewer: '100001' }, ['bad-max-opens']],
    [{ maxOpensPerViewer: '-1' }, ['bad-max-opens']],
    [{ title: '', maxViewers: 'x' }, ['need-title', 'bad-max-viewers']],
  ])('%#', (part, mistakes) => {
    expect(mistakesIn(draft(part))).toEqual(mistakes)
  })

  it('have words', () => {
    const all = mistakesIn(
      draft({ title: '', body: 'x'.repeat(20_001), maxViewers: '0', maxOpensPerViewer: '0' }),
    )
    expect(all.map((mistake) => sayMistake(mistake, translator('en')))).toEqual([
      'A title is needed',
      'The text has at most 20000 characters',
      expect.stringContaining('Max. readers'),
      expect.stringContaining('Max. openings per reader'),
    ])
    expect(sayMistake('too-long-title', translator('en'))).toContain('64')
  })
})

describe('what is sent', () => {
  it('carries only what was asked for', () => {
    const bare = draft({ expiry: 'never', watermark: false })
    expect(toCreateCard(bare, NOW)).toEqual({ title: 'T', body: '', policy: {} })
  })

  it('carries every choice', () => {
    const full = draft({
      title: ' T ',
      body: ' b\n',
      expiry: 'day',
      maxViewers: '5',
      maxOpensPerViewer: '2',
      requireAcknowledgement: true,
      guardCapture: true,
      allowCopy: true,
    })
    expect(toCreateCard(full, NOW)).toEqual({
      title: 'T',
      body: ' b\n',
      policy: {
        expiresAt: '2026-01-02T00:00:00.000Z',
        maxViewers: 5,
        maxOpensPerViewer: 2,
        requireAcknowledgement: true,
        watermark: true,
        guardCapture: true,
        allowCopy: true,
      },
    })
  })

  it('is accepted by the schema whenever the draft has no mistake', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\ud800a\udc00\u0000'))
    const limit = fc.oneof(fc.constant(''), fc.integer({ min: -5, max: 200_000 }).map(String))
    const drafts: fc.Arbitrary<Draft> = fc.record({
      // A title of nothing but what cannot be stored is a separate matter, see below.
      title: text.map((t) => `x${t}`),
      body: text,
      expiry: fc.constantFrom(...EXPIRIES),
      maxViewers: limit,
      maxOpensPerViewer: limit,
      requireAcknowledgement: fc.boolean(),
      watermark: fc.boolean(),
      guardCapture: fc.boolean(),
      allowCopy: fc.boolean(),
    })
    fc.assert(
      fc.property(drafts, (any) => {
        fc.pre(mistakesIn(any).length === 0)
        expect(CreateCard.safeParse(toCreateCard(any, NOW)).error).toBeUndefined()
      }),
    )
  })

  it('a title that leaves nothing to store is a missing title', () => {
    expect(mistakesIn(draft({ title: '\u0000 \ud800' }))).toEqual(['need-title'])
  })
})

it('counts as people do', () => {
  expect(count('a😀封')).toBe(3)
})
