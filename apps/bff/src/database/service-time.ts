import type { DataSource } from 'typeorm'
import type { Config } from '../core/config/config.js'
import { ClockFile } from '../core/ports/clock-file.js'
import type { Clock, ClockStatus, HostClock } from '../core/ports/clock.js'
import { TimeSource } from './time-source.js'

/** The service's time, and whether it can be trusted. */
export interface ServiceTime extends Clock, ClockStatus {
  /** @throws ClockError when it cannot be trusted; what the database throws */
  compare(): Promise<void>
}

/** Injection token of the `ServiceTime`. */
export const SERVICE_TIME = Symbol('ServiceTime')

/** In development the simulator may give the time. Else it is that of all processes of the database. */
export const startServiceTime = async (
  { clockFile }: Pick<Config, 'clockFile'>,
  storage: DataSource,
  host: HostClock,
): Promise<ServiceTime> =>
  clockFile === undefined ? TimeSource.start(storage, host) : new ClockFile(clockFile, host)
