import { BackupError } from '../backup/backup-error.js'
import { ConfigError } from '../../core/config/config.js'
import { ClockError } from '../../core/ports/clock.js'
import { StorageConfigError } from '../../database/storage-error.js'
import { withoutValues } from '../../observability/request-log.js'
import { adminCreate, adminDisable, adminEnable, adminList, adminReset } from './admin.js'
import { configSchema } from './config.js'
import { auditExport, auditVerify } from './audit.js'
import { backup, restore } from './backup.js'
import { block, unblock } from './blocking.js'
import { type Command, type CommandContext, EXIT, UsageError } from './command.js'
import { doctorCommand } from './doctor.js'
import { doctorH5Command } from './doctor-h5.js'
import { init } from './init.js'
import { keysRewrap, erase, exportPerson, offboard } from './lifecycle.js'
import { migrateData } from './migrate-data.js'
import { serve } from './serve.js'
import { tokensCreate, tokensList, tokensRevoke } from './tokens.js'

/** Every command; another one is a file beside these and a line here. */
export const commands: readonly Command[] = [
  init,
  serve,
  adminCreate,
  adminList,
  adminDisable,
  adminEnable,
  adminReset,
  tokensCreate,
  tokensList,
  tokensRevoke,
  auditVerify,
  auditExport,
  backup,
  restore,
  migrateData,
  keysRewrap,
  exportPerson,
  block,
  unblock,
  offboard,
  erase,
  configSchema,
  // Before the shorter name, which would take its word for an option.
  doctorH5Command(),
  doctorCommand(),
]

const HELP = ['--help', '-h', 'help']

/** Runs one command. @returns the exit code; never throws */
export const runCommand = async (context: CommandContext, args: readonly string[]) => {
  const command = named(args)
  if (!command) return withoutCommand(context, args)
  const rest = args.slice(command.name.split(' ').length)
  // The word alone may be a name that follows.
  if (rest[0] === 'help' || rest.some((word) => word === '--help' || word === '-h')) {
    context.stdout.write(helpOf(command))
    return EXIT.ok
  }
  try {
    return await command.run(context, rest)
  } catch (error) {
    for (const line of explain(error)) context.stderr.write(`${line}\n`)
    if (error instanceof UsageError) context.stderr.write(helpOf(command))
    return EXIT.unusable
  }
}

const named = (args: readonly string[]): Command | undefined =>
  commands.find(({ name }) => name.split(' ').every((word, i) => word === args[i]))

/** Help, of one command where it is named; or what is not understood, and what there is. */
const withoutCommand = ({ stdout, stderr }: CommandContext, args: readonly string[]): number => {
  const [first, ...more] = args
  if (first !== undefined && HELP.includes(first)) {
    const about = named(more)
    stdout.write(about ? helpOf(about) : overview())
    return EXIT.ok
  }
  const group = commands.filter(({ name }) => name.startsWith(`${first} `))
  const unknown = group.length > 0 && more.length > 0 ? `${first} ${more[0]}` : first
  const what = unknown?.startsWith('-') ? 'option' : 'command'
  if (unknown !== undefined && (group.length === 0 || more.length > 0))
    stderr.write(`unknown ${what}: ${unknown}\n`)
  stderr.write(overview(group.length > 0 ? group : commands))
  return EXIT.unusable
}

/** Drivers quote values in their messages: only ours are shown whole. */
const explain = (error: unknown): readonly string[] => {
  if (error instanceof ConfigError) return error.mistakes
  if (error instanceof UsageError) return [error.message]
  if (error instanceof BackupError) return [error.message]
  if (error instanceof ClockError) return [error.message]
  if (error instanceof StorageConfigError) return [`DATABASE_URL: ${error.message}`]
  return [`could not run: ${JSON.stringify(withoutValues(error))}`]
}

const indent = (text: string) => text.replace(/^/gm, '  ')

const helpOf = ({ name, summary, usage }: Command): string =>
  `usage: sealcard ${name} [options]\n  ${summary}\n\n${indent(usage)}\n`

const overview = (shown: readonly Command[] = commands): string => {
  const width = Math.max(...shown.map(({ name }) => name.length))
  const lines = shown.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`)
  return `usage: sealcard <command> [options]; sealcard <command> --help shows its options

${lines.join('')}
Reads the same environment as the service. Results go to standard output, progress and mistakes to standard error.
Exit: 0 done and well, 1 done and something is wrong, 2 not done: usage, configuration or database.
`
}
