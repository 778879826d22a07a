import { Inject, Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { SerialQueue } from '../core/concurrency/queues.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { SystemTimers, type Timers, TIMERS } from '../core/ports/timers.js'
import {
  isLostToAnother,
  isStorageUnavailable,
  retried,
  WriteLeaseError,
  WriterUnavailableError,
} from '../database/storage-error.js'
import { Metrics } from '../observability/metrics.js'
import type { Fact } from './audit.entities.js'
import { ChainWriter } from './chain-writer.js'

/** What a unit of work gets: its transaction, and where to say what it decided. */
export interface AuditedTransaction {
  readonly manager: EntityManager
  /** Recorded when the transaction commits, and only then. */
  record: (fact: Fact) => void
  /** Called once COMMIT has succeeded, and only then. It must not throw. */
  afterCommit: (note: () => void) => void
}

/** Hears of facts before they are committed. */
export interface FactListener {
  /** Writes in the same transaction. What it throws undoes the transaction. */
  heard(transaction: AuditedTransaction, facts: readonly Fact[]): Promise<void>
}

/** Tries of one unit of work that lost against a concurrent transaction. */
const MAX_TRIES = 4
/**
 * The longest wait for a turn, ms: a last resort. Slow turns are no failure, and load shedding keeps the waiters few. A
 * storage that does not answer has deadlines of its own: all who wait then fail with the one that has the turn.
 */
const TURN_MS = 600_000

/** Seconds. */
const TURN_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]
const COMMIT_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]

/**
 * Runs what decides or changes something together with its audit entries: both are durable, or neither is.
 *
 * The entries of a process form one chain, so its audited transactions run one after another. Keep them short: no call
 * to a platform, no waiting, inside.
 */
@Injectable()
export class AuditLog implements OnApplicationShutdown {
  readonly #turn: SerialQueue
  readonly #listeners: FactListener[] = []
  readonly #turnWait
  readonly #commitTime

  constructor(
    private readonly storage: DataSource,
    private readonly chain: ChainWriter,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TIMERS) timers: Timers = new SystemTimers(),
    @Optional() metrics?: Metrics,
  ) {
    this.#turnWait = metrics?.histogram(
      'sealcard_audit_turn_wait_seconds',
      'How long audited transactions waited for their turn',
      TURN_BUCKETS,
    )
    this.#commitTime = metrics?.histogram(
      'sealcard_audit_commit_seconds',
      'How long the commits of audited transactions took',
      COMMIT_BUCKETS,
    )
    this.#turn = new SerialQueue({
      deadline: { timers, ms: TURN_MS, error: () => new WriteLeaseError(TURN_MS) },
      // Each of those who wait would spend the storage's own deadline again, one after another.
      failsWaiting: (error) =>
        isStorageUnavailable(error) && !isLostToAnother(error)
          ? new WriterUnavailableError(error)
          : undefined,
    })
  }

  /**
   * @param work may run again from the start when `retry` says so or the database asks for it; must not keep state
   * @param retry judges an error of `work`, e.g. a lost claim that the next try will see as a row
   * @throws WriteLeaseError or WriterUnavailableError when its turn does not come; then `work` was not called
   */
  transact<T>(
    work: (transaction: AuditedTransaction) => Promise<T>,
    retry: (error: unknown) => boolean = () => false,
  ): Promise<T> {
    const asked = this.clock.now()
    return this.#turn.run(() => {
      this.#turnWait?.observe(this.#secondsSince(asked))
      return retried(MAX_TRIES, () => this.#once(work), retry)
    })
  }

  async #once<T>(work: (transaction: AuditedTransaction) => Promise<T>): Promise<T> {
    const facts: Fact[] = []
    const notes: (() => void)[] = []
    let commit: (() => void) | undefined
    let ready = 0
    try {
      const result = await this.storage.transaction(async (manager) => {
        const transaction: AuditedTransaction = {
          manager,
          record: (fact) => facts.push(fact),
          afterCommit: (note) => notes.push(note),
        }
        const value = await work(transaction)
        for (const listener of this.#listeners) await listener.heard(transaction, facts)
        commit = await this.chain.append(manager, facts, this.clock.now())
        ready = this.clock.now()
        return value
      })
      this.#commitTime?.observe(this.#secondsSince(ready))
      commit?.()
      for (const note of notes) note()
      return result
    } catch (error) {
      // From here on COMMIT may have been sent. What failed before was rolled back, and the chain stands where it stood.
      if (commit) this.chain.markUncertain()
      throw error
    }
  }

  /** None when the clock was set back. */
  #secondsSince(ms: number): number {
    return Math.max(0, this.clock.now() - ms) / 1000
  }

  /** From now on it hears of every fact of this process. */
  listen(listener: FactListener): void {
    this.#listeners.push(listener)
  }

  /** Records one fact by itself: what an administrator did, or a job. */
  append(fact: Fact): Promise<void> {
    return this.transact(async ({ record }) => record(fact))
  }

  /** Signs the head when 60 s have passed since the last checkpoint, and states what other processes' new chains hold.
   * Called by a job. */
  async checkpointIfDue(): Promise<void> {
    await this.transact(async ({ manager, record }) => {
      for (const fact of await this.chain.anchor(manager, this.clock.now())) record(fact)
    })
    await this.#turn.run(() => this.chain.checkpointIfDue(this.clock.now()))
  }

  async onApplicationShutdown(): Promise<void> {
    const last = this.#turn.run(async () => {
      if (this.storage.isInitialized) await this.chain.checkpoint(this.clock.now())
    })
    await last.catch(() => {})
  }
}
