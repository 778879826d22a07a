import type { DataSource } from 'typeorm'
import type { Dispatcher } from 'undici'
import type { Config } from '../../../core/config/config.js'
import { type Clock, CLOCK_SKEW_MS } from '../../../core/ports/clock.js'
import type { Random } from '../../../core/ports/random.js'
import type { Timers } from '../../../core/ports/timers.js'
import type { Platforms } from '../../../platforms/registry/platforms.js'
import type { PlatformProbe } from './platform-probe.js'
import type { ChineseWords, DoctorCode } from './words-zh.js'

export type Status = 'ok' | 'warning' | 'wrong'

/** What a check found. No secret in any of it: it is printed and pasted into tickets. */
export interface Finding {
  /** The check that found it. */
  readonly check: string
  /** Which app, bot or key it is about. */
  readonly about?: string
  readonly status: Status
  /** Stable, for programs that read the JSON form: `ip-not-allowed`. */
  readonly code: string
  readonly what: string
  /** Absent where nothing is to be done. */
  readonly todo?: string
  /** Only of a platform's errcode: the same in Chinese. `WORDS_ZH` has the others. */
  readonly zh?: ChineseWords
}

type Said = Omit<Finding, 'check'>

export const ok = (code: DoctorCode, what: string, about?: string): Said => ({
  status: 'ok',
  code,
  what,
  ...(about !== undefined && { about }),
})

export const warning = (code: DoctorCode, what: string, todo: string, about?: string): Said => ({
  ...ok(code, what, about),
  status: 'warning',
  todo,
})

export const wrong = (code: DoctorCode, what: string, todo: string, about?: string): Said => ({
  ...ok(code, what, about),
  status: 'wrong',
  todo,
})

export type { Said }

/** Of a file system; sizes in bytes. */
export interface Space {
  readonly free: number
  /** Linux' magic number of the kind of file system. */
  readonly type: number
}

export interface Files {
  /** Permission bits and size; null when there is no such file. @throws the system's error otherwise */
  stat(path: string): Promise<{ mode: number; size: number; mine: boolean } | null>
  /** Of the file system that holds the folder. */
  space(folder: string): Promise<Space>
  /** The folder for temporary files. */
  readonly temporary: string
  /** False also for what is not there. */
  isFolder(path: string): Promise<boolean>
  /** Whether this user may create files there. */
  writable(folder: string): Promise<boolean>
}

export interface HttpProbe {
  /**
   * One request without secrets.
   * @param way by which it leaves; absent: directly
   * @returns its status and Date header
   * @throws the system's error, with its code
   */
  ask(url: string, way?: Dispatcher): Promise<{ status: number; date: string | undefined }>
}

/** Everything outside that the checks look at. */
export interface Outside {
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly files: Files
  readonly http: HttpProbe
  readonly platforms: Platforms
  readonly probe: (config: Config) => PlatformProbe
  /** `process.versions.node`. */
  readonly nodeVersion: string
}

export interface Context extends Outside {
  readonly config: Config
  readonly thorough: boolean
}

/** A context with the service's database, which is open and migrated. */
export interface DatabaseContext extends Context {
  readonly storage: DataSource
}

export interface Check<C = Context> {
  readonly name: string
  /** It has found nothing out by then. */
  readonly timeoutMs: number
  run: (context: C) => Promise<readonly Said[]> | readonly Said[]
}

/** A Date header knows whole seconds. The service refuses to run when its clock is off by `CLOCK_SKEW_MS`. */
const NOTICED_MS = 10_000

/** Compares our clock with another clock, which was read between `before` and `after`. Nothing when they agree. */
export const skewFinding = (
  before: number,
  after: number,
  theirs: number,
  about: string,
): readonly Said[] => {
  if (Number.isNaN(theirs)) return []
  const ahead = before - theirs
  const behind = theirs - after
  const off = Math.max(ahead, behind)
  if (off <= NOTICED_MS) return []
  const seconds = Math.round(off / 1000)
  const what = `this machine’s clock is ${seconds} s ${ahead > behind ? 'ahead' : 'behind'}`
  const todo =
    'Keep the time by NTP (timedatectl set-ntp true); windows and callbacks depend on it.'
  return [(off > CLOCK_SKEW_MS ? wrong : warning)('clock-skew', what, todo, about)]
}
