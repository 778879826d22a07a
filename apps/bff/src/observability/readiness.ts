import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { withDeadline } from '../core/concurrency/deadline.js'
import { type Timers, TIMERS } from '../core/ports/timers.js'
import { newer, refuse } from '../database/fitness.js'
import { RwSqliteDriver } from '../database/sqlite/rw-driver.js'

/** A database that takes longer than this does not answer. */
const TIMEOUT_MS = 2000

/** Whether requests should be sent here. Migrations ran before anything listens. */
@Injectable()
export class Readiness {
  #draining = false

  constructor(
    private readonly storage: DataSource,
    @Inject(TIMERS) private readonly timers: Timers,
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
    await withDeadline(this.timers, TIMEOUT_MS, this.#works())
  }

  /** Reading goes on on a full disk: after a failed write it takes a write to be ready again. */
  async #works(): Promise<void> {
    // A newer version may have migrated it meanwhile: what its columns mean, this process does not know.
    refuse([await newer(this.storage)])
    const { driver } = this.storage
    if (driver instanceof RwSqliteDriver) await driver.proveWrites()
  }
}
