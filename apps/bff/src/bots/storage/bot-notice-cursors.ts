import { Injectable } from '@nestjs/common'
import { Column, DataSource, Entity, type EntityManager, PrimaryColumn } from 'typeorm'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** `openings` and `requests` are in the order of their time, `expiries` in the order in which cards expire. */
export type NoticeStream = 'openings' | 'requests' | 'expiries'

/** Up to where the finder has read a stream. */
@Entity('bot_notice_cursors')
@DataPolicy({ until: 'service' })
export class BotNoticeCursorEntity {
  @Purpose('of what')
  @PrimaryColumn({ type: 'varchar', length: 8, primaryKeyConstraintName: 'pk_bot_notice_cursors' })
  stream: NoticeStream

  @Purpose('up to when')
  @Column(epoch('at'))
  at: number

  /** Id of the last row that was read; empty: no row of that time was read. */
  @Purpose('up to which')
  @Column({ type: 'varchar', length: 22, name: 'last_id' })
  lastId: string
}

/** A process that moves a cursor owns the rows in between. */
@Injectable()
export class BotNoticeCursors {
  constructor(private readonly storage: DataSource) {}

  /**
   * @param start the first place, if no cursor exists
   * @param latest no right cursor is later. A cursor that a wrong clock moved further goes back to `start`
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

  /** @returns false when another process moved it in the meantime */
  async move(
    manager: EntityManager,
    { stream, at, lastId }: BotNoticeCursorEntity,
    to: { at: number; lastId: string },
  ): Promise<boolean> {
    const { affected } = await manager.update(BotNoticeCursorEntity, { stream, at, lastId }, to)
    return affected === 1
  }
}
