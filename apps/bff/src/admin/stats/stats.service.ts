import { Inject, Injectable } from '@nestjs/common'
import type { DayStats, ReadStats, Stats } from '@sealcard/protocol'
import { Between, DataSource } from 'typeorm'
import { inputError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY, dayName, daysBetween, HOUR, nextDay, CHINA_OFFSET } from '../../core/time.js'
import { timeRange } from '../lists/keyset.js'
import { KnownFilters } from '../lists/known-filters.js'
import { type Count, CountEvents } from './count-events.js'
import { DayCountEntity, HourCountEntity } from './counts.entities.js'
import { ROLLED_UP } from './daily-rollup.js'

const DEFAULT_DAYS = 30
const MOST_DAYS = 366

/** Figures of all apps together, or of one. */
type Sum = Pick<Count, 'what' | 'n'>

/** What happened, day by day. */
@Injectable()
export class StatsService {
  constructor(
    private readonly storage: DataSource,
    private readonly events: CountEvents,
    private readonly known: KnownFilters,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiError ERR_INPUT for a range that is too long */
  async read({ app, ...range }: ReadStats): Promise<Stats> {
    await this.known.check({ app })
    const { from, to } = this.#range(range)
    const days = daysBetween(from, to)
    const kept = await this.#kept(days, app)
    const ofApp = (count: Count) => app === undefined || count.app === app
    const told: DayStats[] = []
    for (const day of days) {
      const counts = kept.get(day)
      const folded = counts?.some(({ what }) => what === ROLLED_UP) ? counts : undefined
      told.push(dayStats(day, folded ?? (await this.#live(day)).filter(ofApp)))
    }
    const { day: _, viewers: __, ...total } = dayStats(0, [])
    for (const { cards, openings } of told) {
      addTo(total.cards, cards)
      const { byReason, ...outcomes } = openings
      addTo(total.openings, outcomes)
      addTo(total.openings.byReason, byReason)
    }
    return { offset: CHINA_OFFSET, total, days: told }
  }

  /**
   * The sums of finished days, in one statement: a day is either whole in the answer or missing.
   * The database adds them up, because a year of all apps is about ten thousand rows.
   */
  async #kept(days: readonly number[], app?: string): Promise<Map<number, Sum[]>> {
    const query = this.storage.manager
      .createQueryBuilder(DayCountEntity, 'kept')
      .select(['kept.day AS day', 'kept.what AS what', 'SUM(kept.n) AS n'])
      .where('kept.day BETWEEN :first AND :last', { first: days[0] ?? 0, last: days.at(-1) ?? 0 })
      .groupBy('kept.day, kept.what')
    if (app !== undefined)
      query.andWhere('(kept.appId = :app OR kept.what = :mark)', { app, mark: ROLLED_UP })
    const counts = new Map<number, Sum[]>()
    const rows = await query.getRawMany<Record<'day' | 'n', number | string> & { what: string }>()
    for (const { day, what, n } of rows) {
      const ofDay = counts.get(Number(day)) ?? []
      ofDay.push({ what, n: Number(n) })
      counts.set(Number(day), ofDay)
    }
    return counts
  }

  /** A day that has no sum yet: the sums of its hours, and a count of what came after them. */
  async #live(day: number): Promise<Count[]> {
    const hours = await this.storage.manager.find(HourCountEntity, {
      where: { hour: Between(day, nextDay(day) - 1) },
    })
    const folded = new Set(hours.flatMap(({ hour, what }) => (what === ROLLED_UP ? [hour] : [])))
    let from = day
    while (folded.has(from)) from += HOUR
    const kept = hours.flatMap(({ hour, appId, what, n }) =>
      hour < from ? [{ app: appId, what, n }] : [],
    )
    const until = Math.min(nextDay(day), this.clock.now() + 1)
    return until <= from ? kept : [...kept, ...(await this.events.between(from, until, day))]
  }

  #range(range: Pick<ReadStats, 'from' | 'to'>) {
    const { to = this.clock.now(), from = to - (DEFAULT_DAYS - 1) * DAY } = timeRange(range)
    if (to - from > (MOST_DAYS - 1) * DAY)
      throw inputError('from', `must be at most ${MOST_DAYS} days before to`)
    if (to < from) throw inputError('from', 'must not be after to')
    return { from, to }
  }
}

const dayStats = (day: number, counts: readonly Sum[]): DayStats => {
  const of = (name: string) =>
    counts.reduce((sum, { what, n }) => (what === name ? sum + n : sum), 0)
  const openings: DayStats['openings'] = { granted: 0, refused: 0, rejected: 0, byReason: {} }
  for (const { what, n } of counts) {
    const [outcome = '', reason = ''] = what.split('.')
    if (outcome !== 'granted' && outcome !== 'refused' && outcome !== 'rejected') continue
    openings[outcome] += n
    if (reason) openings.byReason[reason] = (openings.byReason[reason] ?? 0) + n
  }
  const cards = {
    made: of('cards.made'),
    revoked: of('cards.revoked'),
    expired: of('cards.expired'),
  }
  return { day: dayName(day), cards, openings, viewers: of('viewers') }
}

const addTo = (sum: Record<string, unknown>, more: Record<string, number>): void => {
  for (const [name, n] of Object.entries(more)) sum[name] = Number(sum[name] ?? 0) + n
}
