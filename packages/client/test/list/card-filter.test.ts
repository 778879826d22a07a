import {
  askedAfter,
  filterOptions,
  isFiltering,
  noFilter,
  optionsFor,
} from '../../src/list/card-filter.js'

it.each([
  ['', {}],
  ['奖', {}],
  ['  奖  ', {}],
  ['👍', {}],
  ['奖金', { q: '奖金' }],
  [' 季度 奖金 ', { q: '季度 奖金' }],
  ['a\ud83db\u0000', { q: 'ab' }],
  ['x'.repeat(100), { q: 'x'.repeat(64) }],
])('searching for %j asks for %j', (text, options) => {
  expect(filterOptions({ ...noFilter, text })).toEqual(options)
  expect(isFiltering(filterOptions({ ...noFilter, text }))).toBe('q' in options)
})

it('a status is asked for together with the words', () => {
  expect(filterOptions({ text: '奖金', status: 'expired' })).toEqual({
    q: '奖金',
    status: 'expired',
  })
  expect(isFiltering(filterOptions({ text: '', status: 'active' }))).toBe(true)
})

it('the same question stays the same object', () => {
  const asked = filterOptions({ text: '奖金', status: 'active' })
  expect(askedAfter(asked, { text: '奖金 ', status: 'active' })).toBe(asked)
  expect(askedAfter(asked, { text: '奖金', status: 'all' })).toEqual({ q: '奖金' })
  expect(askedAfter(asked, { text: '季度', status: 'active' })).toEqual({
    q: '季度',
    status: 'active',
  })
})

it('asks the received cards for a part of their title alone', () => {
  const asked = { q: '奖金', status: 'active' } as const
  expect(optionsFor('sent', asked)).toEqual(asked)
  expect(optionsFor('received', asked)).toEqual({ q: '奖金' })
  expect(isFiltering(optionsFor('received', { status: 'active' }))).toBe(false)
})
