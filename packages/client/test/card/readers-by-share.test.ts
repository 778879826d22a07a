import type { Reader } from '@sealcard/kit'
import type { CardShare } from '@sealcard/protocol'
import { readerKey, readersByShare } from '../../src/card/readers-by-share.js'

const reader = (id: string, share?: Reader['share']) =>
  ({ viewer: { id, code: '7K3Q9F' }, ...(share && { share }) }) as Reader
const FINANCE = { id: 's1', label: '财务群' }

it('readers stand with the share by which they came, and nobody is left out', () => {
  const readers = [
    reader('a', FINANCE),
    reader('b', { id: 's2' }),
    reader('c', FINANCE),
    reader('a', { id: 's2' }),
    reader('d'),
  ]
  const groups = readersByShare(readers)
  expect(
    groups.map(({ label, readers: who }) => [label, who.map(({ viewer }) => viewer.id)]),
  ).toEqual([
    ['财务群', ['a', 'c']],
    [undefined, ['b', 'a']],
    [undefined, ['d']],
  ])
  expect(new Set(readers.map(readerKey)).size).toBe(5)
})

it('a labelled share by which nobody came stands behind the others', () => {
  const shares = [
    { id: 's3', label: '老周' },
    { id: 's4' },
    { ...FINANCE, id: 's1' },
  ] as CardShare[]
  expect(readersByShare([reader('a', FINANCE)], shares)).toMatchObject([
    { id: 's1', label: '财务群', readers: [{ viewer: { id: 'a' } }] },
    { id: 's3', label: '老周', readers: [] },
  ])
})
