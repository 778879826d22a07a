import { z } from 'zod'
import type { PlatformForm } from '../../core/config/config.js'
import { configFileSchema } from '../../core/config/config.schema.js'
import { readDatabaseUrl } from '../../core/config/database-url.js'
import { SystemRandom } from '../../core/ports/random.js'
import { type Command, type CommandContext, EXIT, readOptions, UsageError } from './command.js'
import { configText, envText, FILES, type InitApp, type OfferedPlatform } from './init-files.js'

const SIMULATOR = 'simulator'
const SIMULATOR_URL = 'http://127.0.0.1:3100'
/** Files of variables give these characters their own meaning, or end a value there. */
const PLAIN = /^[^\s'"`#$\\]*$/

interface Options {
  readonly platform?: string
  readonly id?: string
  readonly simulator?: string
  readonly database?: string
  readonly port?: string
  readonly 'secret-stdin'?: boolean
  readonly json?: boolean
  /** The keys of the platforms: `appid` and others. */
  readonly [key: string]: string | boolean | undefined
}

export const init: Command = {
  name: 'init',
  summary: 'writes a configuration and a new keyring into this folder; asks on a terminal',
  usage: `--platform <name>                what the app is of, or ${SIMULATOR}; without a terminal: ${SIMULATOR}
--id <name>                      our name of the app
--appid, --corpid, --agentid <value>
                                 what the platform names the app
--secret-stdin                   the app's secret comes from standard input
--simulator <url>                where the simulator is; default ${SIMULATOR_URL}
--database <url>                 default sqlite:./data/sealcard.sqlite
--port <n>                       where the service listens; default 3000
--json                           the names of the files as JSON
exit 1: one of the files is there already; none is overwritten`,
  async run(context, args) {
    const forms: readonly PlatformForm[] = context.platforms
    const offered = forms.filter((one): one is OfferedPlatform => Boolean(one.setup))
    const options: Options = readOptions(args, optionsOf(offered))
    const { folder, stdout, stderr } = context
    if (!folder) throw new UsageError('files cannot be written here')
    const there = Object.values(FILES).filter((name) => folder.exists(name))
    if (there.length > 0) {
      stderr.write(`${there.join(', ')}: already in this folder; init overwrites nothing\n`)
      return EXIT.found
    }
    const database = databaseOf(options.database ?? 'sqlite:./data/sealcard.sqlite')
    const port = portOf(options.port ?? '3000')
    const apps = await appsOf(context, options, offered)
    const simulated = apps.some(({ apiBase }) => apiBase !== undefined)
    const keyring = `k1:${new SystemRandom().bytes(32).toString('base64')}`
    const setup = { apps, simulated, database, port, keyring }
    const schema = `${JSON.stringify(configFileSchema(context.platforms), null, 2)}\n`
    // The configuration comes last: without it no command takes the folder for a set-up.
    folder.create(FILES.env, envText(setup), 0o600)
    folder.create(FILES.schema, schema, 0o644)
    folder.create(FILES.config, configText(setup), 0o644)
    if (options.json) stdout.write(`${JSON.stringify({ files: Object.values(FILES) })}\n`)
    else stdout.write(done(apps, simulated))
    return EXIT.ok
  },
}

const optionsOf = (offered: readonly OfferedPlatform[]) => ({
  platform: { type: 'string' } as const,
  id: { type: 'string' } as const,
  simulator: { type: 'string' } as const,
  database: { type: 'string' } as const,
  port: { type: 'string' } as const,
  'secret-stdin': { type: 'boolean' } as const,
  json: { type: 'boolean' } as const,
  ...Object.fromEntries(
    offered.flatMap(({ setup }) => Object.keys(setup.keys)).map((key) => [key, STRING]),
  ),
})
const STRING = { type: 'string' } as const

const done = (apps: readonly InitApp[], simulated: boolean): string => {
  const empty = apps.filter(({ secret }) => secret === '')
  return `${FILES.config}  what the service does; ${FILES.schema} has every key
${FILES.env}  the keyring and the secrets (0600): keep a copy, apart from the database's backups
${empty.map(({ platform }) => `write ${platform.setup.secret.variable} into ${FILES.env}: ${platform.setup.secret.where}\n`).join('')}next: ${simulated ? 'npx @sealcard/simulator, then ' : ''}npx sealcard serve
`
}

const databaseOf = (url: string): string => {
  const database = readDatabaseUrl(url)
  if (typeof database === 'string') throw new UsageError(`--database ${database}`)
  if (!PLAIN.test(url)) throw new UsageError('--database must be percent-encoded')
  return url
}

const portOf = (text: string): number => {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError('--port must be 0 to 65535')
  return port
}

const appsOf = async (
  context: CommandContext,
  options: Options,
  offered: readonly OfferedPlatform[],
): Promise<InitApp[]> => {
  const names = [SIMULATOR, ...offered.map(({ name }) => name)]
  const asked = options.platform ?? (await context.questions?.ask(whichOf(offered)))
  const chosen = asked || SIMULATOR
  const name = names[Number(chosen) - 1] ?? chosen
  if (name === SIMULATOR) return offered.map((one) => simulatedApp(one, baseOf(options.simulator)))
  const platform = offered.find((one) => one.name === name)
  if (!platform) throw new UsageError(`--platform must be one of ${names.join(', ')}`)
  const keys: Record<string, string | number> = {}
  for (const [key, where] of Object.entries(platform.setup.keys))
    keys[key] = await keyOf(context, platform, { key, where, given: options[key] })
  const secret = await secretOf(context, platform, options['secret-stdin'])
  return [{ platform, id: options.id ?? platform.name, keys, secret }]
}

const whichOf = (offered: readonly OfferedPlatform[]): string =>
  `What do you set up? 要配置什么？
  1  the simulator, to try it out without an account 模拟器，不需要账号
${offered.map(({ title }, i) => `  ${i + 2}  ${title}\n`).join('')}[1] `

const simulatedApp = (platform: OfferedPlatform, base: string): InitApp => {
  const { id, keys, secret, path } = platform.setup.simulated
  return { platform, id, keys, secret, apiBase: `${base}${path}` }
}

const baseOf = (url = SIMULATOR_URL): string => {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new UsageError('--simulator must be an address, http://…')
  return url.replace(/\/+$/, '')
}

/** In the form that the configuration asks for: a number where it is one. */
const keyOf = async (
  { questions }: CommandContext,
  { appKeys, title }: OfferedPlatform,
  { key, where, given }: { key: string; where: string; given: string | boolean | undefined },
): Promise<string | number> => {
  const text = given ?? (await questions?.ask(`${title} ${key} (${where}): `))
  if (typeof text !== 'string' || text === '') throw new UsageError(`--${key} is missing`)
  const values = [text, Number(text)]
  const form = appKeys[key]
  const value = values.find((one) => form && z.core.safeParse(form, one).success)
  if (value === undefined) throw new UsageError(`--${key} does not have the form of ${where}`)
  return value
}

const secretOf = async (
  { passwords }: CommandContext,
  { title, setup }: OfferedPlatform,
  fromStdin = false,
): Promise<string> => {
  const given = fromStdin
    ? await passwords?.readAll()
    : await passwords?.ask(`${title} secret (${setup.secret.where}; Enter: later): `)
  const secret = (given ?? '').trim()
  if (!PLAIN.test(secret))
    throw new UsageError(
      `the secret has a character that ${FILES.env} cannot hold; check that it is the whole secret and nothing else`,
    )
  return secret
}
