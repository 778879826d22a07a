import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, LessThan, MoreThan, MoreThanOrEqual } from 'typeorm'
import { Job } from '../../core/jobs/job.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY, dayOf, HOUR, MINUTE, nextDay } from '../../core/time.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import { CountEvents } from './count-events.js'
import { DayCountEntity, HourCountEntity } from './counts.entities.js'

/** Marks a day, or an hour, as counted. */
export const ROLLED_UP = 'folded'

/**
 * How long after its end a day, or an hour, is counted. A row gets its time inside the transaction that writes it, which
 * lasts seconds. After this wait every row of the hour is committed, if the clocks of all processes agree to an hour.
 */
const GRACE_MS = HOUR
/** Rows are erased after half a year. So the days of the last three months can be counted again without a loss. */
const COUNTABLE_MS = 90 * DAY

/**
 * Counts every day that is over, once, into a few rows, and of today every hour that is over. A request for figures then
 * counts one or two hours.
 *
 * It is no counter that each opening moves. One row for all would make openings in several processes wait for each other.
 * Any row at all would cost a rejected opening another write, and refusals would differ by it. The rows of openings exist
 * anyway: this job counts finished hours and keeps the sums, and a request counts the rest.
 */
@Injectable()
export class DailyRollup {
  constructor(
    private readonly storage: DataSource,
    private readonly events: CountEvents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Safe in several processes. @returns how many days were counted by this call */
  @Job({ name: 'daily-rollup', everyMs: MINUTE })
  async run(): Promise<number> {
    let folded = 0
    await this.#forgetEarly()
    let day = await this.#first()
    for (; day !== undefined && this.#isSettled(nextDay(day)); day = nextDay(day))
      if (await this.#foldDay(day)) folded += 1
    if (day !== undefined) await this.#foldHours(day)
    return folded
  }

  #isSettled(end: number): boolean {
    return end + GRACE_MS <= this.clock.now()
  }

  /**
   * Forgets the sums of days and hours that are not over. A clock that was ahead counted them, and later events in them
   * would be missing. A clock that is behind sees the same. Other processes then count again what it forgot. A clock that
   * is so far behind that the events are erased forgets nothing.
   */
  async #forgetEarly(): Promise<void> {
    const now = this.clock.now()
    const { manager } = this.storage
    const last = await this.#lastDay()
    if (last !== undefined && last > now + COUNTABLE_MS) return
    if (last !== undefined && nextDay(last) > now)
      await manager.delete(DayCountEntity, { day: MoreThan(now - DAY) })
    const hour = MoreThan(now - HOUR)
    if (await manager.existsBy(HourCountEntity, { what: ROLLED_UP, appId: '', hour }))
      await manager.delete(HourCountEntity, { hour })
  }

  async #lastDay(): Promise<number | undefined> {
    const [last] = await this.storage.manager.find(DayCountEntity, {
      where: { what: ROLLED_UP, appId: '' },
      order: { day: 'DESC' },
      take: 1,
    })
    return last?.day
  }

  /** The day after the last counted one, or the day of the first event. */
  async #first(): Promise<number | undefined> {
    const last = await this.#lastDay()
    if (last !== undefined) return nextDay(last)
    const firsts = await Promise.all(
      ['SELECT MIN(created_at) AS at FROM cards', 'SELECT MIN(at) AS at FROM openings'].map(
        async (sql) => (await this.storage.query<{ at: number | string | null }[]>(sql))[0]?.at,
      ),
    )
    const known = firsts.flatMap((at) => (at === null || at === undefined ? [] : Number(at)))
    return known.length > 0 ? dayOf(Math.min(...known)) : undefined
  }

  /** Reads before the transaction, so that the writer stays free. The process that marks the day first counts it. */
  async #foldDay(day: number): Promise<boolean> {
    const counts = await this.events.between(day, nextDay(day))
    const rows = counts.map(({ app, what, n }) => ({ day, appId: app, what, n }))
    return this.#once(async (manager) => {
      await manager.insert(DayCountEntity, { day, appId: '', what: ROLLED_UP, n: 1 })
      if (rows.length > 0) await manager.insert(DayCountEntity, rows)
      await manager.delete(HourCountEntity, { hour: LessThan(nextDay(day)) })
    })
  }

  async #foldHours(day: number): Promise<void> {
    const [last] = await this.storage.manager.find(HourCountEntity, {
      where: { what: ROLLED_UP, appId: '', hour: MoreThanOrEqual(day) },
      order: { hour: 'DESC' },
      take: 1,
    })
    for (let hour = last ? last.hour + HOUR : day; hour < nextDay(day); hour += HOUR) {
      if (!this.#isSettled(hour + HOUR)) return
      await this.#foldHour(hour, day)
    }
  }

  async #foldHour(hour: number, day: number): Promise<void> {
    const counts = await this.events.between(hour, hour + HOUR, day)
    const rows = counts.map(({ app, what, n }) => ({ hour, appId: app, what, n }))
    await this.#once(async (manager) => {
      await manager.insert(HourCountEntity, { hour, appId: '', what: ROLLED_UP, n: 1 })
      if (rows.length > 0) await manager.insert(HourCountEntity, rows)
    })
  }

  /** @returns false when another process did it first */
  async #once(write: (manager: EntityManager) => Promise<void>): Promise<boolean> {
    try {
      await this.storage.transaction(write)
      return true
    } catch (error) {
      if (isUniqueViolation(error)) return false
      throw error
    }
  }
}
