import type { DataSource } from 'typeorm'
import type { Dispatcher } from 'undici'
import type { Config } from '../../../core/config/config.js'
import type { Clock } from '../../../core/ports/clock.js'
import type { Random } from '../../../core/ports/random.js'
import type { Timers } from '../../../core/ports/timers.js'
import type { Said } from './finding.js'
import type { PlatformProbe } from './platform-probe.js'

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
  readonly platforms: (config: Config) => PlatformProbe
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
  run(context: C): Promise<readonly Said[]> | readonly Said[]
}
