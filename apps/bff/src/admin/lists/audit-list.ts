import { Injectable } from '@nestjs/common'
import type { AuditEntry, AuditPage, ListAudit, Named } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { AuditEntryEntity } from '../../audit/audit.entities.js'
import { wireTime } from '../../core/time.js'
import { PageCursor, type Place } from '../../http/pagination/page-cursor.js'
import { AuditNames } from './audit-names.js'
import { withoutIndex, filterName, timeRange, within } from './keyset.js'
import { KnownFilters } from './known-filters.js'

/** Entries of all chains, newest first. */
@Injectable()
export class AuditList {
  constructor(
    private readonly storage: DataSource,
    private readonly cursors: PageCursor,
    private readonly known: KnownFilters,
    private readonly names: AuditNames,
  ) {}

  async page({ limit, cursor, ...filters }: ListAudit): Promise<AuditPage> {
    const { kind, actor, subject } = filters
    await this.known.check({ kind, actor, subject })
    const { entries, nextCursor } = await this.entries('admin.audit', filters, { limit, cursor })
    const named = await this.names.of(entries.flatMap((entry) => [entry.actor, entry.subject]))
    return { items: entries.map((entry) => entryView(entry, named)), nextCursor }
  }

  /** A page of entries as they are. @param name of the list, for its cursors */
  async entries(
    name: string,
    filters: Filters,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<{ entries: AuditEntryEntity[]; nextCursor: string | null }> {
    const list = [name, filterName(filters)]
    const after = await this.cursors.decode(list, cursor)
    const rows = await this.#rows(filters, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, rows, limit, placeOf)
    return { entries: page, nextCursor }
  }

  #rows(filters: Filters, after: Place | undefined, take: number): Promise<AuditEntryEntity[]> {
    const range = timeRange(filters)
    const [seq = '', chain = ''] = after ? split(after.id) : []
    const { kind, kinds, actor, subject } = filters
    const parameters: Record<string, string | number | readonly string[]> = {
      ...range,
      ...(kind !== undefined && { kind }),
      ...(kinds !== undefined && { kinds }),
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

interface Filters extends Omit<ListAudit, 'limit' | 'cursor'> {
  /** Any of them. */
  readonly kinds?: readonly string[]
}

/** Uses the index that finds the fewest rows: subject; then actor and kind; then actor; then kind. */
const conditions = ({ kind, kinds, actor, subject }: Filters): string[] => [
  // Along the order: most entries are of these kinds.
  ...(kinds === undefined ? [] : ["(e.kind || '') IN (:...kinds)"]),
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

const entryView = (e: AuditEntryEntity, named: (id: string) => Named): AuditEntry => ({
  chainId: e.chainId,
  seq: e.seq,
  at: wireTime(e.at),
  kind: e.kind,
  actor: e.actor,
  subject: e.subject,
  decision: e.decision,
  reason: e.reason,
  hash: e.hash,
  by: named(e.actor),
  about: named(e.subject),
})
