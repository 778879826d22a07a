import type { DataSource } from 'typeorm'
import { csvLine } from '../core/text.js'
import { type AuditSource, DatabaseSource, PAGE } from './audit-source.js'
import type { AuditChainEntity, AuditEntryEntity } from './audit.entities.js'

const FORMATS = ['jsonl', 'csv'] as const
export type ExportFormat = (typeof FORMATS)[number]
export const isExportFormat = (text: string): text is ExportFormat =>
  (FORMATS as readonly string[]).includes(text)

/** The last whole entry of an export that was cut off. */
export interface ExportPlace {
  readonly chainId: string
  readonly seq: number
}

/** Whether an export can continue there. */
export const isExportPlace = async (storage: DataSource, { chainId, seq }: ExportPlace) =>
  (await new DatabaseSource(storage).entry(chainId, seq)) !== null

/**
 * The whole audit as text, a page at a time; memory does not grow with it. The service may run during the export. Each
 * chain is exported up to its head at the start of the export. So no exported anchor refers to an entry outside it. The
 * format is documented in README.md and checked by docs/audit-verify.mjs.
 * @param after the last entry of an earlier export, which this one continues, without the lines before the first entry
 */
export async function* exportAudit(
  storage: DataSource,
  format: ExportFormat,
  after?: ExportPlace,
): AsyncGenerator<string> {
  const source = new DatabaseSource(storage)
  const write = format === 'csv' ? csv : jsonl
  if (!after) yield write.head()
  const count = { chains: 0, entries: 0 }
  const chains = await source.chains()
  const first = after ? chains.findIndex(({ id }) => id === after.chainId) : 0
  for (const chain of chains.slice(first)) {
    const { id } = chain
    const begun = after?.chainId === id ? after.seq : 0
    if (begun === 0) {
      count.chains += 1
      yield write.chain(chain)
    }
    for await (const page of pages(source, chain, begun)) {
      count.entries += page.length
      yield page.map(write.entry).join('')
    }
    const checkpoints = await source.checkpoints(id)
    yield checkpoints
      .filter(({ seq }) => seq <= chain.headSeq)
      .map((checkpoint) => write.other({ type: 'checkpoint', ...checkpoint }))
      .join('')
    const { headSeq: seq, headHash: hash, headMac: mac } = chain
    yield write.other({ type: 'head', chainId: id, seq, hash, mac })
  }
  const place = after && `${after.chainId}:${after.seq}`
  yield write.other({ type: 'end', ...(place !== undefined && { after: place }), ...count })
}

async function* pages(source: AuditSource, { id, headSeq }: AuditChainEntity, after: number) {
  for (let seq = after; seq < headSeq;) {
    const page = await source.entries(id, seq)
    const told = page.filter((entry) => entry.seq <= headSeq)
    if (told.length > 0) yield told
    if (page.length < PAGE) return
    seq = page.at(-1)?.seq ?? headSeq
  }
}

/** The hashed fields in the hash's order, then the hash. */
const fields = (e: AuditEntryEntity) =>
  [
    ['chainId', e.chainId],
    ['seq', e.seq],
    ['at', e.at],
    ['kind', e.kind],
    ['actor', e.actor],
    ['subject', e.subject],
    ['decision', e.decision],
    ['reason', e.reason],
    ['prevHash', e.prevHash],
    ['hash', e.hash],
  ] as const

const line = (value: object) => `${JSON.stringify(value)}\n`

const jsonl = {
  head: () => line({ type: 'sealcard.audit.export', version: 1 }),
  chain: ({ id, startedAt, followsId, followsSeq }: AuditChainEntity) =>
    line({ type: 'chain', chainId: id, startedAt, followsId, followsSeq }),
  entry: (e: AuditEntryEntity) =>
    line({ type: 'entry', ...(Object.fromEntries(fields(e)) as object) }),
  other: line,
}

const csv = {
  head: () => 'chainId,seq,at,kind,actor,subject,decision,reason,prevHash,hash\r\n',
  chain: () => '',
  entry: (e: AuditEntryEntity) => csvLine(fields(e).map(([, value]) => value)),
  other: () => '',
}
