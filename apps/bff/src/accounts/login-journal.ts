import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common'
import { Interval } from '@nestjs/schedule'
import { AuditLog } from '../audit/audit-log.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { MINUTE } from '../core/time.js'
import { RequestLog } from '../observability/request-log.js'
import { reasonFrom } from './admin-audit-entry.js'

const WINDOW_MS = MINUTE
/** Entries in a window; the others are told as one number when it is over. */
const EACH = 10

export interface RefusedLogin {
  /** The account that was meant, if there is one. What was typed is not told: it may be a password. */
  readonly accountId: string | undefined
  readonly address: string
  readonly why: 'credentials' | 'blocked_name' | 'blocked_address' | 'blocked_device'
}

/** Tells the audit of refused logins: each, and in a flood some and how many more, so that it does not fill the disk. */
@Injectable()
export class LoginJournal implements BeforeApplicationShutdown {
  #since = -Infinity
  #told = 0
  #more = 0
  #flushing: Promise<void> | undefined

  constructor(
    private readonly audit: AuditLog,
    private readonly log: RequestLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws what the audit throws; then the login is among those that are told as a number */
  async refused({ accountId = 'unknown', address, why }: RefusedLogin): Promise<void> {
    try {
      const now = this.clock.now()
      // The distance, not the difference: a clock that was ahead must not keep a window open.
      if (Math.abs(now - this.#since) >= WINDOW_MS) {
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

  /** Tells what was only counted. One at a time, or two would tell the same number. */
  flush(): Promise<void> {
    this.#flushing ??= this.#tellMore().finally(() => (this.#flushing = undefined))
    return this.#flushing
  }

  /** What was not told stays counted, and so does what comes meanwhile. */
  async #tellMore(): Promise<void> {
    const more = this.#more
    if (more === 0) return
    await this.#append('many', `further=${more}`)
    this.#more -= more
  }

  @Interval('login-journal', WINDOW_MS)
  async tick(): Promise<void> {
    await this.flush().catch((error: unknown) => this.log.jobFailed('login-journal', error))
  }

  async beforeApplicationShutdown(): Promise<void> {
    // One that is under way does not tell what was counted since it began.
    await this.#flushing?.catch(() => {})
    await this.tick()
  }

  #append(subject: string, reason: string): Promise<void> {
    const fact = { kind: 'admin.login', actor: 'anonymous', subject, decision: 'refused', reason }
    return this.audit.append(fact)
  }
}
