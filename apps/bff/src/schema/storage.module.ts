import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { CONFIG, type Config } from '../core/config/config.js'
import { toldInWords } from '../database/trouble.js'
import { migrate } from './migrate.js'
import { openStorage } from './open-storage.js'

/** Provides the connected, migrated `DataSource`, and closes it last. */
@Global()
@Module({
  providers: [
    {
      provide: DataSource,
      useFactory: (config: Config) =>
        toldInWords(config.database, async () => {
          const dataSource = await openStorage(config)
          await migrate(dataSource)
          return dataSource
        }),
      inject: [CONFIG],
    },
  ],
  exports: [DataSource],
})
export class StorageModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy()
  }
}
