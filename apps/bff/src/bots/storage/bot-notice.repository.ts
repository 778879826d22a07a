import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, In, IsNull, LessThanOrEqual } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { HOUR } from '../../core/time.js'
import { BotNoticeEntity, type NoticeState } from './bot-notice.entity.js'
import { BotPersonEntity } from './bot-person.entity.js'

type Found = Pick<BotNoticeEntity, 'botId' | 'viewerId' | 'cardId' | 'kind' | 'at' | 'times'>

/** Notices of one owner that go out in one message. */
export interface NoticeBatch {
  readonly botId: string
  readonly viewerId: string
  /** Null: not tried yet. */
  readonly messageId: string | null
  readonly ids: readonly string[]
}

/** What owners are still to be told, and were. Every step is a conditional update, so that each is told once. */
@Injectable()
export class BotNoticeRepository {
  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** The same event again changes nothing. @param dueAt when it may be told; now */
  async add(manager: EntityManager, found: Found, dueAt = this.clock.now()): Promise<void> {
    const createdAt = this.clock.now()
    const row: BotNoticeEntity = {
      ...found,
      id: this.random.id(),
      state: 'waiting',
      messageId: null,
      attempts: 0,
      dueAt,
      createdAt,
    }
    const insert = manager.createQueryBuilder().insert().into(BotNoticeEntity).values(row)
    await insert.orIgnore().execute()
  }

  /** Joins what waits already; else it is told at once, or an hour after the last of the same card. */
  async gather(manager: EntityManager, found: Found): Promise<void> {
    const { botId, cardId, kind, times } = found
    const [last] = await manager.find(BotNoticeEntity, {
      where: { botId, cardId, kind },
      order: { at: 'DESC' },
      take: 1,
    })
    if (last) {
      const { affected } = await manager
        .createQueryBuilder()
        .update(BotNoticeEntity)
        .set({ times: () => `times + ${times}` })
        .where({ id: last.id, state: 'waiting', messageId: IsNull() })
        .execute()
      if (affected === 1) return
    }
    const now = this.clock.now()
    await this.add(manager, found, last ? Math.max(now, last.dueAt + HOUR) : now)
  }

  /** What is due of one bot, in parcels, oldest first. */
  async due(botId: string, take: number): Promise<NoticeBatch[]> {
    const rows = await this.storage.manager.find(BotNoticeEntity, {
      where: { state: 'waiting', dueAt: LessThanOrEqual(this.clock.now()), botId },
      order: { dueAt: 'ASC', id: 'ASC' },
      take,
    })
    const parcels = new Map<string, NoticeBatch & { ids: string[] }>()
    for (const { id, viewerId, messageId } of rows) {
      const key = JSON.stringify([messageId, viewerId])
      const parcel = parcels.get(key) ?? { botId, viewerId, messageId, ids: [] }
      parcels.set(key, parcel)
      parcel.ids.push(id)
    }
    return [...parcels.values()]
  }

  /** Before the message leaves. @returns what this call took; in the order it happened */
  async claim({ ids, messageId }: NoticeBatch): Promise<BotNoticeEntity[]> {
    const { manager } = this.storage
    const message = messageId ?? this.random.id()
    const { affected } = await manager.update(
      BotNoticeEntity,
      messageId === null
        ? { id: In([...ids]), state: 'waiting', messageId: IsNull() }
        : { messageId, state: 'waiting' },
      { state: 'sending', messageId: message },
    )
    if (!affected) return []
    const order = { at: 'ASC', id: 'ASC' } as const
    return manager.find(BotNoticeEntity, { where: { messageId: message, state: 'sending' }, order })
  }

  /** What becomes of a message that was tried. */
  async settle(messageId: string, state: NoticeState): Promise<void> {
    await this.storage.manager.update(BotNoticeEntity, { messageId, state: 'sending' }, { state })
  }

  /** Also the bot's memory of the person: should the bot tell by conversation one day, it does not begin with this. */
  async sent(messageId: string, { botId, viewerId }: NoticeBatch): Promise<void> {
    await this.settle(messageId, 'sent')
    const notifiedAt = this.clock.now()
    await this.storage.manager.update(BotPersonEntity, { botId, viewerId }, { notifiedAt })
  }

  /** @param after milliseconds until it is tried again */
  async retry(messageId: string, attempts: number, after: number): Promise<void> {
    await this.storage.manager.update(
      BotNoticeEntity,
      { messageId, state: 'sending' },
      { state: 'waiting', attempts, dueAt: this.clock.now() + after },
    )
  }

  /** What no message told a person, and none that left can have told. In the order it happened. */
  untold(botId: string, viewerId: string): Promise<BotNoticeEntity[]> {
    return this.storage.manager.find(BotNoticeEntity, {
      where: [
        { botId, viewerId, state: 'waiting', messageId: IsNull() },
        { botId, viewerId, state: 'given_up' },
      ],
      order: { at: 'ASC', id: 'ASC' },
      take: 100,
    })
  }

  /** @returns whether it was untold until now */
  async tell(manager: EntityManager, { id, state, messageId }: BotNoticeEntity): Promise<boolean> {
    const as = { id, state, messageId: messageId ?? IsNull() }
    const { affected } = await manager.update(BotNoticeEntity, as, { state: 'told' })
    return affected === 1
  }

  /** Of somebody who was erased while something happened to their cards. */
  async forget(viewerId: string): Promise<void> {
    await this.storage.manager.delete(BotNoticeEntity, { viewerId })
  }
}
