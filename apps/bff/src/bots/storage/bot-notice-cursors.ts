import { Injectable } from '@nestjs/common'
import { Column, DataSource, Entity, type EntityManager, PrimaryColumn } from 'typeorm'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** `openings` are looked through by when they were, cards by when they expire. */
export type NoticeStream = 'openings' | 'expiries'

/** Up to where what happens to cards was looked through for notices. */
@Entity('bot_notice_cursors')
@DataPolicy({ until: 'service' })
export class BotNoticeCursorEntity {
  @Purpose('of what')
  @PrimaryColumn({ type: 'varchar', length: 8, primaryKeyConstraintName: 'pk_bot_notice_cursors' })
  stream: NoticeStream

  @Purpose('up to when')
  @Column(epoch('at'))
  at: number

  /** Of the last row looked at; empty: all of that time are still to come. */
  @Purpose('up to which')
  @Column({ type: 'varchar', length: 22, name: 'last_id' })
  lastId: string
}

/** Up to where was looked; whoever moves a cursor has what lies between to itself. */
@Injectable()
export class BotNoticeCursors {
  constructor(private readonly storage: DataSource) {}

  /**
   * @param start where to begin when nobody looked before
   * @param latest later than any cursor can be: one that a clock that was ahead moved further begins at the start again
   */
  async read(stream: NoticeStream, start: number, latest: number): Promise<BotNoticeCursorEntity> {
    const { manager } = this.storage
    const known = await manager.findOneBy(BotNoticeCursorEntity, { stream })
    if (known && known.at <= latest) return known
    const first = { stream, at: start, lastId: '' }
    if (known) await this.move(manager, known, first)
    else {
      const insert = manager.createQueryBuilder().insert().into(BotNoticeCursorEntity).values(first)
      await insert.orIgnore().execute()
    }
    return (await manager.findOneBy(BotNoticeCursorEntity, { stream })) ?? first
  }

  /** @returns false when another process moved it meanwhile */
  async move(
    manager: EntityManager,
    { stream, at, lastId }: BotNoticeCursorEntity,
    to: { at: number; lastId: string },
  ): Promise<boolean> {
    const { affected } = await manager.update(BotNoticeCursorEntity, { stream, at, lastId }, to)
    return affected === 1
  }
}
