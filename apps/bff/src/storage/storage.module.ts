import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { CONFIG, type Config } from '../config/config.js'
import { migrate } from './migrate.js'
import { openStorage } from './open-storage.js'
import { toldInWords } from './trouble.js'

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
