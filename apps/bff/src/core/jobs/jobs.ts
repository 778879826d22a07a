import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common'
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core'
import { SchedulerRegistry } from '@nestjs/schedule'
import { settledAtShutdown } from '../concurrency/deadline.js'
import { CLOCK_STATUS, type ClockStatus } from '../ports/clock.js'
import { TIMERS, type Timers } from '../ports/timers.js'
import { JOB, type JobOptions } from './job.js'

/** What a job does. The signal aborts when the process stops. */
type JobWork = (signal: AbortSignal) => unknown

/** The frame of a job: runs never overlap, and a run that fails ends nothing but itself. */
export class JobRunner {
  readonly #stop = new AbortController()
  #last: Promise<void> = Promise.resolve()
  #isRunning = false
  #isWanted = false

  constructor(
    private readonly work: JobWork,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** A run, unless one is under way. */
  tick(): void {
    if (!this.#isRunning) void this.poll()
  }

  /**
   * A run that begins from now on. While one is under way, all who ask share the one run that follows it.
   * @returns resolves after that run, whether it fails or not; at once when the job stopped
   */
  poll(): Promise<void> {
    this.#isWanted = true
    if (!this.#isRunning) this.#last = this.#runWanted()
    return this.#last
  }

  /** No run begins any more. @returns resolves when the run that is under way ends */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#last
  }

  async #runWanted(): Promise<void> {
    const { signal } = this.#stop
    this.#isRunning = true
    try {
      while (this.#isWanted && !signal.aborted) {
        this.#isWanted = false
        try {
          await this.work(signal)
        } catch (error) {
          this.failed(error)
        }
      }
    } finally {
      // Not later than the last look at `#isWanted`: a poll between the two would wait for the next interval.
      this.#isRunning = false
    }
  }
}

/** Hears of each run that failed. */
export interface JobObserver {
  jobFailed(job: string, error: unknown): void
}

/** Injection token of the `JobObserver`. */
export const JOB_OBSERVER = Symbol('JobObserver')

interface ScheduledJob {
  readonly options: JobOptions
  readonly runner: JobRunner
}

/** Finds the methods with `@Job` among all providers, and runs each at its interval from the start to the shutdown.
 * While the clock cannot be trusted, no run of a job does anything. */
@Injectable()
export class Jobs implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #jobs = new Map<string, ScheduledJob>()

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
    private readonly schedule: SchedulerRegistry,
    @Inject(JOB_OBSERVER) private readonly observer: JobObserver,
    @Inject(TIMERS) private readonly timers: Timers,
    @Inject(CLOCK_STATUS) private readonly clock: ClockStatus,
  ) {}

  get names(): string[] {
    return [...this.#jobs.keys()]
  }

  /** @throws Error when two jobs have one name */
  onModuleInit(): void {
    // Two tokens may have one instance.
    const instances = new Set(
      this.discovery.getProviders().map(({ instance }): unknown => instance),
    )
    for (const instance of instances) {
      if (!instance || !Object.getPrototypeOf(instance)) continue
      for (const method of this.scanner.getAllMethodNames(
        Object.getPrototypeOf(instance) as object,
      ))
        this.#find(instance as Record<string, JobWork>, method)
    }
  }

  onApplicationBootstrap(): void {
    for (const { options, runner } of this.#jobs.values()) {
      const { name, everyMs, firstMs = everyMs } = options
      const begin = () => {
        this.schedule.deleteTimeout(name)
        runner.tick()
        this.schedule.addInterval(
          name,
          setInterval(() => runner.tick(), everyMs),
        )
      }
      this.schedule.addTimeout(name, setTimeout(begin, firstMs))
    }
  }

  /**
   * Runs the job from now on, for tests and for code with new work for the job.
   * @returns resolves after the run, whether it fails or not
   */
  poll(name: string): Promise<void> {
    return this.#job(name).runner.poll()
  }

  /** No run of the job begins any more. @returns resolves when the run that is under way ends */
  stop(name: string): Promise<void> {
    this.unschedule(name)
    return this.#job(name).runner.stop()
  }

  /** From now on the job runs only when it is polled. */
  unschedule(name: string): void {
    const { schedule } = this
    if (schedule.doesExist('timeout', name)) schedule.deleteTimeout(name)
    if (schedule.doesExist('interval', name)) schedule.deleteInterval(name)
  }

  async beforeApplicationShutdown(): Promise<void> {
    const stopped = this.names.map((name) => this.stop(name))
    await settledAtShutdown(this.timers, Promise.all(stopped))
  }

  #find(instance: Record<string, JobWork>, method: string): void {
    const work = instance[method]
    const options =
      typeof work === 'function' && this.reflector.get<JobOptions | undefined>(JOB, work)
    if (!options) return
    const { name } = options
    if (this.#jobs.has(name)) throw new Error(`two jobs have the name ${name}`)
    const failed = (error: unknown) => this.observer.jobFailed(name, error)
    const runner = new JobRunner((signal) => {
      // What a job erases, sends or counts by a wrong time cannot be undone.
      if (!options.whileUntrusted && this.clock.problem !== undefined) return undefined
      return instance[method]?.(signal)
    }, failed)
    this.#jobs.set(name, { options, runner })
  }

  #job(name: string): ScheduledJob {
    const job = this.#jobs.get(name)
    if (!job) throw new Error(`no job has the name ${name}`)
    return job
  }
}
