import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import { PinoLogger } from 'nestjs-pino'
import { DataSource } from 'typeorm'
import { CONFIG, type Config } from '../core/config/config.js'
import { toldInWords } from '../database/trouble.js'
import { CLOCK, CLOCK_STATUS, HOST_CLOCK } from '../core/ports/clock.js'
import { SystemTimers } from '../core/ports/timers.js'
import { TimeSource } from '../database/time-source.js'
import { migrate } from './migrate.js'
import { openStorage } from './open-storage.js'

/** Provides the connected, migrated `DataSource`, closes it last, and provides the time that its processes share. */
@Global()
@Module({
  providers: [
    {
      provide: DataSource,
      useFactory: (config: Config, logger: PinoLogger) =>
        toldInWords(config.database, async () => {
          const dataSource = await openStorage(config)
          await migrate(dataSource, new SystemTimers(), (line) => logger.info(line))
          return dataSource
        }),
      inject: [CONFIG, PinoLogger],
    },
    { provide: TimeSource, useFactory: TimeSource.start, inject: [DataSource, HOST_CLOCK] },
    { provide: CLOCK, useExisting: TimeSource },
    { provide: CLOCK_STATUS, useExisting: TimeSource },
  ],
  exports: [DataSource, TimeSource, CLOCK, CLOCK_STATUS],
})
export class StorageModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy()
  }
}
