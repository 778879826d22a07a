import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common'
import { AuditLog } from '../audit/audit-log.js'
import { Job } from '../core/jobs/job.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { MINUTE } from '../core/time.js'
import { JobLog } from '../observability/job-log.js'
import { reasonFrom } from './admin-audit-entry.js'

const WINDOW_MS = MINUTE
const JOB = 'login-journal'
/** Entries in a window. The window's other logins become one entry with their number. */
const EACH = 10

export interface RefusedLogin {
  /** The account, if there is one of that name. The name itself stays out: it may be a password, typed too early. */
  readonly accountId: string | undefined
  readonly address: string
  readonly why: 'credentials' | 'blocked_name' | 'blocked_address' | 'blocked_device'
}

/** Writes refused logins to the audit. In a flood it writes some, and the number of the others, to spare the disk. */
@Injectable()
export class LoginJournal implements BeforeApplicationShutdown {
  #since = -Infinity
  #told = 0
  #more = 0
  #flushing: Promise<void> | undefined

  constructor(
    private readonly audit: AuditLog,
    private readonly log: JobLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws what the audit throws; then the login counts among the others, and the next entry of a number has it */
  async refused({ accountId = 'unknown', address, why }: RefusedLogin): Promise<void> {
    try {
      const now = this.clock.now()
      if (now - this.#since >= WINDOW_MS) {
        this.#since = now
        this.#told = 0
        await this.flush()
      }
      if (this.#told < EACH) {
        this.#told += 1
        await this.#append(accountId, reasonFrom(address, why))
      } else this.#more += 1
    } catch (error) {
      this.#more += 1
      throw error
    }
  }

  /** Writes the number of those that were only counted. One call at a time, or two entries would have the same number. */
  @Job({ name: JOB, everyMs: WINDOW_MS })
  flush(): Promise<void> {
    this.#flushing ??= this.#writeMore().finally(() => (this.#flushing = undefined))
    return this.#flushing
  }

  /** After a failure the number stays, and what comes during the write counts for the next entry. */
  async #writeMore(): Promise<void> {
    const more = this.#more
    if (more === 0) return
    await this.#append('many', `further=${more}`)
    this.#more -= more
  }

  async beforeApplicationShutdown(): Promise<void> {
    // A flush under way leaves out what was counted since it began.
    await this.#flushing?.catch(() => {})
    await this.flush().catch((error: unknown) => this.log.jobFailed(JOB, error))
  }

  #append(subject: string, reason: string): Promise<void> {
    const fact = { kind: 'admin.login', actor: 'anonymous', subject, decision: 'refused', reason }
    return this.audit.append(fact)
  }
}
