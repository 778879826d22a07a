import { joinUrl, resolvePath, splitUrl } from './package'
import { assertPlain } from './plain'

test.each([
  ['/pages/a/index?x=1&y=%E5%A5%BD', 'pages/a/index', { x: '1', y: '%E5%A5%BD' }],
  ['pages/a/index', 'pages/a/index', {}],
  ['/pages/a/index?x=a=b&empty&', 'pages/a/index', { x: 'a=b', empty: '' }],
  ['/pages/a/index.html?s=1', 'pages/a/index', { s: '1' }],
])('%s', (url, route, query) => {
  expect(splitUrl(url)).toEqual({ route, query })
})

test('paths are resolved from the file that names them', () => {
  expect(resolvePath('pages/a/index', '../../comp')).toBe('comp')
  expect(resolvePath('pages/a/index', './b')).toBe('pages/a/b')
  expect(resolvePath('pages/a/index', '/c/d')).toBe('c/d')
  expect(joinUrl('pages/a', { x: '1', y: '2' })).toBe('pages/a?x=1&y=2')
})

test.each([
  ['a function', { a: () => {} }, 'setData.a: a function cannot be sent'],
  ['a symbol', { a: [Symbol('x')] }, 'setData.a.0: a symbol cannot be sent'],
])('%s cannot go to the view layer', (_name, value, message) => {
  expect(() => assertPlain(value, 'setData')).toThrow(message)
})

test('the same object twice is fine, a circle is not', () => {
  const shared = { x: 1 }
  expect(() => assertPlain({ a: shared, b: shared }, 'setData')).not.toThrow()
  const circle: Record<string, unknown> = {}
  circle.self = circle
  expect(() => assertPlain(circle, 'setData')).toThrow('setData.self: cyclic')
})
