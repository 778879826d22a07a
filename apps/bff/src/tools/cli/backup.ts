import type { CheckpointLog } from '../../audit/chain-writer.js'
import { BackupError } from '../backup/backup-error.js'
import { backupPostgres } from '../backup/postgres-backup.js'
import { restorePostgres } from '../backup/postgres-restore.js'
import { backupSqlite } from '../backup/sqlite-backup.js'
import { restoreSqlite } from '../backup/sqlite-restore.js'
import {
  type BackupOutside,
  type Command,
  type CommandContext,
  EXIT,
  readOptions,
  required,
  UsageError,
} from './command.js'
import { withTools } from './tools.js'

const outsideOf = ({ backups }: CommandContext): BackupOutside => {
  if (!backups) throw new UsageError('backups cannot be made here')
  return backups
}

export const backup: Command = {
  name: 'backup',
  summary:
    'writes one moment of the database to a file, while the service runs; keep the keyring elsewhere',
  usage: `--to <file>   where to; it must not be there yet; only its user may read it (0600)
--json        the result as JSON
of SQLite it is a SQLite file; of PostgreSQL it is what pg_dump writes (custom format)`,
  run(context, args) {
    const options = readOptions(args, { to: { type: 'string' }, json: { type: 'boolean' } })
    const to = required(options.to, 'to')
    return withTools(context, async ({ storage, audit }, { database }) => {
      const { files, programs } = outsideOf(context)
      if (database.kind === 'sqlite') await backupSqlite(storage, to, files)
      else await backupPostgres(database, to, { files, programs })
      const bytes = await files.size(to)
      await audit.append({
        kind: 'database.backup',
        subject: database.kind,
        actor: 'cli',
        decision: 'done',
        reason: `bytes=${bytes}`,
      })
      if (options.json) context.stdout.write(`${JSON.stringify({ file: to, bytes })}\n`)
      else
        context.stdout.write(
          `${to}: ${bytes} bytes; sealcard restore --from ${to} --check tries it\n`,
        )
      return EXIT.ok
    })
  },
}

export const restore: Command = {
  name: 'restore',
  summary: 'puts a backup in the place of the database, after checks; the service must not run',
  usage: `--from <file>   what sealcard backup wrote; an older version's is brought to this version
--check         only checks the backup; the service may run (SQLite)
--json          the result as JSON
checks: damage, the keyring, the whole audit. What was there before is kept: the restore point is named`,
  async run(context, args) {
    const { json, ...options } = readOptions(args, {
      from: { type: 'string' },
      check: { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const from = required(options.from, 'from')
    const { files, programs } = outsideOf(context)
    const { clock, stdout, stderr } = context
    const config = context.config()
    const { database } = config
    const check = options.check === true
    if (check && database.kind === 'postgres')
      throw new UsageError(
        '--check works with SQLite; restore into an empty database to try a backup',
      )
    if (!(await files.exists(from))) throw new BackupError(`${from}: there is no such file`)
    const stamp = new Date(clock.now()).toISOString().replace(/[-:]|\..*$/g, '')
    const log: CheckpointLog = {
      setContext: () => {},
      info: (fields, what) => void stderr.write(`${what} ${JSON.stringify(fields)}\n`),
    }
    const around = { files, programs, stamp, clock, log }
    const done =
      database.kind === 'sqlite'
        ? await restoreSqlite(config, database, { from, check }, around)
        : await restorePostgres(config, database, from, around)
    if (json) stdout.write(`${JSON.stringify({ check, ...done })}\n`)
    else {
      const { entries, chains, migrated, restorePoint } = done
      stdout.write(
        `${check ? 'good' : 'restored'}: ${entries} audit entries in ${chains} chains intact, ${migrated} migrations run\n` +
          (restorePoint === null ? '' : `restore point: ${restorePoint}\n`),
      )
    }
    return EXIT.ok
  },
}
