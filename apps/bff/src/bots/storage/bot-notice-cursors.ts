import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { BotNoticeCursorEntity, type NoticeStream } from './bot-notice-cursor.entity.js'

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
