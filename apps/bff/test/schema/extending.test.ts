import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(__dirname, '../../../..')
const PAGES = path.join(ROOT, 'docs/extending')
/** What the paths of a page may be relative to; each page says so. */
const BASES = [
  '',
  'apps/bff',
  'apps/bff/src',
  'apps/bff/src/platforms',
  'packages/protocol/src',
  'packages/simulator',
  'packages/simulator/src',
]

/** Rows of tables, except those with a file that the reader is to make. */
const rowsOf = (page: string): string[] =>
  readFileSync(path.join(PAGES, page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.includes('(new)'))

describe('docs/extending', () => {
  it.each(readdirSync(PAGES))('%s names only files that exist', (page) => {
    const named = rowsOf(page).flatMap((row) =>
      [...row.matchAll(/`([\w./@-]+\/[\w./-]*)`/g)].map(([, name = '']) => name),
    )
    const missing = named.filter(
      (name) => !BASES.some((base) => existsSync(path.join(ROOT, base, name))),
    )
    expect(missing).toEqual([])
  })
})
