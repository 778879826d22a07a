import { Injectable } from '@nestjs/common'
import type { AuditEntry, AuditPage, ListAudit } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { AuditEntryEntity } from '../../audit/audit.entities.js'
import { wireTime } from '../../core/time.js'
import { PageCursor, type Place } from '../../http/pagination/page-cursor.js'
import { withoutIndex, filterName, type Parameters, timeRange, within } from './keyset.js'
import { KnownFilters } from './known-filters.js'

/** Entries of all chains, newest first. */
@Injectable()
export class AuditList {
  constructor(
    private readonly storage: DataSource,
    private readonly cursors: PageCursor,
    private readonly known: KnownFilters,
  ) {}

  async page({ limit, cursor, ...filters }: ListAudit): Promise<AuditPage> {
    const { kind, actor, subject } = filters
    await this.known.check({ kind, actor, subject })
    const list = ['admin.audit', filterName(filters)]
    const after = await this.cursors.decode(list, cursor)
    const rows = await this.#rows(filters, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, rows, limit, placeOf)
    return { items: page.map(entryView), nextCursor }
  }

  #rows(filters: Filters, after: Place | undefined, take: number): Promise<AuditEntryEntity[]> {
    const range = timeRange(filters)
    const [seq = '', chain = ''] = after ? split(after.id) : []
    const { kind, actor, subject } = filters
    const parameters: Parameters = {
      ...range,
      ...(kind !== undefined && { kind }),
      ...(actor !== undefined && { actor }),
      ...(subject !== undefined && { subject }),
      ...(after && { afterAt: after.at, chain, seq: Number(seq) }),
    }
    const where = [
      ...conditions(filters),
      ...within('e.at', range),
      ...(after ? ['(e.at, e.chain_id, e.seq) < (:afterAt, :chain, :seq)'] : []),
    ]
    return this.storage.manager
      .createQueryBuilder(AuditEntryEntity, 'e')
      .where(where.length > 0 ? where.join(' AND ') : '1 = 1', parameters)
      .orderBy({ 'e.at': 'DESC', 'e.chainId': 'DESC', 'e.seq': 'DESC' })
      .limit(take)
      .getMany()
  }
}

type Filters = Omit<ListAudit, 'limit' | 'cursor'>

/** Uses the index that finds the fewest rows: subject; then actor and kind; then actor; then kind. */
const conditions = ({ kind, actor, subject }: Filters): string[] => [
  ...(subject === undefined ? [] : ['e.subject = :subject']),
  ...(actor === undefined
    ? []
    : [subject === undefined ? 'e.actor = :actor' : withoutIndex('e.actor', 'actor')]),
  ...(kind === undefined
    ? []
    : subject !== undefined
      ? [withoutIndex('e.kind', 'kind')]
      : ofKind(kind)),
]

/** Most entries are openings: they are read along the order. All other kinds have a partial index. */
const ofKind = (kind: string) =>
  kind === 'opening' ? [withoutIndex('e.kind', 'kind')] : ['e.kind = :kind', "e.kind <> 'opening'"]

const placeOf = ({ at, chainId, seq }: AuditEntryEntity): Place => ({ at, id: `${seq}_${chainId}` })

/** The id of an older chain may contain the separator. A number does not. */
const split = (id: string): [string, string] => {
  const cut = id.indexOf('_')
  return [id.slice(0, cut), id.slice(cut + 1)]
}

const entryView = (e: AuditEntryEntity): AuditEntry => ({
  chainId: e.chainId,
  seq: e.seq,
  at: wireTime(e.at),
  kind: e.kind,
  actor: e.actor,
  subject: e.subject,
  decision: e.decision,
  reason: e.reason,
  hash: e.hash,
})
