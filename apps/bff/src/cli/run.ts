import { ConfigError } from '../config/config-error.js'
import { withoutValues } from '../http/request-log.js'
import { type Command, type CommandContext, EXIT, UsageError } from './command.js'
import { commands } from './commands.js'

const HELP = ['--help', '-h', 'help']

/** Runs one command. @returns the exit code; never throws */
export async function runCommand(context: CommandContext, args: readonly string[]) {
  const command = commands.find(({ name }) => name.split(' ').every((word, i) => word === args[i]))
  if (!command) {
    const asked = args.length > 0 && HELP.includes(args[0] ?? '')
    ;(asked ? context.stdout : context.stderr).write(overview())
    return asked ? EXIT.ok : EXIT.unusable
  }
  const rest = args.slice(command.name.split(' ').length)
  if (rest.some((word) => HELP.includes(word))) {
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

/** Drivers quote values in their messages: only ours are shown whole. */
const explain = (error: unknown): readonly string[] => {
  if (error instanceof ConfigError) return error.mistakes
  if (error instanceof UsageError) return [error.message]
  return [`could not run: ${JSON.stringify(withoutValues(error))}`]
}

const indent = (text: string) => text.replace(/^/gm, '  ')

const helpOf = ({ name, summary, usage }: Command): string =>
  `usage: sealcard ${name} [options]\n  ${summary}\n\n${indent(usage)}\n`

const overview = (): string => {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`)
  return `usage: sealcard <command> [options]; sealcard <command> --help tells its options

${lines.join('')}
Reads the same environment as the service. Results go to standard output, progress and mistakes to standard error.
Exit: 0 done and well, 1 done and something is wrong, 2 not done: usage, configuration or database.
`
}
