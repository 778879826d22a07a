import type { DataSource } from 'typeorm'
import type { Config } from '../core/config/config.js'
import { newer, notDurable, refuse } from '../database/fitness.js'
import { toldInWords } from '../database/trouble.js'
import { createDataSource, type DataSourceTuning } from './data-source.js'

/**
 * Connects to the database and migrates nothing.
 * @throws StorageConfigError when the database cannot be used, or not by this version
 */
export const openStorage = async (
  { database, mode }: Pick<Config, 'database' | 'mode'>,
  tuning?: DataSourceTuning,
): Promise<DataSource> => {
  const storage = await toldInWords(database, () => createDataSource(database, tuning).initialize())
  try {
    refuse(await notDurable(storage, mode))
    if (await isMigrated(storage)) refuse([await newer(storage)])
    return storage
  } catch (error) {
    await storage.destroy()
    throw error
  }
}

/** Whether any version of the service has migrated the database. */
export const isMigrated = async (storage: DataSource): Promise<boolean> => {
  const runner = storage.createQueryRunner()
  try {
    return await runner.hasTable('migrations')
  } finally {
    await runner.release()
  }
}
