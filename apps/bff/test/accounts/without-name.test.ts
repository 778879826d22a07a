import { hasName, withoutName } from '../../src/accounts/admin-audit-entry.js'

describe('F6 a reason without the name of the person', () => {
  test.each([
    ['it is zhangsan', 'zhangsan', 'it is (name)'],
    ['it is ZhangSan, ZHANGSAN!', 'zhangsan', 'it is (name), (name)!'],
    ['zhangsan的卡片', 'zhangsan', '(name)的卡片'],
    ['x_zhangsan_x', 'zhangsan', 'x_(name)_x'],
    ['a.b+c (d) [e]', 'b+c (d)', 'a.(name) [e]'],
    ['oX-_1 left', 'oX-_1', '(name) left'],
    ['$& $1', 'zhangsan', '$& $1'],
  ])('%s', (reason, name, expected) => {
    expect(withoutName(reason, name)).toBe(expected)
    expect(hasName(reason, name)).toBe(expected !== reason)
  })

  test('a short name goes as a word, and leaves the words alone that it is part of', () => {
    expect(withoutName('li: a policy, by Li', 'li')).toBe('(name): a policy, by (name)')
    expect(withoutName('li的卡片', 'li')).toBe('(name)的卡片')
    expect(withoutName('a court order', '1')).toBe('a court order')
  })
})
