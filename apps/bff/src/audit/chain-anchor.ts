import { type EntityManager, In, LessThanOrEqual, Not } from 'typeorm'
import { AuditChainEntity, AuditEntryEntity, type Fact } from './audit.entities.js'
import { entryHash, type Place } from './entry-hash.js'

const KIND = 'audit.witness'
/** Looked at: the newest chains. Processes that live at the same time are few; one begins with every start and command. */
const NEWEST = 300

/** One chain states where another one stands. Who removes that whole chain must also rewrite this one, which is signed. */
export const anchorFact = ({ chainId, seq, hash }: Place): Fact => ({
  kind: KIND,
  actor: 'audit',
  subject: chainId,
  decision: 'seen',
  reason: `${seq}:${hash}`,
})

/** The place that an entry anchors; none for every other kind of entry. */
export const anchoredPlace = ({
  kind,
  subject,
  reason,
}: Pick<AuditEntryEntity, 'kind' | 'subject' | 'reason'>): Place | undefined => {
  if (kind !== KIND) return undefined
  const [seq = '', hash = ''] = reason.split(':')
  return { chainId: subject, seq: Number(seq), hash }
}

const placeOf = ({ id, headSeq, headHash }: AuditChainEntity): Place => ({
  chainId: id,
  seq: headSeq,
  hash: headHash,
})

const ORDER = { startedAt: 'DESC', id: 'DESC' } as const

const newest = (manager: EntityManager, own: string): Promise<AuditChainEntity[]> =>
  manager.find(AuditChainEntity, { where: { id: Not(own) }, order: ORDER, take: NEWEST })

export interface OtherHeads {
  /** The newest other chain, which a new one continues. */
  readonly follows: Place | undefined
  /** Where others stand, and nothing says so yet. */
  readonly unstated: readonly Place[]
  /** Nothing more is to be stated about these: the new chain does, or another one did. */
  readonly known: readonly string[]
}

/**
 * What a chain that begins at `at` states about the others. One whose start lies ahead, by a clock that was wrong, is not
 * continued: every later chain would continue that one, and none the ones between.
 */
export const headsAtStart = async (
  manager: EntityManager,
  own: string,
  at: number,
): Promise<OtherHeads> => {
  const begun = { id: Not(own), startedAt: LessThanOrEqual(at) }
  const follows = await manager.findOne(AuditChainEntity, { where: begun, order: ORDER })
  const chains = await newest(manager, own)
  const stated = await statedEnds(manager, chains)
  return {
    follows: follows ? placeOf(follows) : undefined,
    unstated: chains.filter(({ id }) => id !== follows?.id && !stated.has(id)).map(placeOf),
    known: chains.map(({ id }) => id),
  }
}

/**
 * Those of `chains` whose present head another one continues or anchors. Of the statements about a chain only the latest
 * counts: of one that lives for years there are many. Stating a head twice does no harm.
 */
const statedEnds = async (
  manager: EntityManager,
  chains: readonly AuditChainEntity[],
): Promise<ReadonlySet<string>> => {
  const followed = new Set(chains.map(({ followsId, followsSeq }) => `${followsId}:${followsSeq}`))
  const rows = await manager
    .createQueryBuilder(AuditChainEntity, 'c')
    .select('c.id', 'id')
    .addSelect(
      (latest) =>
        latest
          .select('e.reason')
          .from(AuditEntryEntity, 'e')
          .where('e.subject = c.id')
          .andWhere('e.kind = :kind', { kind: KIND })
          .orderBy('e.at', 'DESC')
          .limit(1),
      'reason',
    )
    .where({ id: In(chains.map(({ id }) => id)) })
    .getRawMany<{ id: string; reason: string | null }>()
  const latest = new Map(rows.map(({ id, reason }) => [id, reason]))
  const stated = chains.filter(
    (chain) =>
      followed.has(`${chain.id}:${chain.headSeq}`) ||
      latest.get(chain.id) === anchorFact(placeOf(chain)).reason,
  )
  return new Set(stated.map(({ id }) => id))
}

/** The newest chains that are not in `seen`. */
export const unseen = async (
  manager: EntityManager,
  own: string,
  seen: ReadonlySet<string>,
): Promise<Place[]> => (await newest(manager, own)).filter(({ id }) => !seen.has(id)).map(placeOf)

/** What the verification needs of an entry. */
export interface ChainLink {
  readonly seq: number
  readonly prevHash: string
  readonly hash: string
  /** Whether its hash is the hash of what it says. */
  readonly intact: boolean
  /** The place of another chain that it anchors. */
  readonly anchor?: Place
}

export const chainLinkOf = (entry: AuditEntryEntity): ChainLink => {
  const { seq, prevHash, hash } = entry
  const anchor = anchoredPlace(entry)
  return { seq, prevHash, hash, intact: entryHash(entry) === hash, ...(anchor && { anchor }) }
}
