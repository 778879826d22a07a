import { BackupError } from '../backup/backup-error.js'
import { ConfigError } from '../../core/config/config.js'
import { ClockError } from '../../core/ports/clock.js'
import { StorageConfigError } from '../../database/storage-error.js'
import { withoutValues } from '../../observability/request-log.js'
import { adminCreate, adminDisable, adminEnable, adminList, adminReset } from './admin.js'
import { completionCommand } from './completion.js'
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
import { type CliLanguage, FRAME, SUMMARIES_ZH } from './words-zh.js'
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
  completionCommand(() => commands),
]

const HELP = ['--help', '-h', 'help']
const VERSION = ['--version', '-V', 'version']

/** Runs one command. @returns the exit code; never throws */
export const runCommand = async (context: CommandContext, args: readonly string[]) => {
  const command = named(args)
  if (!command) return withoutCommand(context, args)
  const rest = args.slice(command.name.split(' ').length)
  // The word alone may be a name that follows.
  if (rest[0] === 'help' || rest.some((word) => word === '--help' || word === '-h')) {
    context.stdout.write(helpOf(command, context.language))
    return EXIT.ok
  }
  try {
    return await command.run(context, rest)
  } catch (error) {
    for (const line of explain(error)) context.stderr.write(`${line}\n`)
    if (error instanceof UsageError) context.stderr.write(helpOf(command, context.language))
    return EXIT.unusable
  }
}

const named = (args: readonly string[]): Command | undefined =>
  commands.find(({ name }) => name.split(' ').every((word, i) => word === args[i]))

/** Help, of one command where it is named; or what is not understood, and what there is. */
const withoutCommand = (context: CommandContext, args: readonly string[]): number => {
  const { stdout, stderr, version = 'unknown', language } = context
  const [first, ...more] = args
  if (first !== undefined && VERSION.includes(first)) {
    stdout.write(`sealcard ${version}\n`)
    return EXIT.ok
  }
  if (first !== undefined && HELP.includes(first)) {
    const about = named(more)
    stdout.write(about ? helpOf(about, language) : overview(groupOf(more[0]), language))
    return EXIT.ok
  }
  const group =
    first === undefined ? [] : commands.filter(({ name }) => name.startsWith(`${first} `))
  if (group.length > 0 && more[0] !== undefined && HELP.includes(more[0])) {
    stdout.write(overview(group, language))
    return EXIT.ok
  }
  const unknown = group.length > 0 && more.length > 0 ? `${first} ${more[0]}` : first
  const what = unknown?.startsWith('-') ? 'option' : 'command'
  if (unknown !== undefined && (group.length === 0 || more.length > 0))
    stderr.write(`unknown ${what}: ${unknown}\n`)
  stderr.write(overview(group.length > 0 ? group : commands, language))
  return EXIT.unusable
}

/** Those whose first word it is; all for any other word. */
const groupOf = (first = ''): readonly Command[] => {
  const group = commands.filter(({ name }) => name.startsWith(`${first} `))
  return group.length > 0 ? group : commands
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

const summaryOf = ({ name, summary }: Command, language: CliLanguage): string =>
  (language === 'zh' ? SUMMARIES_ZH[name] : undefined) ?? summary

const helpOf = (command: Command, language: CliLanguage = 'en'): string =>
  `usage: sealcard ${command.name} [options]\n  ${summaryOf(command, language)}\n\n${indent(command.usage)}\n`

const overview = (shown: readonly Command[] = commands, language: CliLanguage = 'en'): string => {
  const width = Math.max(...shown.map(({ name }) => name.length))
  const lines = shown.map(
    (command) => `  ${command.name.padEnd(width)}  ${summaryOf(command, language)}\n`,
  )
  const { usage, end } = FRAME[language]
  return `${usage}\n\n${lines.join('')}\n${end}\n`
}
