import { type Command, EXIT, readOptions, UsageError } from './command.js'

interface Completed {
  readonly name: string
  readonly summary: string
  readonly options: readonly string[]
}

/** @param commands asked when it runs: it is one of them */
export const completionCommand = (commands: () => readonly Command[]): Command => ({
  name: 'completion',
  summary: 'writes the completion of commands and options for a shell to standard output',
  usage: `--shell <name>   bash, zsh or fish
for example: source <(sealcard completion --shell bash)`,
  run({ stdout }, args) {
    const { shell = '' } = readOptions(args, { shell: { type: 'string' } })
    const write = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined
    if (!write) throw new UsageError('--shell must be bash, zsh or fish')
    const known = commands().map(({ name, summary, usage }) => ({
      name,
      summary,
      options: [...new Set(usage.match(/(?<=^|, )--[a-z][a-z0-9-]*/gm) ?? [])],
    }))
    stdout.write(write(known))
    return Promise.resolve(EXIT.ok)
  },
})

const firstWords = (known: readonly Completed[]): string[] => [
  ...new Set(known.map(({ name }) => name.split(' ')[0] ?? '')),
]

/** Of a group: `create`, `list` and so on. */
const groups = (known: readonly Completed[]): [string, string[]][] =>
  firstWords(known)
    .map((first): [string, string[]] => [
      first,
      known.flatMap(({ name }) =>
        name.startsWith(`${first} `) ? [name.slice(first.length + 1)] : [],
      ),
    ])
    .filter(([, second]) => second.length > 0)

const bash = (known: readonly Completed[]): string => `_sealcard() {
  local words
  case "\${COMP_WORDS[*]:1:COMP_CWORD}" in
${[...known]
  .sort((a, b) => b.name.length - a.name.length)
  .map(({ name, options }) => `    '${name} '*) words='${options.join(' ')}' ;;\n`)
  .join('')}${groups(known)
  .map(([first, second]) => `    '${first} '*) words='${second.join(' ')}' ;;\n`)
  .join('')}    *) words='${firstWords(known).join(' ')}' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _sealcard sealcard
`

const SHELLS: Readonly<Record<string, (known: readonly Completed[]) => string>> = {
  bash,
  // Its own emulation takes bash's completion.
  zsh: (known) => `autoload -U +X bashcompinit && bashcompinit\n${bash(known)}`,
  fish: (known) =>
    [
      'complete -c sealcard -f',
      ...known.flatMap(({ name, summary, options }) => {
        const [first = '', second] = name.split(' ')
        const quoted = `'${summary.replaceAll("'", "\\'")}'`
        const word = second ?? first
        const seen = second ? `__fish_seen_subcommand_from ${first}` : '__fish_use_subcommand'
        return [
          ...(second ? [`complete -c sealcard -n __fish_use_subcommand -a ${first}`] : []),
          `complete -c sealcard -n '${seen}' -a ${word} -d ${quoted}`,
          ...options.map(
            (option) =>
              `complete -c sealcard -n '__fish_seen_subcommand_from ${word}' -l ${option.slice(2)}`,
          ),
        ]
      }),
      '',
    ].join('\n'),
}
