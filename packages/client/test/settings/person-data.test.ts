import type { PersonCopy } from '@sealcard/protocol'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { summaryOf, textOfCopy } from '../../src/settings/person-data.js'
import { tables as headings } from '../../src/words/dictionary/tables.js'
import { translator } from '../../src/words/translate.js'

const t = translator('en')

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
      t,
    )
    expect(rows).toBe(3)
    expect(tables).toEqual([
      { name: 'two', heading: 'two', rows: 2, text: 'b: 第一行\n第二行\n\nb: null' },
      { name: 'one', heading: 'one', rows: 1, text: 'a: 1' },
    ])
  })

  it('has a heading in words for each table that the service has of a person', () => {
    const list = readFileSync(
      path.resolve(__dirname, '../../../../docs/generated/tables.md'),
      'utf8',
    )
    const ofPerson = list.slice(list.indexOf('\n## A person'))
    const names = [...ofPerson.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => String(name))
    expect(names).toContain('cards')
    expect(Object.keys(headings).sort()).toEqual(
      [...new Set(names)].map((n) => `table.${n}`).sort(),
    )
    expect(summaryOf(copyOf({ shares: [{ a: 1 }] }), t).tables[0]?.heading).toBe('My shares')
  })

  it('cuts what is too long for a phone between two characters, and the copy is whole', () => {
    const copy = copyOf({ cards: [{ body: '🎉'.repeat(20_000) }] })
    const shown = summaryOf(copy, t).tables[0]?.text ?? ''
    expect(Array.from(shown)).toHaveLength(4_001)
    expect(shown.endsWith('🎉…')).toBe(true)
    expect(JSON.parse(textOfCopy(copy))).toEqual(copy)
  })
})
