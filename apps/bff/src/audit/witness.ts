import { type EntityManager, Not } from 'typeorm'
import { AuditChainEntity } from './audit-chain.entity.js'
import { AuditEntryEntity } from './audit-entry.entity.js'
import type { Place } from './entry-hash.js'
import type { Fact } from './fact.js'

const KIND = 'audit.witness'
/** Looked at: the newest chains. Processes that live at the same time are few. */
const NEWEST = 100

/** One chain says where another one stands. Whoever removes that one whole must then rewrite this one, which is signed. */
export const witnessFact = ({ chainId, seq, hash }: Place): Fact => ({
  kind: KIND,
  actor: 'audit',
  subject: chainId,
  decision: 'seen',
  reason: `${seq}:${hash}`,
})

/** The place that an entry witnesses; none for every other kind of entry. */
export function witnessed({
  kind,
  subject,
  reason,
}: Pick<AuditEntryEntity, 'kind' | 'subject' | 'reason'>): Place | undefined {
  if (kind !== KIND) return undefined
  const [seq = '', hash = ''] = reason.split(':')
  return { chainId: subject, seq: Number(seq), hash }
}

const placeOf = ({ id, headSeq, headHash }: AuditChainEntity): Place => ({
  chainId: id,
  seq: headSeq,
  hash: headHash,
})

const newest = (manager: EntityManager, own: string): Promise<AuditChainEntity[]> =>
  manager.find(AuditChainEntity, {
    where: { id: Not(own) },
    order: { startedAt: 'DESC', id: 'DESC' },
    take: NEWEST,
  })

export interface Others {
  /** The newest other chain, which a new one continues. */
  readonly follows: Place | undefined
  /** Those that wrote after that one began: nothing has stated where they stand since. */
  readonly alive: readonly Place[]
  /** Nothing more is to be stated about these. */
  readonly known: readonly string[]
}

/** What a chain that begins states about the others. Older ones were stated when the one it continues began. */
export async function othersAtStart(manager: EntityManager, own: string): Promise<Others> {
  const chains = await newest(manager, own)
  const known = chains.map(({ id }) => id)
  const [follows, ...rest] = chains
  if (!follows) return { follows: undefined, alive: [], known }
  const alive: Place[] = []
  for (const chain of rest) {
    const where = { chainId: chain.id, seq: chain.headSeq }
    const last = await manager.findOneBy(AuditEntryEntity, where)
    if (!last || last.at >= follows.startedAt) alive.push(placeOf(chain))
  }
  return { follows: placeOf(follows), alive, known }
}

/** The newest chains that are not in `seen`. */
export const unseen = async (
  manager: EntityManager,
  own: string,
  seen: ReadonlySet<string>,
): Promise<Place[]> => (await newest(manager, own)).filter(({ id }) => !seen.has(id)).map(placeOf)
