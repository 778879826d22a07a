import { Vault } from '../../core/crypto/vault.js'
import { readDatabaseUrl } from '../../core/config/database-url.js'
import { verifyAudit } from '../../audit/verify-audit.js'
import { migrate } from '../../schema/migrate.js'
import { openStorage } from '../../schema/open-storage.js'
import { BackupError } from '../backup/backup-error.js'
import { moveData } from '../backup/move-data.js'
import { takeForOurselves } from '../backup/sqlite-restore.js'
import { type Command, EXIT, readOptions, required, UsageError } from './command.js'

export const migrateData: Command = {
  name: 'migrate-data',
  summary: 'moves everything from SQLite into an empty PostgreSQL; the service must not run',
  usage: `--to-file <file>   a file that holds the postgres:// URL alone; an argument would show its password
--start-over       forgets what an earlier run moved
--json             the counts as JSON
Cut off, the next run goes on. At the end the rows of all tables are compared, and the audit is verified there.
The SQLite file stays as it is: then set DATABASE_URL to the new URL, and start the service.`,
  async run(context, args) {
    const options = readOptions(args, {
      'to-file': { type: 'string' },
      'start-over': { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const name = required(options['to-file'], 'to-file')
    const config = context.config()
    const { stdout, stderr, readFile } = context
    if (config.database.kind !== 'sqlite')
      throw new UsageError('DATABASE_URL must be the SQLite database to move from')
    const to = targetOf(name, readFile)
    if (!(await takeForOurselves(config.database)))
      throw new BackupError('DATABASE_URL: the SQLite database cannot be opened')
    const source = await openStorage(config)
    try {
      if (await source.showMigrations())
        throw new BackupError('an older version wrote this database: start this version once first')
      const target = await openStorage({ ...config, database: to })
      try {
        await migrate(target)
        const startOver = options['start-over'] === true
        const tell = (line: string) => void stderr.write(`${line}\n`)
        const moved = await moveData(source, target, { tell, startOver })
        const { faults, entries } = await verifyAudit(target, new Vault(config.keyring))
        if (faults.length > 0) throw new BackupError('the audit is broken: sealcard audit verify')
        if (options.json) stdout.write(`${JSON.stringify({ ...moved, entries })}\n`)
        else
          stdout.write(
            `${moved.rows} rows in ${moved.tables} tables are the same in both; ${entries} audit entries intact\n`,
          )
        return EXIT.ok
      } finally {
        await target.destroy()
      }
    } finally {
      await source.destroy()
    }
  },
}

const targetOf = (name: string, readFile?: (path: string) => Uint8Array) => {
  if (!readFile) throw new UsageError('files cannot be read here')
  let text: string
  try {
    text = Buffer.from(readFile(name)).toString().trim()
  } catch (error) {
    throw new UsageError(
      `--to-file: can't read ${name} (${String((error as { code?: unknown }).code)})`,
    )
  }
  const database = readDatabaseUrl(text)
  if (typeof database === 'string') throw new UsageError(`--to-file: its URL ${database}`)
  if (database.kind !== 'postgres') throw new UsageError('--to-file: its URL must be postgres://')
  return database
}
