import { hash } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { type ChainLink, anchoredPlace } from './chain-anchor.js'
import { ENTRY_FORMAT, type Place } from './entry-hash.js'

const HEX = 64
/** The end of what is hashed: the quoted prevHash and the bracket. */
const TAIL = HEX + 2

/**
 * The database writes the canonical text of every entry, followed by its hash. It returns a page of entries as one value:
 * a million rows of ten values each would take most of a verification's time. If a database spells a text differently
 * from JSON.stringify, the entry looks changed; see `fastLinks`.
 */
const sqlFor = (storage: DataSource, page: number): string => {
  const postgres = storage.options.type === 'postgres'
  const text = (column: string) =>
    postgres ? `to_json(${column}::text)::text` : `json_quote(${column})`
  const fields = [
    text('chain_id'),
    'seq',
    '"at"',
    ...['kind', 'actor', 'subject', 'decision', 'reason', 'prev_hash'].map(text),
  ].join(` || ',' || `)
  const [chain, after] = postgres ? ['$1', '$2'] : ['?', '?']
  const all = postgres ? 'string_agg(line, chr(10) ORDER BY seq)' : 'group_concat(line, char(10))'
  return `SELECT ${all} AS lines FROM (
    SELECT seq, '["${ENTRY_FORMAT}",' || ${fields} || ']' || hash AS line
    FROM audit_entries WHERE chain_id = ${chain} AND seq > ${after} ORDER BY seq LIMIT ${page}) AS page`
}

/** @returns undefined when anything on the page is not as it should be: then it is read again, row by row */
export const fastLinks = async (
  storage: DataSource,
  chainId: string,
  after: number,
  page: number,
): Promise<ChainLink[] | undefined> => {
  const [row] = await storage.query<{ lines: string | null }[]>(sqlFor(storage, page), [
    chainId,
    after,
  ])
  if (!row?.lines) return []
  const start = `["${ENTRY_FORMAT}",${JSON.stringify(chainId)},`
  const links: ChainLink[] = []
  for (const line of row.lines.split('\n')) {
    const text = line.slice(0, -HEX)
    const own = line.slice(-HEX)
    const prevHash = text.slice(-TAIL, -2)
    const seq = parseInt(text.slice(start.length), 10)
    if (!text.startsWith(start) || !text.endsWith('"]') || hash('sha256', text, 'hex') !== own)
      return undefined
    const anchor = text.includes('"audit.witness"') ? anchorOf(text) : undefined
    links.push({ seq, prevHash, hash: own, intact: true, ...(anchor && { anchor }) })
  }
  return links
}

const anchorOf = (text: string): Place | undefined => {
  const [, , , , kind, , subject, , reason] = JSON.parse(text) as string[]
  return anchoredPlace({ kind: kind ?? '', subject: subject ?? '', reason: reason ?? '' })
}
