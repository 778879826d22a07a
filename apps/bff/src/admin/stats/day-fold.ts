import { Inject, Injectable } from '@nestjs/common'
import { Interval } from '@nestjs/schedule'
import { DataSource } from 'typeorm'
import { RequestLog } from '../../http/request-log.js'
import { CLOCK, type Clock } from '../../ports/clock.js'
import { isUniqueViolation } from '../../storage/storage-error.js'
import { dayOf, nextDay } from './china-day.js'
import { CountEvents } from './count-events.js'
import { DayCountEntity } from './day-count.entity.js'

/** Marks a day as counted. */
export const FOLDED = 'folded'

/**
 * How long after its end a day is counted. A row's time is taken inside the transaction that writes it, which lasts
 * seconds: by then every row of the day is committed, whichever process wrote it, as long as clocks agree to an hour.
 */
const SETTLED_MS = 3_600_000

/**
 * Counts every day that is over, once, into a few rows.
 *
 * Not a counter that each opening moves: one row for all would make openings in several processes wait for each other,
 * and any row at all would cost a rejected opening another write, which would be the first thing that differs between
 * refusals. Rows are there anyway; the days that are over are counted from them and kept, the rest is counted when
 * somebody asks.
 */
@Injectable()
export class DayFold {
  constructor(
    private readonly storage: DataSource,
    private readonly events: CountEvents,
    private readonly log: RequestLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Interval('day-fold', 60_000)
  async tick(): Promise<void> {
    await this.run().catch((error: unknown) => this.log.jobFailed('day-fold', error))
  }

  /** Safe in several processes. @returns how many days were counted by this call */
  async run(): Promise<number> {
    let folded = 0
    for (let day = await this.#first(); day !== undefined; day = nextDay(day)) {
      if (nextDay(day) + SETTLED_MS > this.clock.now()) break
      if (await this.#fold(day)) folded += 1
    }
    return folded
  }

  /** The day after the last one that is counted, or that of the first event. */
  async #first(): Promise<number | undefined> {
    const { manager } = this.storage
    const [last] = await manager.find(DayCountEntity, {
      where: { what: FOLDED, appId: '' },
      order: { day: 'DESC' },
      take: 1,
    })
    if (last) return nextDay(last.day)
    const firsts = await Promise.all(
      ['SELECT MIN(created_at) AS at FROM cards', 'SELECT MIN(at) AS at FROM openings'].map(
        async (sql) => (await this.storage.query<{ at: number | string | null }[]>(sql))[0]?.at,
      ),
    )
    const known = firsts.flatMap((at) => (at === null || at === undefined ? [] : Number(at)))
    return known.length > 0 ? dayOf(Math.min(...known)) : undefined
  }

  /** Reads first, then writes: the writer is not held meanwhile. Whoever marks the day first has counted it. */
  async #fold(day: number): Promise<boolean> {
    const counts = await this.events.between(day, nextDay(day))
    const rows = counts.map(({ app, what, n }) => ({ day, appId: app, what, n }))
    try {
      await this.storage.transaction(async (manager) => {
        await manager.insert(DayCountEntity, { day, appId: '', what: FOLDED, n: 1 })
        if (rows.length > 0) await manager.insert(DayCountEntity, rows)
      })
      return true
    } catch (error) {
      if (isUniqueViolation(error)) return false
      throw error
    }
  }
}
