import { halvesOf, summaryOf } from '../stage/halves.mjs'
import { plain, relink } from '../stage/links.mjs'

const PAPER =
  '# 标题\n\n[English below](#english)\n\n中文。\n\n## 一\n\n## English\n\nEnglish.\n\n### One\n'

test('a paper is cut at its English half, and the link to it is gone', () => {
  const { zh, en } = halvesOf(PAPER)
  expect(zh.trim()).toBe('中文。\n\n## 一')
  expect(en.trim()).toBe('English.\n\n## One')
})

test('a second title begins the English half, too', () => {
  expect(halvesOf('# 标题\n\n中文。\n\n# Title\n\n## One\n').en.trim()).toBe('## One')
})

test('a last part that names itself in both languages belongs to both', () => {
  const { zh, en } = halvesOf(`${PAPER}\n## 全部 / All\n\nx\n`)
  expect(zh).toContain('## 全部 / All\n\nx')
  expect(en).toContain('## 全部 / All\n\nx')
})

test('a paper without an English half does not build', () => {
  expect(() => halvesOf('# 标题\n\n中文。\n')).toThrow('the paper has no English half')
})

test('a paper for engineers gives its summary to the Chinese page and the rest to the English one', () => {
  const { zh, en } = summaryOf(
    '# Limits\n\n[中文摘要](#中文摘要) · English\n\n## 中文摘要\n\n摘要。\n\n## One\n\nText.\n',
  )
  expect([zh.trim(), en.trim()]).toEqual(['摘要。', '## One\n\nText.'])
  expect(() => summaryOf('# Limits\n\n## One\n')).toThrow('中文摘要')
})

test.each([
  ['[servers](../servers.md#x)', '[servers](../backend/servers.md)'],
  ['[read.tsx](../../examples/a/read.tsx)', '`examples/a/read.tsx`'],
  ['[examples/a](../../examples/a)', '`examples/a`'],
  ['[the rules](https://example.com/)', '[the rules](https://example.com/)'],
  ['<img src="../images/bot.png" />', '<img src="../images/bot.png" />'],
])('the link %s of docs/adopt/taro.md becomes %s', (link, expected) => {
  expect(relink(link, 'docs/adopt/taro.md', '../', '../')).toBe(expected)
})

test('braces and tags of a paper are words; code stays as it is', () => {
  expect(plain('{{a}} <id> `{{b}} <id>` <br>')).toBe('&#123;&#123;a}} &lt;id> `{{b}} <id>` <br>')
})
