import { Injectable } from '@nestjs/common'
import { And, DataSource, type EntityManager, In, IsNull, LessThan, MoreThan, Not } from 'typeorm'
import type { Place } from '../../http/pagination/page-cursor.js'
import { CardViewerEntity } from '../cards/card.entity.js'
import { OpeningEntity, ProofEntity } from './opening.entity.js'

@Injectable()
export class OpeningRepository {
  constructor(private readonly storage: DataSource) {}

  insert(manager: EntityManager, opening: OpeningEntity): Promise<unknown> {
    return manager.insert(OpeningEntity, opening)
  }

  find(id: string, manager: EntityManager = this.storage.manager): Promise<OpeningEntity | null> {
    return manager.findOneBy(OpeningEntity, { id })
  }

  /** @param names by which the proof may be known */
  findProof(manager: EntityManager, names: readonly string[]): Promise<ProofEntity | null> {
    return manager.findOneBy(ProofEntity, { digest: In([...names]) })
  }

  /** @throws a unique violation when somebody used the proof meanwhile */
  claimProof(manager: EntityManager, proof: ProofEntity): Promise<unknown> {
    return manager.insert(ProofEntity, proof)
  }

  /**
   * When proofs of this session (or viewer), empty ones apart, were rejected between the two times, newest first, without the `skip`
   * newest, at most `take`: what a limit asks costs the same however many there are.
   */
  async rejectedBetween(
    manager: EntityManager,
    whose: { sessionId: string } | { viewerId: string },
    [from, to]: readonly [number, number],
    { skip, take }: { skip: number; take: number },
  ): Promise<number[]> {
    const rows = await manager.find(OpeningEntity, {
      select: { at: true },
      where: {
        ...whose,
        outcome: 'rejected',
        reason: Not('no_proof'),
        at: And(MoreThan(from), LessThan(to)),
      },
      order: { at: 'DESC' },
      skip,
      take,
    })
    return rows.map((row) => row.at)
  }

  /**
   * When the viewer's n-th newest opening of those between the two times was: granted, refused to a proven recipient, or
   * denied by the platform. The last has no other limit, and whoever likes names a new share each time.
   */
  async nthMade(
    manager: EntityManager,
    viewerId: string,
    [from, to]: readonly [number, number],
    n: number,
  ): Promise<number | undefined> {
    const theirs = { viewerId, at: And(MoreThan(from), LessThan(to)) }
    const [row] = await manager.find(OpeningEntity, {
      select: { at: true },
      where: [
        { ...theirs, outcome: In(['granted', 'refused']) },
        { ...theirs, outcome: 'rejected', reason: 'no_proof' },
      ],
      order: { at: 'DESC' },
      skip: n - 1,
      take: 1,
    })
    return row?.at
  }

  /** The card's readers, by first opening, newest first. */
  roster(cardId: string, after: Place | undefined, take: number): Promise<CardViewerEntity[]> {
    return this.storage.manager.find(CardViewerEntity, {
      where: after
        ? [
            { cardId, firstAt: LessThan(after.at) },
            { cardId, firstAt: after.at, viewerId: LessThan(after.id) },
          ]
        : { cardId },
      order: { firstAt: 'DESC', viewerId: 'DESC' },
      take,
    })
  }

  /** @returns whether this call is the one that acknowledged */
  async acknowledge(
    manager: EntityManager,
    cardId: string,
    viewerId: string,
    now: number,
  ): Promise<boolean> {
    const where = { cardId, viewerId, acknowledgedAt: IsNull() }
    const { affected } = await manager.update(CardViewerEntity, where, { acknowledgedAt: now })
    return affected === 1
  }
}
