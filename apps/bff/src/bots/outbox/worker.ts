import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common'
import type { InternalErrorCode } from '@sealcard/protocol'
import { AuditLog } from '../../audit/audit-log.js'
import { settledAtShutdown } from '../../core/concurrency/deadline.js'
import { Job } from '../../core/jobs/job.js'
import { Jobs } from '../../core/jobs/jobs.js'
import { type Timers, TIMERS } from '../../core/ports/timers.js'
import { SECOND } from '../../core/time.js'
import { CommandHandler } from '../commands/command-handler.js'
import { WORDS, type Language } from '../i18n/words.js'
import { BotLog } from '../registry/bot-log.js'
import { Bots } from '../registry/bots.service.js'
import { writtenIn } from '../replies/reply-builder.js'
import type { BotJobEntity } from '../storage/bot-job.entity.js'
import { BotJobRepository, LEASE_MS } from '../storage/bot-job.repository.js'
import { readInbound } from '../wire/inbound.js'
import { DelayedReplies } from './delayed-replies.js'

const JOB = 'bot-outbox'
/** Jobs that one process works on at the same time, each of another chat. */
const MAX_RUNNING = 8
const MAX_ATTEMPTS = 6
const BACKOFF_MS = SECOND

/** The lease ran out and another process has the job: nothing of this run may stay. */
class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
  readonly code = 'ERR_LEASE_LOST' satisfies InternalErrorCode
}

/** Works through the outbox. Any number of processes may. */
@Injectable()
export class OutboxWorker implements BeforeApplicationShutdown {
  readonly #running = new Map<string, Promise<void>>()

  constructor(
    private readonly schedule: Jobs,
    private readonly jobs: BotJobRepository,
    private readonly bots: Bots,
    private readonly commands: CommandHandler,
    private readonly later: DelayedReplies,
    private readonly audit: AuditLog,
    private readonly log: BotLog,
    @Inject(TIMERS) private readonly timers: Timers,
  ) {}

  /** Looks through the outbox now, because something came in. It never fails. */
  poll(): Promise<void> {
    return this.schedule.poll(JOB)
  }

  /** Resolves when nothing that was due is left undone. */
  async settled(): Promise<void> {
    for (;;) {
      // A job that ends lets the next of its chat begin: only a run that starts nothing is the last.
      await this.poll()
      if (this.#running.size === 0) return
      await Promise.all(this.#running.values())
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    const running = [this.schedule.stop(JOB), ...this.#running.values()]
    await settledAtShutdown(this.timers, Promise.all(running))
    await this.jobs.releaseAll().catch((error: unknown) => this.log.sweepFailed(error))
  }

  /** Starts the jobs that are due, and sends the answers that wait. */
  @Job({ name: JOB, everyMs: SECOND })
  async run(signal: AbortSignal): Promise<void> {
    if (this.bots.all().length === 0) return
    for (const job of await this.jobs.due(2 * MAX_RUNNING)) {
      if (this.#running.size >= MAX_RUNNING || this.#running.has(job.id)) continue
      if (!(await this.jobs.claim(job))) continue
      // The process stops, and may have released its leases already: this job is not begun.
      if (signal.aborted) return this.jobs.releaseAll()
      this.#start(job)
    }
    await this.later.deliverDue()
  }

  #start(job: BotJobEntity): void {
    const run = this.#attempt(job).finally(() => {
      this.#running.delete(job.id)
      // The next of its chat may begin, and the answer may have to be sent.
      void this.poll()
    })
    this.#running.set(job.id, run)
  }

  async #attempt(job: BotJobEntity): Promise<void> {
    const over = new AbortController()
    void this.#keepLease(job.id, over.signal)
    try {
      await this.#work(job)
    } catch (error) {
      if (!(error instanceof LeaseLost)) await this.#failed(job, error)
    } finally {
      over.abort()
    }
  }

  /** The effects and their answer, in one transaction. */
  async #work(job: BotJobEntity): Promise<void> {
    const bot = this.bots.find(job.botId)
    const inbound = readInbound(this.jobs.plaintextOf(job)).inbound
    if (!bot || !inbound) throw new TypeError('a job of no bot')
    const command = await this.commands.prepare(bot, inbound)
    await this.audit.transact(async (tx) => {
      const answer = await this.commands.execute(bot, command, tx)
      if (!(await this.jobs.finish(tx.manager, job.id, 'done', answer))) throw new LeaseLost()
    })
  }

  async #failed(job: BotJobEntity, error: unknown): Promise<void> {
    const attempt = job.attempts + 1
    this.log.jobFailed(job.botId, job.id, attempt, error)
    try {
      if (attempt < MAX_ATTEMPTS) {
        await this.jobs.retry(job, BACKOFF_MS * 2 ** job.attempts)
        return
      }
      const language = this.#languageOf(job)
      const sorry = { language, title: WORDS[language].sorry }
      await this.audit.transact(({ manager }) => this.jobs.finish(manager, job.id, 'failed', sorry))
    } catch (failure) {
      // The lease runs out, and some process tries again.
      this.log.sweepFailed(failure)
    }
  }

  /** Chinese also where no key opens the message: its job must come to an end like every other. */
  #languageOf(job: BotJobEntity): Language {
    try {
      const inbound = readInbound(this.jobs.plaintextOf(job)).inbound
      return inbound ? writtenIn(inbound) : 'zh'
    } catch {
      return 'zh'
    }
  }

  async #keepLease(id: string, signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        await this.timers.sleep(LEASE_MS / 4, signal)
        await this.jobs.renew(id)
      }
    } catch (error) {
      if (!signal.aborted) this.log.sweepFailed(error)
    }
  }
}
