import type { SubscriptionValues } from '../../../src/platforms/registry/subscription-platform.js'
import { templateData } from '../../../src/platforms/wechat/subscription-template.js'

const at = Date.parse('2026-01-31T08:00:00Z')
const values = (change: Partial<SubscriptionValues> = {}): SubscriptionValues => ({
  title: '季度奖金',
  who: { name: '陈默', code: '7K3Q9F' },
  count: 1,
  note: '',
  at,
  ...change,
})
const fields = {
  thing1: 'title',
  thing2: 'who',
  name3: 'who',
  number4: 'count',
  time5: 'time',
  thing6: 'note',
  phrase7: { text: '已打开' },
} as const
const filled = (
  change: Partial<SubscriptionValues> = {},
  language: 'zh' | 'en' = 'zh',
  timeZone?: string,
) => {
  const data = templateData({ id: 'x', fields }, { language, values: values(change) }, timeZone)
  return Object.fromEntries(Object.entries(data).map(([keyword, { value }]) => [keyword, value]))
}

test('each keyword of a template gets its value', () => {
  expect(filled()).toEqual({
    thing1: '季度奖金',
    thing2: '陈默 7K3Q9F',
    name3: '陈默',
    number4: '1',
    time5: '2026-01-31 16:00',
    thing6: '—',
    phrase7: '已打开',
  })
})

test('several people are one line, in the language of the owner', () => {
  expect(filled({ count: 4 })['thing2']).toBe('陈默 7K3Q9F等 4 人')
  expect(filled({ count: 4 }, 'en')['thing2']).toBe('陈默 7K3Q9F +3')
})

test('times are in the time zone of the app', () => {
  expect(filled({}, 'zh', 'Europe/Berlin')['time5']).toBe('2026-01-31 09:00')
})

test('a person without a name is shown by the code, and where only a name fits as a reader', () => {
  const nameless = { who: { code: '7K3Q9F' } }
  expect(filled(nameless)).toMatchObject({ thing2: '7K3Q9F', name3: '读者' })
  expect(filled(nameless, 'en')['name3']).toBe('Reader')
})

test('a long name is cut before the code and the number of others', () => {
  const who = { name: '欧阳娜娜的第一个超级长的名字', code: '7K3Q9F' }
  const text = filled({ who, count: 12 })['thing2'] ?? ''
  expect(text).toMatch(/^欧阳.*… 7K3Q9F等 12 人$/)
  expect(text.length).toBeLessThanOrEqual(20)
})

test.each([
  ['emoji', '😀'.repeat(40)],
  ['letters', 'x'.repeat(64)],
  ['lines and directions', `a\n\u202eb${'字'.repeat(60)}`],
  ['half a character at the limit', `${'字'.repeat(18)}😀😀`],
])('a title of %s is one line of at most 20 units', (_, title) => {
  const text = filled({ title })['thing1'] ?? ''
  expect(text.length).toBeLessThanOrEqual(20)
  expect(text.isWellFormed()).toBe(true)
  expect(text).not.toMatch(/[\n\u202e]/)
  expect(text.endsWith('…')).toBe(true)
})

test.each([
  ['陈默😀123', '陈默'],
  ['Müller-Lüdenscheidt von und zu', 'Müller-Lüdenscheidt'],
  ['司马相如司马相如司马相如', '司马相如司马相如司马'],
  ['12345', '读者'],
])('the name %s becomes %s, as the kind takes it', (name, expected) => {
  expect(filled({ who: { name, code: '7K3Q9F' } })['name3']).toBe(expected)
})
