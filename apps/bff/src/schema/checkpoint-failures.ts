import { Inject, Injectable } from '@nestjs/common'
import { PinoLogger } from 'nestjs-pino'
import { CONFIG, type Config } from '../core/config/config.js'
import { HOST_CLOCK, type HostClock } from '../core/ports/clock.js'
import { MINUTE } from '../core/time.js'
import { databaseTrouble } from '../database/trouble.js'
import { withoutValues } from '../observability/request-log.js'

/**
 * Logs why SQLite's write-ahead log was not copied into the database: one line a minute, because a disk that fails, fails
 * often. Whoever counts them listens: the metrics need the database first.
 */
@Injectable()
export class CheckpointFailures {
  #loggedAt = -Infinity
  #unlogged = 0
  #listener = () => {}

  constructor(
    private readonly logger: PinoLogger,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(HOST_CLOCK) private readonly clock: HostClock,
  ) {
    logger.setContext('storage')
  }

  /** @param listener hears of each from now on */
  onFailure(listener: () => void): void {
    this.#listener = listener
  }

  note(error: unknown): void {
    this.#listener()
    this.#unlogged += 1
    const now = this.clock.elapsed()
    if (now - this.#loggedAt < MINUTE) return
    const { what, todo } = databaseTrouble(error, this.config.database)
    const fields = { failures: this.#unlogged, todo, err: withoutValues(error) }
    this.logger.error(fields, `the write-ahead log is not copied: ${what}`)
    this.#loggedAt = now
    this.#unlogged = 0
  }
}
