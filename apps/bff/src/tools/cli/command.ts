import { parseArgs } from 'node:util'
import type { InternalErrorCode } from '@sealcard/protocol'
import type { PasswordCost } from '../../accounts/password-hasher.js'
import type { Config } from '../../core/config/config.js'
import type { HostClock } from '../../core/ports/clock.js'
import type { BackupFiles } from '../backup/files.js'
import type { PostgresPrograms } from '../backup/postgres-programs.js'
import type { CliLanguage } from './words-zh.js'
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

/** What backups need from outside. */
export interface BackupOutside {
  readonly files: BackupFiles
  readonly programs: PostgresPrograms
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
  /** The bytes of a file. Absent: no command can read one. @throws the system's error */
  readonly readFile?: (path: string) => Uint8Array
  /** Of the package. Absent: `--version` does not say. */
  readonly version?: string
  /** Of help. Absent: English. */
  readonly language?: CliLanguage
  /** Absent: no command can ask. */
  readonly questions?: Questions
  /** Absent: no command can write files. */
  readonly folder?: Folder
  /** Absent: no command can make backups. */
  readonly backups?: BackupOutside
  /** Runs the service. Resolves when it is ready. Absent: no command can. */
  readonly start?: (config: Config) => Promise<void>
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

/** What a person answers who sees the question. */
export interface Questions {
  /** Null where there is no terminal. Empty: the person pressed Enter. */
  ask(question: string): Promise<string | null>
}

/** The folder in which the command runs. */
export interface Folder {
  exists(name: string): boolean
  /** @param mode as of chmod @throws the system's error; EEXIST when it is there already */
  create(name: string, text: string, mode: number): void
}

type Options = Readonly<
  Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: true }>
>

export type Values<T extends Options> = {
  [name in keyof T]?: T[name] extends { type: 'boolean' }
    ? boolean
    : T[name] extends { multiple: true }
      ? string[]
      : string
}

/** `--name value` and `--flag`; nothing else. @throws UsageError */
export const readOptions = <const T extends Options>(
  args: readonly string[],
  options: T,
): Values<T> => {
  try {
    const strict = { strict: true, allowPositionals: false } as const
    return parseArgs({ args: joined(args, options), options, ...strict }).values
  } catch (error) {
    // Node's own words; they name the option.
    throw new UsageError(String((error as { message?: unknown }).message))
  }
}

/** `--id -xyz` as `--id=-xyz`: stored ids that are not base62 may begin with a minus. Only a known option ends a value. */
const joined = (args: readonly string[], options: Options): string[] => {
  const isOption = (text: string) => Object.hasOwn(options, /^--([^=]*)/.exec(text)?.[1] ?? '')
  const all: string[] = []
  for (let i = 0; i < args.length; i++) {
    const [name = '', value] = args.slice(i, i + 2)
    const takesText = isOption(name) && options[name.slice(2)]?.type === 'string'
    if (takesText && value?.startsWith('-') && !isOption(value)) {
      all.push(`${name}=${value}`)
      i++
    } else all.push(name)
  }
  return all
}

/** @throws UsageError naming the option that is missing */
export const required = (value: string | undefined, name: string): string => {
  if (!value) throw new UsageError(`--${name} is missing`)
  return value
}

/** No faster than it is read: what is written may be larger than memory. */
export const written = async (out: Output, text: string): Promise<void> => {
  if (out.write(text) !== false || !out.once) return
  await new Promise<void>((resolve) => out.once?.('drain', resolve))
}
