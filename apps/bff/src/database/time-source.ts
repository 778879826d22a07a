import type { DataSource } from 'typeorm'
import { Job } from '../core/jobs/job.js'
import {
  type Clock,
  CLOCK_SKEW_MS,
  ClockError,
  type ClockStatus,
  type HostClock,
} from '../core/ports/clock.js'
import { MINUTE, SECOND } from '../core/time.js'

/** An answer that took longer says too little about the time at which the server wrote it. */
const MAX_ROUND_TRIP_MS = 2 * SECOND

/** A moment, by both clocks: `time` in milliseconds UTC, `elapsed` as the host counts. */
interface Moment {
  readonly time: number
  readonly elapsed: number
}

/**
 * The time of the service: one for all processes of a database. See docs/adr/0006-clocks-that-are-wrong.md.
 *
 * Between two comparisons it counts the host's elapsed time. A jump of the host's clock does not move it. On PostgreSQL
 * each comparison sets it to the server's time. On SQLite it follows the host's clock, as long as that does not jump.
 * It never goes back. A difference of more than 60 s is refused, not repaired: the source then says so, and the service
 * stops to answer.
 */
export class TimeSource implements Clock, ClockStatus {
  #base: Moment | undefined
  /** The latest time that it said. */
  #said = -Infinity
  #newestEntry = -Infinity
  /** By how much the host was ahead of the server when they were compared. */
  #hostAhead = 0

  constructor(
    private readonly storage: DataSource,
    private readonly host: HostClock,
  ) {}

  /** A source that was compared, if the database answered. Without a comparison it is not trusted. */
  static readonly start = async (storage: DataSource, host: HostClock): Promise<TimeSource> => {
    const source = new TimeSource(storage, host)
    await source.#compare().catch(() => {})
    return source
  }

  now(): number {
    const { time } = this.#present()
    // Never behind what was recorded; an entry from further ahead is a problem, and no time to go by.
    const recorded = this.#newestEntry - time <= CLOCK_SKEW_MS ? this.#newestEntry : -Infinity
    this.#said = Math.max(this.#said, recorded, Math.floor(time))
    return this.#said
  }

  get problem(): string | undefined {
    if (!this.#base) return 'the clock was not compared with the database yet'
    const { time } = this.#present()
    for (const off of [this.host.now() - time, this.#hostAhead])
      if (Math.abs(off) > CLOCK_SKEW_MS)
        return `the clock of this machine is ${seconds(off)} s ${off > 0 ? 'ahead of' : 'behind'} the service’s time. Keep it by NTP; when it is right, restart the service`
    const ahead = Math.max(this.#newestEntry, this.#said) - time
    if (ahead > CLOCK_SKEW_MS)
      return `the newest audit entry is ${seconds(ahead)} s in the future: an earlier clock was ahead, or this one is behind`
    return undefined
  }

  /** @throws ClockError when the source cannot be trusted afterwards; what the database throws */
  @Job({ name: 'clock', everyMs: MINUTE, firstMs: 5 * SECOND, whileUntrusted: true })
  async compare(): Promise<void> {
    await this.#compare()
    const { problem } = this
    if (problem !== undefined) throw new ClockError(problem)
  }

  async #compare(): Promise<void> {
    const [newest] = await this.storage.query<{ at: number | string | null }[]>(
      'SELECT MAX(at) AS at FROM audit_entries',
    )
    this.#newestEntry = Number(newest?.at ?? -Infinity)
    const reference = await this.#reference()
    if (!reference) return
    this.#hostAhead = this.#hostTimeAt(reference) - reference.time
    // What server and host agree on holds, also after the machine was paused. What one of them says alone does not.
    if (!this.#base || Math.abs(this.#hostAhead) <= CLOCK_SKEW_MS) this.#base = reference
  }

  /** @returns undefined when there is none now */
  async #reference(): Promise<Moment | undefined> {
    if (this.storage.options.type === 'postgres') return this.#serverTime()
    const host = { time: this.host.now(), elapsed: this.host.elapsed() }
    const jumped = host.time - this.#present().time
    return Math.abs(jumped) <= CLOCK_SKEW_MS ? host : undefined
  }

  async #serverTime(): Promise<Moment | undefined> {
    const asked = this.host.elapsed()
    const [row] = await this.storage.query<{ ms: string }[]>(
      'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms',
    )
    const answered = this.host.elapsed()
    if (!row || (this.#base && answered - asked > MAX_ROUND_TRIP_MS)) return undefined
    return { time: Number(row.ms), elapsed: (asked + answered) / 2 }
  }

  #present(): Moment {
    const elapsed = this.host.elapsed()
    if (!this.#base) return { time: this.host.now(), elapsed }
    return { time: this.#base.time + elapsed - this.#base.elapsed, elapsed }
  }

  /** What the host's clock said at that moment. */
  #hostTimeAt({ elapsed }: Moment): number {
    return this.host.now() - (this.host.elapsed() - elapsed)
  }
}

const seconds = (ms: number): number => Math.round(Math.abs(ms) / SECOND)
