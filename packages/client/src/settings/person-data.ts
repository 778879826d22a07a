import type { PersonCopy } from '@sealcard/protocol'
import { tables as headings } from '../words/dictionary/tables.js'
import type { Translate } from '../words/translate.js'

export interface PersonDataSummary {
  /** Tables that hold something, the longest first. */
  tables: { name: string; heading: string; rows: number; text: string }[]
  rows: number
}

/** So much of one table is shown; the copy has all. */
const SHOWN_MAX = 4_000

/** What a copy of a person's data holds, to look at. */
export const summaryOf = ({ tables }: PersonCopy, t: Translate): PersonDataSummary => {
  const filled = Object.entries(tables)
    .filter(([, { rows }]) => rows.length > 0)
    .map(([name, { rows }]) => ({
      name,
      heading: headingOf(name, t),
      rows: rows.length,
      text: shorten(textOf(rows)),
    }))
    .sort((a, b) => b.rows - a.rows)
  return { tables: filled, rows: filled.reduce((sum, { rows }) => sum + rows, 0) }
}

/** A newer service may have a table that these words do not know. */
const headingOf = (name: string, t: Translate): string =>
  `table.${name}` in headings ? t(`table.${name}` as keyof typeof headings) : name

/** The whole copy, as people keep it. */
export const textOfCopy = (copy: PersonCopy): string => JSON.stringify(copy, null, 2)

const textOf = (rows: readonly Record<string, unknown>[]) =>
  rows
    .map((row) =>
      Object.entries(row)
        .map(([field, value]) => `${field}: ${plain(value)}`)
        .join('\n'),
    )
    .join('\n\n')

const plain = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

const shorten = (text: string) => {
  const letters = Array.from(text)
  return letters.length > SHOWN_MAX ? `${letters.slice(0, SHOWN_MAX).join('')}…` : text
}
