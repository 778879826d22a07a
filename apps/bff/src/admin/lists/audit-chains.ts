import { Injectable } from '@nestjs/common'
import type { AuditChain, AuditChainPage, ListAuditChains } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import {
  AuditChainEntity,
  AuditCheckpointEntity,
  AuditEntryEntity,
} from '../../audit/audit.entities.js'
import { wireTime } from '../../core/time.js'
import { PageCursor } from '../../http/pagination/page-cursor.js'

const LIST = ['admin.audit.chains']
/** Checkpoints of each chain. A process that runs for a week has ten thousand. */
const CHECKPOINTS = 20

/** The chains of the audit, the latest first. There is one for each start of a process. */
@Injectable()
export class AuditChains {
  constructor(
    private readonly storage: DataSource,
    private readonly cursors: PageCursor,
  ) {}

  async page({ limit, cursor }: ListAuditChains): Promise<AuditChainPage> {
    const after = await this.cursors.decode(LIST, cursor)
    const rows = await this.storage.manager
      .createQueryBuilder(AuditChainEntity, 'c')
      .where(after ? '(c.started_at, c.id) < (:at, :id)' : '1 = 1', { ...after })
      .orderBy({ 'c.startedAt': 'DESC', 'c.id': 'DESC' })
      .limit(limit + 1)
      .getMany()
    const placeOf = ({ startedAt, id }: AuditChainEntity) => ({ at: startedAt, id })
    const { page, nextCursor } = await this.cursors.cut(LIST, rows, limit, placeOf)
    return { items: await Promise.all(page.map((chain) => this.#view(chain))), nextCursor }
  }

  async #view({ id, startedAt, followsId, followsSeq, ...chain }: AuditChainEntity) {
    const { manager } = this.storage
    const head = await manager.findOneBy(AuditEntryEntity, { chainId: id, seq: chain.headSeq })
    const checkpoints = await manager.find(AuditCheckpointEntity, {
      where: { chainId: id },
      order: { seq: 'DESC' },
      take: CHECKPOINTS,
    })
    return {
      id,
      startedAt: wireTime(startedAt),
      follows:
        followsId === null || followsSeq === null ? null : { chainId: followsId, seq: followsSeq },
      head: { seq: chain.headSeq, at: wireTime(head?.at ?? startedAt), hash: chain.headHash },
      checkpoints: checkpoints.map(({ seq, at, hash }) => ({ seq, at: wireTime(at), hash })),
    } satisfies AuditChain
  }
}
