import { compileStyle } from '../../src/weapp/styles.js'

const css = (source: string, more: Record<string, string> = {}): string => {
  const files: Record<string, string> = { 'a.wxss': source, ...more }
  const result = compileStyle('a.wxss', (file) => files[file] ?? null)
  if ('problem' in result) throw new Error(result.problem.message)
  return result.css.replace(/\s+/g, ' ').trim()
}

test.each([
  ['.a { width: 750rpx }', '.a { width: 100vw }'],
  ['.a { margin: -7.5rpx .75rpx 0 }', '.a { margin: -1vw 0.1vw 0 }'],
  ['page { color: red }', 'wx-page-box { color: red }'],
  ['page .page, .x > page:first-child {}', 'wx-page-box .page, .x > wx-page-box:first-child {}'],
  ['.homepage {}', '.homepage {}'],
  [
    '@media (prefers-color-scheme: dark) { page { --a: 1 } }',
    ":where(html[data-theme='dark']) wx-page-box { --a: 1 }",
  ],
  [
    '@media (prefers-color-scheme: dark) and (min-width: 300px) { .a, .b { top: 0 } }',
    "@media (min-width: 300px) { :where(html[data-theme='dark']) .a, :where(html[data-theme='dark']) .b { top: 0 } }",
  ],
  ['@media (min-width: 300px) { .a { top: 0 } }', '@media (min-width: 300px) { .a { top: 0 } }'],
])('%s', (source, expected) => {
  expect(css(source)).toBe(expected)
})

test('an import is taken in', () => {
  expect(css('@import "./b.wxss"; .a {}', { 'b.wxss': '.b { top: 75rpx }' })).toBe(
    '.b { top: 10vw } .a {}',
  )
})

test('an import that is not there is an error', () => {
  expect(() => css('@import "./gone.wxss";')).toThrow('no such file: ./gone.wxss')
})
