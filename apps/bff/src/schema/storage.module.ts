import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import { PinoLogger } from 'nestjs-pino'
import { DataSource } from 'typeorm'
import { CONFIG, type Config } from '../core/config/config.js'
import { toldInWords } from '../database/trouble.js'
import { CLOCK, CLOCK_STATUS, HOST_CLOCK } from '../core/ports/clock.js'
import { SystemTimers } from '../core/ports/timers.js'
import { SERVICE_TIME, startServiceTime } from '../database/service-time.js'
import { Metrics } from '../observability/metrics.js'
import { CheckpointFailures } from './checkpoint-failures.js'
import { migrate } from './migrate.js'
import { openStorage } from './open-storage.js'

/** Provides the connected, migrated `DataSource`, closes it last, and provides the time that its processes share. */
@Global()
@Module({
  providers: [
    CheckpointFailures,
    {
      provide: DataSource,
      useFactory: (config: Config, logger: PinoLogger, failures: CheckpointFailures) =>
        toldInWords(config.database, async () => {
          const onCheckpointFailure = (error: unknown) => failures.note(error)
          const dataSource = await openStorage(config, { onCheckpointFailure })
          await migrate(dataSource, new SystemTimers(), (line) => logger.info(line))
          return dataSource
        }),
      inject: [CONFIG, PinoLogger, CheckpointFailures],
    },
    {
      provide: SERVICE_TIME,
      useFactory: startServiceTime,
      inject: [CONFIG, DataSource, HOST_CLOCK],
    },
    { provide: CLOCK, useExisting: SERVICE_TIME },
    { provide: CLOCK_STATUS, useExisting: SERVICE_TIME },
  ],
  exports: [DataSource, CLOCK, CLOCK_STATUS],
})
export class StorageModule implements OnApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    failures: CheckpointFailures,
    metrics: Metrics,
  ) {
    const counter = metrics.counter(
      'sealcard_checkpoint_failures_total',
      'Copies of the SQLite write-ahead log into the database that failed; a later one comes all the same',
      [],
    )
    failures.onFailure(() => counter.inc())
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy()
  }
}
