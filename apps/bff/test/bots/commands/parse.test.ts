import { readCommand, readGroupCommand, readPress } from '../../../src/bots/commands/parse.js'
import { writeKey } from '../../../src/bots/i18n/button-key.js'
import { languageOf } from '../../../src/bots/i18n/written-text.js'

describe('commands', () => {
  it.each([
    ['帮助', { name: 'help' }],
    [' help! ', { name: 'help' }],
    ['?', { name: 'help' }],
    ['我的卡片。', { name: 'cards' }],
    ['My Cards', { name: 'cards' }],
    ['ＳＴＡＴＳ', { name: 'stats' }],
    ['谁看过 周报', { name: 'who', card: '周报' }],
    ['谁看过了《周报》？', { name: 'who', card: '周报' }],
    ['谁打开过2', { name: 'who', card: '2' }],
    ['谁看过', { name: 'who', card: '' }],
    ['who has opened “Plan B”?', { name: 'who', card: 'plan b' }],
    ['撤回 周报', { name: 'revoke', card: '周报' }],
    ['revoke', { name: 'revoke', card: '' }],
    ['延期 周报 3 天', { name: 'extend', card: '周报', days: 3 }],
    ['延期周报３天', { name: 'extend', card: '周报', days: 3 }],
    ['延期 3 5天', { name: 'extend', card: '3', days: 5 }],
    ['延期 周报', { name: 'extend', card: '周报', days: undefined }],
    ['extend plan b by 1 day', { name: 'extend', card: 'plan b', days: 1 }],
    ['谁看过：周报', { name: 'who', card: '周报' }],
    ['谁看过: 周报', { name: 'who', card: '周报' }],
    ['谁看过 ：Q3：周报', { name: 'who', card: 'q3:周报' }],
    ['谁 看过 周报', { name: 'who', card: '周报' }],
    ['谁看过：', { name: 'who', card: '' }],
    ['撤回：１', { name: 'revoke', card: '1' }],
    ['延期：周报 3天', { name: 'extend', card: '周报', days: 3 }],
    ['延期：3 5天', { name: 'extend', card: '3', days: 5 }],
    ['延期：', { name: 'extend', card: '', days: undefined }],
    ['who opened: plan b', { name: 'who', card: 'plan b' }],
    ['Who opened：plan b', { name: 'who', card: 'plan b' }],
    ['revoke:plan', { name: 'revoke', card: 'plan' }],
    ['revoke : plan', { name: 'revoke', card: 'plan' }],
    ['extend: plan b 3 days', { name: 'extend', card: 'plan b', days: 3 }],
    ['extend "plan 7" 30 days', { name: 'extend', card: 'plan 7', days: 30 }],
  ])('%j', (text, command) => {
    expect(readCommand(text)).toEqual(command)
  })

  it.each(['', ' ', '你好', 'helpful', 'revoked plan', '请撤回', 'stats please'])(
    '%j is no command',
    (text) => {
      expect(readCommand(text)).toBeUndefined()
    },
  )

  it.each(['@封笺 帮助', '帮助 @封笺', '@Sealcard Desk help', '@a\u2005帮助', '帮助'])(
    'in a group, %j is help',
    (text) => {
      expect(readGroupCommand(text)).toEqual({ name: 'help' })
    },
  )

  it('a long text costs no more than a short one', () => {
    const starts = ['延期 ', '延期：', 'extend ', 'extend:', '@']
    const ends = [' 3', ': ', ' :3', '天']
    const hostile = starts.flatMap((start) => ends.map((end) => start + end.repeat(100_000)))
    for (const text of hostile) {
      readCommand(text)
      readGroupCommand(text)
    }
    for (const text of [`${'@'.repeat(200_000)} x`, '@ '.repeat(100_000), '@'.repeat(200_000)]) {
      expect(readGroupCommand(text)).toBeUndefined()
      languageOf(text)
    }
  })

  it.each([
    ['撤回 plan', 'zh'],
    ['revoke plan', 'en'],
    ['@封笺 help', 'en'],
    ['123', undefined],
  ])('the language of %j is %s', (text, language) => {
    expect(languageOf(text)).toBe(language)
  })
})

describe('the key of a button', () => {
  it.each([
    { name: 'help' },
    { name: 'cancel' },
    { name: 'who', cardId: 'A-_9' },
    { name: 'confirm', cardId: 'x' },
    { name: 'extend', cardId: 'x', days: 365 },
  ] as const)('%j comes back as it was', (press) => {
    for (const language of ['zh', 'en'] as const)
      expect(readPress(writeKey(language, press))).toEqual({ language, press })
  })

  it.each(['', 'help', 'fr:help', 'zh:confirm', 'zh:confirm:', 'zh:confirm:a b', 'zh:help:x'])(
    '%j is no key of this service',
    (key) => {
      expect(readPress(key)).toBeUndefined()
    },
  )
})
