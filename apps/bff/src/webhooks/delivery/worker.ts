import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnModuleInit,
} from '@nestjs/common'
import { AuditLog } from '../../audit/audit-log.js'
import { settledAtShutdown } from '../../core/concurrency/deadline.js'
import { Job } from '../../core/jobs/job.js'
import { JobRunner } from '../../core/jobs/jobs.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { type Timers, TIMERS } from '../../core/ports/timers.js'
import { SECOND } from '../../core/time.js'
import { JobLog } from '../../observability/job-log.js'
import { EventWriter } from '../events/event-writer.js'
import { WebhookDeliveries } from '../storage/deliveries.js'
import { LEASE_MS, WebhookStates } from '../storage/states.js'
import { type Webhook, Webhooks } from '../webhook.js'
import { GIVEN_UP_MS, WebhookDelivery } from './delivery.js'
import { WebhookMetrics } from './webhook-metrics.js'

/** Messages to one webhook at the same time, each of another line. */
const AT_ONCE = 8
/** Then a line lets others go first, ms. */
const LINE_MS = 10 * SECOND
const JOB = 'webhooks'

/** What a worker needs of the world. */
@Injectable()
export class WebhookTools {
  constructor(
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(TIMERS) readonly timers: Timers,
    readonly metrics: WebhookMetrics,
  ) {}
}

/**
 * Sends what waits. Each webhook has a runner of its own, so one that hangs or fails holds up no other. Of all processes
 * one at a time sends to a webhook.
 */
@Injectable()
export class WebhookWorker implements OnModuleInit, BeforeApplicationShutdown {
  readonly #runners: ReadonlyMap<string, JobRunner>
  readonly #stopped = new AbortController()

  constructor(
    private readonly webhooks: Webhooks,
    private readonly deliveries: WebhookDeliveries,
    private readonly states: WebhookStates,
    private readonly delivery: WebhookDelivery,
    private readonly events: EventWriter,
    private readonly audit: AuditLog,
    private readonly log: JobLog,
    private readonly tools: WebhookTools,
  ) {
    this.#runners = new Map(
      webhooks.all.map((webhook) => [
        webhook.id,
        new JobRunner(
          (signal) => this.#run(webhook, signal),
          (error) => this.log.jobFailed(JOB, error),
        ),
      ]),
    )
  }

  onModuleInit(): void {
    this.audit.listen(this.events)
    this.events.onEvents(() => this.wake())
  }

  /** Looks for messages now. Does not wait for it. */
  wake(): void {
    for (const runner of this.#runners.values()) void runner.poll()
  }

  /** Looks for messages, also of other processes and of tries that failed. */
  @Job({ name: JOB, everyMs: SECOND })
  async run(): Promise<void> {
    const waiting = await this.deliveries.waiting(this.webhooks.all.map(({ id }) => id))
    for (const [id, runner] of this.#runners)
      if (waiting.has(id)) runner.tick()
      else this.tools.metrics.waited(id, 0)
  }

  /** Resolves when every message that was due has been tried. */
  async settled(): Promise<void> {
    await Promise.all([...this.#runners.values()].map((runner) => runner.poll()))
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { timers } = this.tools
    const runners = [...this.#runners.values()]
    const ended = Promise.all(runners.map((runner) => runner.stop()))
    await settledAtShutdown(timers, ended)
    // What is still under way is broken off: another process sends it again.
    this.#stopped.abort()
    await settledAtShutdown(timers, ended)
  }

  async #run(webhook: Webhook, signal: AbortSignal): Promise<void> {
    if (!(await this.deliveries.waiting([webhook.id])).has(webhook.id)) return
    const { pausedUntil } = await this.states.get(webhook.id)
    if (pausedUntil !== null && pausedUntil > this.tools.clock.now()) return
    if (!(await this.states.take(webhook.id))) return
    const lost = new AbortController()
    const over = new AbortController()
    void this.#keepLease(webhook.id, over.signal, lost)
    try {
      await this.#send(webhook, AbortSignal.any([signal, lost.signal]))
    } finally {
      over.abort()
      await this.states.release(webhook.id)
    }
  }

  async #send(webhook: Webhook, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.#mayBeTold(webhook))) {
      const lines = await this.deliveries.lines(webhook.id)
      if (lines.length === 0) return
      const next = lines.values()
      const work = async () => {
        for (const line of next) await this.#sendLine(webhook, line, signal)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
    }
  }

  async #mayBeTold({ id }: Webhook): Promise<boolean> {
    const now = this.tools.clock.now()
    const { pausedUntil, disabledAt } = await this.states.get(id)
    if (disabledAt !== null) {
      const old = await this.deliveries.removeOld(id, now - GIVEN_UP_MS)
      await this.states.gaveUp(id, old)
      if (old > 0) this.tools.metrics.told(id, 'given_up', old)
      return false
    }
    return pausedUntil === null || pausedUntil <= now
  }

  async #sendLine(webhook: Webhook, line: string, signal: AbortSignal): Promise<void> {
    const { clock, metrics } = this.tools
    const until = clock.now() + LINE_MS
    while (!signal.aborted && clock.now() <= until) {
      const row = await this.deliveries.first(webhook.id, line)
      if (!row) return
      const now = clock.now()
      if (row.nextAt > now) return this.deliveries.follow(row)
      if (!(await this.#mayBeTold(webhook))) return
      metrics.waited(webhook.id, now - row.at)
      if (!(await this.delivery.try(webhook, row, this.#stopped.signal))) return
    }
  }

  async #keepLease(id: string, signal: AbortSignal, lost: AbortController): Promise<void> {
    try {
      for (;;) {
        await this.tools.timers.sleep(LEASE_MS / 4, signal)
        if (await this.states.renew(id)) continue
        lost.abort()
        return
      }
    } catch (error) {
      if (signal.aborted) return
      this.log.jobFailed(JOB, error)
      lost.abort()
    }
  }
}
