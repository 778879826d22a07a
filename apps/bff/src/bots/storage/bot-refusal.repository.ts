import { Injectable } from '@nestjs/common'
import { Between, Column, DataSource, Entity, Not, PrimaryColumn } from 'typeorm'
import { DAY } from '../../core/time.js'
import { epoch, int64 } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import type { Cause } from '../registry/cause.js'

/** How often a bot's callbacks were refused, and why. One row for each bot and cause: strangers cannot add rows. */
@Entity('bot_refusals')
@DataPolicy({ until: 'service' })
export class BotRefusalEntity {
  @Purpose('of which bot')
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    name: 'bot_id',
    primaryKeyConstraintName: 'pk_bot_refusals',
  })
  botId: string

  @Purpose('why')
  @PrimaryColumn({ type: 'varchar', length: 16, primaryKeyConstraintName: 'pk_bot_refusals' })
  cause: Cause

  /** At most a day before the last refusal. */
  @Purpose('counted since when')
  @Column(epoch('since'))
  since: number

  @Purpose('how often since then')
  @Column(int64('times'))
  times: number

  @Purpose('when the last one came')
  @Column(epoch('last_at'))
  lastAt: number

  /** Of `time`: how far the last callback was behind our clock; 0 otherwise. */
  @Purpose('how far the clocks are apart')
  @Column(int64('seconds'))
  seconds: number
}

/** Refused callbacks of one bot and cause. */
export interface Refusals {
  readonly botId: string
  readonly cause: Cause
  readonly times: number
  /** Time of the last one, milliseconds UTC. */
  readonly lastAt: number
  /** See `Refused`. */
  readonly seconds: number
}

/** Counts refused callbacks for `sealcard doctor`, which is another process. */
@Injectable()
export class BotRefusalRepository {
  constructor(private readonly storage: DataSource) {}

  /** Adds to the counts of the last day. Each statement stays right beside those of other processes. */
  async add({ botId, cause, times, lastAt, seconds }: Refusals): Promise<void> {
    const { manager } = this.storage
    const row = { botId, cause }
    const nothing = { since: lastAt, times: 0, lastAt, seconds }
    const insert = manager.createQueryBuilder().insert().into(BotRefusalEntity)
    await insert
      .values({ ...row, ...nothing })
      .orIgnore()
      .execute()
    // Counts that are older start again, and so do counts of a clock that was ahead.
    const old = { ...row, since: Not(Between(lastAt - DAY + 1, lastAt + DAY)) }
    await manager.update(BotRefusalEntity, old, nothing)
    const more = () => `times + ${Math.trunc(times)}`
    await manager.update(BotRefusalEntity, row, { times: more, lastAt, seconds })
  }
}
