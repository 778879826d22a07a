import type { MemberPolicy } from '@sealcard/protocol'
import { breachesIn, sayRules } from '../../src/write/company-rules.js'
import { emptyDraft, type Draft } from '../../src/write/draft.js'
import { sayMistake } from '../../src/write/say-mistake.js'
import { translator } from '../../src/words/translate.js'

const free: MemberPolicy = { mayMakeCards: true, watermark: false }
const strict: MemberPolicy = {
  mayMakeCards: true,
  watermark: true,
  maxLifeDays: 7,
  maxViewers: 10,
  maxOpensPerViewer: 2,
  noCopy: true,
}
const draft = (part: Partial<Draft>): Draft => ({ ...emptyDraft, title: 'T', ...part })

describe('the company’s rules', () => {
  it.each<[Partial<Draft>, string[]]>([
    [{ expiry: 'week', maxViewers: '10', maxOpensPerViewer: '2' }, []],
    [{ expiry: 'month' }, ['too-long-life']],
    [{ expiry: 'never' }, []],
    [{ maxViewers: '11' }, ['over-max-viewers']],
    [{ maxOpensPerViewer: '3' }, ['over-max-opens']],
    [{ maxViewers: 'x' }, []],
    [{ allowCopy: true }, ['no-copy']],
    [
      { expiry: 'month', maxViewers: '11', maxOpensPerViewer: '3' },
      ['too-long-life', 'over-max-viewers', 'over-max-opens'],
    ],
  ])('%j', (part, breaches) => {
    expect(breachesIn(draft(part), strict)).toEqual(breaches)
    expect(breachesIn(draft(part), free)).toEqual([])
    expect(breachesIn(draft(part), null)).toEqual([])
    for (const breach of breachesIn(draft(part), strict)) {
      expect(sayMistake(breach, translator('zh'))).toContain('公司规定')
    }
  })

  it('are said one by one, and not at all where there are none', () => {
    expect(sayRules(free, translator('en'))).toEqual([])
    expect(sayRules(strict, translator('zh'))).toEqual([
      '卡片最长 7 天',
      '最多 10 人看',
      '每人最多看 2 次',
      '一律显示查看人水印',
      '不允许复制',
    ])
  })
})
