import { type Config, ConfigError } from '../../core/config/config.js'
import { withoutValues } from '../../observability/request-log.js'
import { databaseFile } from './checks/database-file.js'
import { checks, databaseChecks } from './checks/index.js'
import { openDatabase } from './checks/database.js'
import {
  type Check,
  type Context,
  type DatabaseContext,
  type Finding,
  ok,
  type Outside,
  type Said,
  wrong,
} from './support/check.js'

export interface Examination {
  readonly outside: Outside
  /** @throws ConfigError */
  readonly config: () => Config
  /** Also what takes minutes on a large database. */
  readonly thorough: boolean
  /** A check began or ended. */
  readonly progress: (text: string) => void
}

/** Runs every check that can run, the independent ones side by side. @returns findings in the order of the checks */
export const examine = async (examination: Examination): Promise<Finding[]> => {
  const config = readConfig(examination)
  if (Array.isArray(config)) return config
  const { apps, bots, mode } = config
  const read = `${apps.length} apps, ${bots.length} bots, ${mode}`
  const context = { ...examination.outside, config, thorough: examination.thorough }
  const [plain, database] = await Promise.all([
    Promise.all(checks.map((check) => run(check, context, examination))),
    examineDatabase(context, examination),
  ])
  return [{ check: 'configuration', ...ok('read', read) }, ...plain.flat(), ...database]
}

const readConfig = ({ config }: Examination): Config | Finding[] => {
  try {
    return config()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.mistakes.map((mistake) => ({
      check: 'configuration',
      ...wrong(
        'mistake',
        mistake,
        'Correct it; nothing else was checked, and the service would not start.',
      ),
    }))
  }
}

const examineDatabase = async (context: Context, examination: Examination): Promise<Finding[]> => {
  const file = await run(databaseFile, context, examination)
  // What is not there or not as the service leaves it would be changed by opening it.
  if (
    file.some(({ code }) =>
      ['engine', 'no-file', 'not-wal', 'unreadable', 'damaged', 'in-memory'].includes(code),
    )
  )
    return file
  const opened: { storage?: DatabaseContext['storage'] } = {}
  const found = await run(openDatabase(opened), context, examination)
  const { storage } = opened
  if (!storage) return [...file, ...found]
  try {
    const inside: DatabaseContext = { ...context, storage }
    const more = found.some(({ code }) => code === 'migrations-pending' || code === 'newer')
      ? []
      : await Promise.all(databaseChecks.map((check) => run(check, inside, examination)))
    return [...file, ...found, ...more.flat()]
  } finally {
    await storage.destroy()
  }
}

const run = async <C extends Outside>(
  { name, timeoutMs, run: work }: Check<C>,
  context: C,
  { progress }: Examination,
): Promise<Finding[]> => {
  const giveUp = new AbortController()
  const late = context.timers
    .sleep(timeoutMs, giveUp.signal)
    .then((): readonly Said[] => [
      wrong(
        'no-result',
        `no result within ${timeoutMs / 1000} s`,
        'See whether what it asks answers at all, then run the doctor again.',
      ),
    ])
  late.catch(() => {})
  try {
    const said = await Promise.race([Promise.resolve(work(context)), late])
    progress(`${name}: done`)
    return said.map((finding) => ({ check: name, ...finding }))
  } catch (error) {
    // Drivers quote values in their messages.
    const what = `the check failed: ${JSON.stringify(withoutValues(error))}`
    return [
      { check: name, ...wrong('check-failed', what, 'Run the doctor again; keep this line.') },
    ]
  } finally {
    giveUp.abort()
  }
}
