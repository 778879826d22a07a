import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { withDeadline } from '../core/concurrency/deadline.js'
import { ApiError } from '../core/errors/api-error.js'
import { CLOCK_STATUS, ClockError, type ClockStatus } from '../core/ports/clock.js'
import { type Timers, TIMERS } from '../core/ports/timers.js'
import { newer, refuse } from '../database/fitness.js'
import { SqliteDriver } from '@sealcard/typeorm-sqlite3'

/** A database that takes longer than this does not answer. */
const TIMEOUT_MS = 2000

/** Whether a balancer may send requests here. Migrations ran before anything listens. */
@Injectable()
export class Readiness {
  #draining = false

  constructor(
    private readonly storage: DataSource,
    @Inject(TIMERS) private readonly timers: Timers,
    @Inject(CLOCK_STATUS) private readonly clock: ClockStatus,
  ) {}

  get draining(): boolean {
    return this.#draining
  }

  /** From now on: not ready, and every answer closes its connection. */
  drain(): void {
    this.#draining = true
  }

  /** @throws what the database throws, or DeadlineError after two seconds of silence */
  async check(): Promise<void> {
    const { problem } = this.clock
    if (problem !== undefined)
      throw new ApiError('ERR_STORAGE_UNAVAILABLE', { cause: new ClockError(problem) })
    await withDeadline(this.timers, TIMEOUT_MS, this.#works())
  }

  /** On a full disk reads still work. After a failed write only a write that succeeds makes it ready again. */
  async #works(): Promise<void> {
    // A newer version may have migrated the database: this process does not know what its columns mean.
    refuse([await newer(this.storage)])
    const { driver } = this.storage
    if (driver instanceof SqliteDriver) await driver.proveWrites()
  }
}
