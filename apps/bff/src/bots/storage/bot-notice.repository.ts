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

/** Notices for owners, sent or not. Every step is a conditional update, so that an owner gets each notice once. */
@Injectable()
export class BotNoticeRepository {
  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** The same event again changes nothing. @param dueAt when a message may carry it; now */
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

  /** Adds to a notice of the same card that waits. Otherwise it is due now, or an hour after the last of the card. */
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

  /** The due notices of one bot, one batch for each owner and message, oldest first. */
  async due(botId: string, take: number): Promise<NoticeBatch[]> {
    const rows = await this.storage.manager.find(BotNoticeEntity, {
      where: { state: 'waiting', dueAt: LessThanOrEqual(this.clock.now()), botId },
      order: { dueAt: 'ASC', id: 'ASC' },
      take,
    })
    const batches = new Map<string, NoticeBatch & { ids: string[] }>()
    for (const { id, viewerId, messageId } of rows) {
      const key = JSON.stringify([messageId, viewerId])
      const batch = batches.get(key) ?? { botId, viewerId, messageId, ids: [] }
      batches.set(key, batch)
      batch.ids.push(id)
    }
    return [...batches.values()]
  }

  /** Takes a batch before its message leaves. @returns what this call took, in the order of the events */
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

  /** The end of a message: sent, or given up. */
  async settle(messageId: string, state: NoticeState): Promise<void> {
    await this.storage.manager.update(BotNoticeEntity, { messageId, state: 'sending' }, { state })
  }

  /** Also moves the person's `notifiedAt`: a bot that switches to conversation does not repeat these. */
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

  /** Notices of a person that no message carried. In the order of the events. */
  unsent(botId: string, viewerId: string): Promise<BotNoticeEntity[]> {
    return this.storage.manager.find(BotNoticeEntity, {
      where: [
        { botId, viewerId, state: 'waiting', messageId: IsNull() },
        { botId, viewerId, state: 'given_up' },
      ],
      order: { at: 'ASC', id: 'ASC' },
      take: 100,
    })
  }

  /** @returns false when a message or another answer was faster */
  async markShown(
    manager: EntityManager,
    { id, state, messageId }: BotNoticeEntity,
  ): Promise<boolean> {
    const as = { id, state, messageId: messageId ?? IsNull() }
    const { affected } = await manager.update(BotNoticeEntity, as, { state: 'told' })
    return affected === 1
  }

  /** Removes the notices of an erased person. */
  async forget(viewerId: string): Promise<void> {
    await this.storage.manager.delete(BotNoticeEntity, { viewerId })
  }
}
