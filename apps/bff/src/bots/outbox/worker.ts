import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common'
import { Interval } from '@nestjs/schedule'
import { AuditLog } from '../../audit/audit-log.js'
import { settledAtShutdown } from '../../core/concurrency/deadline.js'
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

const EVERY_MS = SECOND
/** Jobs that one process works on at the same time, each of another chat. */
const MAX_RUNNING = 8
const MAX_ATTEMPTS = 6
const BACKOFF_MS = SECOND

/** The lease ran out and somebody else has the job: nothing of this run may stay. */
class LeaseLost extends Error {}

/** Works through the outbox. Any number of processes may. */
@Injectable()
export class OutboxWorker implements BeforeApplicationShutdown {
  readonly #running = new Map<string, Promise<void>>()
  #sweep: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(
    private readonly jobs: BotJobRepository,
    private readonly bots: Bots,
    private readonly commands: CommandHandler,
    private readonly later: DelayedReplies,
    private readonly audit: AuditLog,
    private readonly log: BotLog,
    @Inject(TIMERS) private readonly timers: Timers,
  ) {}

  @Interval('bot-outbox', EVERY_MS)
  async tick(): Promise<void> {
    if (this.bots.all().length > 0) await this.look()
  }

  /** Starts what is due and sends what waits to be sent; looks once more when something was added meanwhile. */
  look(): Promise<void> {
    this.#again = true
    this.#sweep ??= this.#lookThrough().finally(() => (this.#sweep = undefined))
    return this.#sweep
  }

  /** Resolves when nothing that was due is left undone. */
  async settled(): Promise<void> {
    for (;;) {
      // What ended may have been what the next of its chat waited for: only a look that starts nothing is the last.
      await this.look()
      if (this.#running.size === 0) return
      await Promise.all(this.#running.values())
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true
    await settledAtShutdown(this.timers, Promise.all([this.#sweep, ...this.#running.values()]))
    await this.jobs.releaseAll().catch((error: unknown) => this.log.sweepFailed(error))
  }

  async #lookThrough(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false
      try {
        for (const job of await this.jobs.due(2 * MAX_RUNNING)) {
          if (this.#running.size >= MAX_RUNNING || this.#running.has(job.id)) continue
          if (!(await this.jobs.claim(job))) continue
          // Stopped meanwhile, and perhaps everything given back already: this one is not begun.
          if (this.#stopped) return await this.jobs.releaseAll()
          this.#start(job)
        }
        await this.later.deliverDue()
      } catch (error) {
        this.log.sweepFailed(error)
        return
      }
    }
  }

  #start(job: BotJobEntity): void {
    const run = this.#run(job).finally(() => {
      this.#running.delete(job.id)
      // The next of its chat may begin, and the answer may have to be sent.
      if (!this.#stopped) void this.look()
    })
    this.#running.set(job.id, run)
  }

  async #run(job: BotJobEntity): Promise<void> {
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

  /** The effects, and the answer that tells of them, in one transaction. */
  async #work(job: BotJobEntity): Promise<void> {
    const bot = this.bots.find(job.botId)
    const inbound = readInbound(this.jobs.plaintextOf(job)).inbound
    if (!bot || !inbound) throw new TypeError('a job of no bot')
    const command = await this.commands.prepare(bot, inbound)
    await this.audit.transact(async (tx) => {
      const { answer } = await command.execute(tx)
      if (!(await this.jobs.finish(tx.manager, job.id, 'done', answer))) throw new LeaseLost()
    })
  }

  async #failed(job: BotJobEntity, error: unknown): Promise<void> {
    const attempt = job.attempts + 1
    this.log.jobFailed(job.botId, job.id, attempt, error)
    try {
      if (attempt < MAX_ATTEMPTS) return await this.jobs.retry(job, BACKOFF_MS * 2 ** job.attempts)
      const language = this.#languageOf(job)
      const sorry = { language, title: WORDS[language].sorry }
      await this.audit.transact(({ manager }) => this.jobs.finish(manager, job.id, 'failed', sorry))
    } catch (failure) {
      // The lease runs out, and somebody tries again.
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
