import type { PersonCopy } from '@sealcard/protocol'
import { summaryOf, textOfCopy } from '../../src/settings/person-data.js'

const copyOf = (tables: Record<string, Record<string, unknown>[]>): PersonCopy => ({
  format: 'sealcard.person.1',
  exportedAt: '2026-01-01T00:00:00Z',
  tables: Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [name, { columns: {}, rows }]),
  ),
})

describe('a person’s data, to look at', () => {
  it('has the filled tables, the longest first, each row with its fields', () => {
    const { tables, rows } = summaryOf(
      copyOf({ empty: [], one: [{ a: 1 }], two: [{ b: '第一行\n第二行' }, { b: null }] }),
    )
    expect(rows).toBe(3)
    expect(tables).toEqual([
      { name: 'two', rows: 2, text: 'b: 第一行\n第二行\n\nb: null' },
      { name: 'one', rows: 1, text: 'a: 1' },
    ])
  })

  it('cuts what is too long for a phone between two characters, and the copy is whole', () => {
    const copy = copyOf({ cards: [{ body: '🎉'.repeat(20_000) }] })
    const shown = summaryOf(copy).tables[0]?.text ?? ''
    expect(Array.from(shown)).toHaveLength(4_001)
    expect(shown.endsWith('🎉…')).toBe(true)
    expect(JSON.parse(textOfCopy(copy))).toEqual(copy)
  })
})
