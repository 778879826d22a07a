import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { BotNoticeCursorEntity, type NoticeStream } from './bot-notice-cursor.entity.js'

/** Up to where was looked; whoever moves a cursor has what lies between to itself. */
@Injectable()
export class BotNoticeCursors {
  constructor(private readonly storage: DataSource) {}

  /** @param start where to begin when nobody looked before */
  async read(stream: NoticeStream, start: number): Promise<BotNoticeCursorEntity> {
    const { manager } = this.storage
    const known = await manager.findOneBy(BotNoticeCursorEntity, { stream })
    if (known) return known
    const first = { stream, at: start, lastId: '' }
    const insert = manager.createQueryBuilder().insert().into(BotNoticeCursorEntity).values(first)
    await insert.orIgnore().execute()
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
