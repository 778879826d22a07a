import type { DataSource } from 'typeorm'
import { AuditLog } from '../../audit/audit-log.js'
import { ChainWriter, type CheckpointLog } from '../../audit/chain-writer.js'
import { verifyAudit } from '../../audit/verify-audit.js'
import type { Config } from '../../core/config/config.js'
import { Vault } from '../../core/crypto/vault.js'
import type { HostClock } from '../../core/ports/clock.js'
import { SystemRandom } from '../../core/ports/random.js'
import { TimeSource } from '../../database/time-source.js'
import { migrate } from '../../schema/migrate.js'
import { isMigrated, openStorage } from '../../schema/open-storage.js'
import { keyUses } from '../doctor/checks/keyring.js'
import { BackupError } from './backup-error.js'

/** What a restored database was found to be. */
export interface Judged {
  /** Entries of the audit, and their chains. All are verified. */
  readonly entries: number
  readonly chains: number
  /** Migrations that this version had to run. */
  readonly migrated: number
}

export interface JudgeContext {
  readonly clock: HostClock
  /** Hears the audit's checkpoint. */
  readonly log: CheckpointLog
}

/**
 * Brings a copy of a database to this version, checks it, and notes in its audit that it was restored.
 * @param config whose `database` is the copy: it is changed
 * @throws BackupError when it is another program's, or under another keyring, or its audit is broken
 * @throws StorageConfigError when a newer version has changed it
 */
export const judge = async (config: Config, { clock, log }: JudgeContext): Promise<Judged> => {
  const storage = await openStorage(config)
  try {
    if (!(await isMigrated(storage)))
      throw new BackupError('it is no database of Sealcard: it has no table of migrations')
    await refuseDamage(storage)
    const migrated = (await migrate(storage)).length
    await refuseOtherKeys(storage, config)
    const vault = new Vault(config.keyring)
    const { entries, chains, faults } = await verifyAudit(storage, vault)
    const [fault] = faults
    if (fault)
      throw new BackupError(
        `its audit is broken: chain ${fault.chainId} entry ${fault.seq}: ${fault.what}`,
      )
    const time = await TimeSource.start(storage, clock)
    const audit = new AuditLog(
      storage,
      new ChainWriter(storage, vault, log, new SystemRandom()),
      time,
    )
    await audit.append({
      kind: 'database.restore',
      subject: config.database.kind,
      actor: 'cli',
      decision: 'done',
      reason: `entries=${entries} chains=${chains}`,
    })
    await audit.onApplicationShutdown()
    return { entries, chains, migrated }
  } finally {
    await storage.destroy()
  }
}

const refuseDamage = async (storage: DataSource): Promise<void> => {
  if (storage.options.type === 'postgres') return
  const rows = await storage.query<{ quick_check: string }[]>('PRAGMA quick_check(1)')
  const [{ quick_check: said }] = rows as [{ quick_check: string }]
  if (said !== 'ok') throw new BackupError(`SQLite finds it damaged: ${said}`)
}

const refuseOtherKeys = async (storage: DataSource, { keyring }: Config): Promise<void> => {
  const uses = await keyUses(storage, keyring)
  const closed = uses.filter(({ opens, keyId }) => keyId === null || !opens)
  if (closed.length === 0) return
  const values = closed.reduce((sum, use) => sum + use.values, 0)
  throw new BackupError(
    `SEALCARD_KEYRING does not open ${values} of its values: put the key of that time into the keyring`,
  )
}
