import { Injectable } from '@nestjs/common'
import { Between, DataSource, Not } from 'typeorm'
import type { Cause } from '../registry/cause.js'
import { BotRefusalEntity } from './bot-refusal.entity.js'

const DAY = 86_400_000

/** Callbacks of one bot that were refused for one cause. */
export interface Refusals {
  readonly botId: string
  readonly cause: Cause
  readonly times: number
  /** Of the last one, milliseconds UTC. */
  readonly lastAt: number
  /** See `Refused`. */
  readonly seconds: number
}

/** Refused callbacks in numbers, so that `sealcard doctor`, another process, can tell of them. */
@Injectable()
export class BotRefusalRepository {
  constructor(private readonly storage: DataSource) {}

  /** Adds to what was counted since less than a day ago. Each statement is right by itself, beside another process's. */
  async add({ botId, cause, times, lastAt, seconds }: Refusals): Promise<void> {
    const { manager } = this.storage
    const row = { botId, cause }
    const nothing = { since: lastAt, times: 0, lastAt, seconds }
    const insert = manager.createQueryBuilder().insert().into(BotRefusalEntity)
    await insert
      .values({ ...row, ...nothing })
      .orIgnore()
      .execute()
    // What is older is forgotten, and what a clock wrote that was ahead.
    const old = { ...row, since: Not(Between(lastAt - DAY + 1, lastAt + DAY)) }
    await manager.update(BotRefusalEntity, old, nothing)
    const more = () => `times + ${Math.trunc(times)}`
    await manager.update(BotRefusalEntity, row, { times: more, lastAt, seconds })
  }
}
