import type { ListedViewer, Offboarded } from '@sealcard/protocol'
import type { TranslateOf } from '@sealcard/client'
import { rowsOf } from './rows-of'
import type { peopleWords } from './words'

/** A spreadsheet runs a cell that begins so; a quote before it keeps it text. */
const FORMULA = /^[=+\-@\t\r]/

const cell = (text: string): string =>
  `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** The report as the address of a CSV file, with a byte order mark for spreadsheets. */
export const reportOf = (
  { id, code, name = '' }: ListedViewer,
  { sessions, cards, received, blocked, erased }: Offboarded,
  t: TranslateOf<typeof peopleWords>,
): string => {
  const rows: [string, string | number][] = [
    [t('name'), name],
    [t('code'), code],
    [t('id'), id],
    [t('offboard.sessions'), sessions],
    [t('offboard.cards'), cards],
    [t('offboard.received'), received],
    [t('offboard.blocked'), blocked ? t('yes') : t('no')],
    ...(erased ? [[t('offboard.erased'), rowsOf(erased)] satisfies [string, number]] : []),
  ]
  const text = rows.map((row) => row.map((value) => cell(String(value))).join(',')).join('\r\n')
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${text}\r\n`)}`
}
