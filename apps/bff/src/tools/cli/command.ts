import type { InternalErrorCode } from '@sealcard/protocol'
import type { PasswordCost } from '../../accounts/password-hasher.js'
import type { Config } from '../../core/config/config.js'
import type { HostClock } from '../../core/ports/clock.js'
import type { Platform } from '../../platforms/registry/platform.js'

/** What every command ends with. */
export const EXIT = {
  ok: 0,
  /** It ran, and found something wrong. */
  found: 1,
  /** It did not run: wrong usage, wrong configuration, a database that does not answer. */
  unusable: 2,
} as const

export interface Output {
  /** @returns false when it wants to be drained before more is written, as a stream does */
  write(text: string): unknown
  once?(event: 'drain', listener: () => void): unknown
  /** It is a terminal: a person reads the output. */
  readonly isTTY?: boolean
}

/** What a command gets from outside. */
export interface CommandContext {
  /** Read when asked for: help needs none. @throws ConfigError */
  readonly config: () => Config
  readonly clock: HostClock
  /** Those that an app may be of. */
  readonly platforms: readonly Platform[]
  /** Results. */
  readonly stdout: Output
  /** Progress and mistakes. */
  readonly stderr: Output
  /** Absent: no command can ask for one. */
  readonly passwords?: PasswordInput
  /** What a hash costs. Absent: the standard. */
  readonly passwordCost?: PasswordCost
}

export interface Command {
  /** As it is called: `audit verify`. */
  readonly name: string
  readonly summary: string
  /** Its options, one per line. */
  readonly usage: string
  /** @returns the exit code @throws UsageError; any other error means that it could not run */
  run(context: CommandContext, args: readonly string[]): Promise<number>
}

/** The arguments are wrong. The message names the option. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'ERR_USAGE' satisfies InternalErrorCode
}

/** Where a password comes from: never an argument, which every process of the machine can read. */
export interface PasswordInput {
  /** Asks on a terminal and shows nothing of the answer. Null where there is no terminal. */
  ask(question: string): Promise<string | null>
  /** Standard input, to its end. */
  readAll(): Promise<string>
}
