import { labelOf } from '../../src/card/share-label.js'

it.each([
  ['', undefined],
  ['  ', undefined],
  ['\n\t', undefined],
  ['  财务群 ', '财务群'],
  ['a\nb\u0000\u2028c', 'a b c'],
  ['👩‍👩‍👧'.repeat(20), Array.from('👩‍👩‍👧'.repeat(20)).slice(0, 32).join('')],
  ['x'.repeat(31) + ' y', 'x'.repeat(31)],
  ['a\ud83d', 'a'],
  ['مجموعة المالية', 'مجموعة المالية'],
])('the label %j is sent as %j', (typed, label) => {
  expect(labelOf(typed)).toBe(label)
})
