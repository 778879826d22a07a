import { SetMetadata } from '@nestjs/common'

export interface JobOptions {
  /** Of the log, the metric and `Jobs.poll`. */
  readonly name: string
  /** Milliseconds from one start to the next. */
  readonly everyMs: number
  /** Milliseconds from the start of the process to the first run; without it, as long as from one run to the next. */
  readonly firstMs?: number
  /** Runs also while the clock cannot be trusted. */
  readonly whileUntrusted?: true
}

export const JOB = Symbol('Job')

/**
 * A method of a provider that runs now and then, in each process.
 *
 * The method gets an AbortSignal, which aborts when the process stops. It throws what goes wrong: `Jobs` logs and counts
 * the failure, and the next run comes all the same. Two runs never overlap in one process; several processes may run it
 * at the same moment.
 */
export const Job = (options: JobOptions): MethodDecorator => SetMetadata(JOB, options)
