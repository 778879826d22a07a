import type { AppConfig } from '../../core/config/config.js'
import { SystemTimers, type Timers } from '../../core/ports/timers.js'
import { MINUTE } from '../../core/time.js'
import type { Platform, Proof } from '../../platforms/registry/platform.js'
import { Platforms } from '../../platforms/registry/platforms.js'
import type { WebSettings } from '../../platforms/registry/web-platform.js'
import { clientOf } from '../doctor/h5/client-of.js'
import {
  type Expected,
  type Material,
  type Trial,
  tryKeys,
  unreadable,
} from '../doctor/h5/key-trials.js'
import { liveMaterials } from '../doctor/h5/live-materials.js'
import { type Examined, runLive } from '../doctor/h5/live-run.js'
import { said, trialLines, verdictLines } from '../doctor/h5/report.js'
import { readSample, type SampleFile } from '../doctor/h5/sample-file.js'
import { verdictOn } from '../doctor/h5/verdict.js'
import { type Language, type Words, words } from '../doctor/h5/words.js'
import { type Command, type CommandContext, EXIT, readOptions, UsageError } from './command.js'
import { withTools } from './tools.js'

interface Wanted {
  readonly language: Language
  readonly json: boolean
}

/** An app of the configuration with a web page. */
interface Page {
  readonly app: AppConfig
  readonly settings: WebSettings
  readonly platform: Platform
}

/** Finds out which bytes of the application's ticket are the key of a web page's proofs. */
export const doctorH5Command = (timers: Timers = new SystemTimers()): Command => ({
  name: 'doctor h5',
  summary: "finds the value of an app's h5.keyDerivation from a sample of the platform",
  usage: `--app <id>        the app, as the config file names it: prints a link, and waits 10 minutes for a sample
--sample <file>   does not wait: a JSON file {"encryptedData", "iv", "ticket"?, "corpTicket"?, "state"?,
                  "curReceiver"?, "client"?} of ww.getShareInfo; may be repeated: one derivation must open all
                  without "ticket" the app's are tried; without --app a terminal is asked, and shows nothing
--lang zh|en      the language of the report; en is the default
--json            {"well", "what", "todo", "verdict", "trials"}
Prints no secret and no value of the plaintext. The service runs meanwhile.
exit 1: no derivation, or more than one, opens the sample; or none came`,
  async run(context, args) {
    const options = readOptions(args, {
      app: { type: 'string' },
      sample: { type: 'string', multiple: true },
      lang: { type: 'string' },
      json: { type: 'boolean' },
    })
    const { app, sample: files = [], json = false } = options
    const wanted = { language: languageOf(options.lang), json }
    if (files.length > 0) return offline(context, files, app, wanted)
    if (app === undefined) throw new UsageError('--app or --sample is missing')
    return live(context, pageOf(context, app), timers, wanted)
  },
})

/** @throws UsageError */
const languageOf = (text = 'en'): Language => {
  if (text !== 'en' && text !== 'zh') throw new UsageError('--lang must be zh or en')
  return text
}

/** @throws UsageError; ConfigError */
const pageOf = ({ config, platforms }: CommandContext, id: string): Page => {
  const app = config().apps.find((one) => one.id === id)
  if (!app) throw new UsageError(`--app ${id}: the configuration has no such app`)
  const platform = new Platforms(platforms).of(app)
  const settings = platform.web?.settingsOf(app)
  if (!settings) throw new UsageError(`--app ${id}: the app has no h5 block in the configuration`)
  return { app, settings, platform }
}

const live = (
  context: CommandContext,
  { app, settings, platform }: Page,
  timers: Timers,
  wanted: Wanted,
): Promise<number> =>
  withTools(context, async (tools) => {
    const { stdout, stderr } = context
    const { live: says } = words[wanted.language]
    const entry = { kind: 'h5.doctor', actor: 'cli', subject: app.id }
    await tools.audit.append({ ...entry, decision: 'waiting' })
    let code: number | undefined
    const told = (runId: string) => {
      stderr.write(`${says.link(`${settings.origin}/h5/?doctor=${runId}`)}\n`)
    }
    const look = ({ sample, trials, ticketAge }: Examined): boolean => {
      const samples = [{ sample: { ...sample, ticketAge }, trials }]
      const exit = report(stdout, samples, settings.keyDerivation, wanted)
      const { kind } = verdictOn([trials])
      const ends = kind === 'found' || kind === 'ambiguous' || kind === 'other material'
      if (ends) code = exit
      else stderr.write(`${says.waiting}\n`)
      return ends
    }
    await runLive(tools, { app, judge: platform, timers }, told, look)
    if (code === undefined) stderr.write(`${says.nothing}\n`)
    await tools.audit.append({ ...entry, decision: code === EXIT.ok ? 'found' : 'not found' })
    return code ?? EXIT.found
  })

const offline = async (
  context: CommandContext,
  files: readonly string[],
  appId: string | undefined,
  wanted: Wanted,
): Promise<number> => {
  const samples = files.map((file) => sampleOf(context, file))
  const page = appId === undefined ? undefined : pageOf(context, appId)
  const judge = page?.platform ?? judgeOf(context.platforms)
  const cached =
    page && samples.some(({ ticket }) => ticket === undefined)
      ? await withTools(context, (tools) => liveMaterials(tools, page.app, undefined))
      : []
  const all = []
  for (const sample of samples) {
    const expected = expectedOf(sample)
    const given = givenMaterials(sample)
    const known = given.length > 0 ? given : cached
    let trials = tryKeys(judge, sample, known, expected)
    // The ticket of that moment may be gone from the database.
    if (given.length === 0 && verdictOn([trials]).kind === 'none') {
      const asked = await askedMaterial(context, words[wanted.language], known)
      trials = [...trials, ...tryKeys(judge, sample, asked, expected)]
    }
    all.push({ sample, trials })
  }
  return report(context.stdout, all, page?.settings.keyDerivation, wanted)
}

/** @throws UsageError with a line for each mistake */
const sampleOf = ({ readFile }: CommandContext, file: string): SampleFile => {
  if (!readFile) throw new UsageError('a file cannot be read here')
  const sample = readSample(file, readFile)
  if (isMistakes(sample)) throw new UsageError(`--sample ${sample.join('\n--sample ')}`)
  const damaged = unreadable(sample)
  if (damaged) throw new UsageError(`--sample ${file}: ${damaged}: is not what the platform gives`)
  return sample
}

const isMistakes = (read: SampleFile | readonly string[]): read is readonly string[] =>
  Array.isArray(read)

/** What opens the proofs of web pages: the service's own opener. */
const judgeOf = (platforms: readonly Platform[]): Platform => {
  const judge = platforms.find(({ web }) => web !== undefined)
  if (!judge) throw new UsageError('no platform here has web pages')
  return judge
}

const expectedOf = ({ state, curReceiver }: SampleFile): Expected => ({
  ...(state !== undefined && { state }),
  ...(curReceiver !== undefined && { curReceiver }),
})

const givenMaterials = ({ ticket, corpTicket }: SampleFile): Material[] => [
  ...(ticket === undefined ? [] : [{ kind: 'ticket' as const, secret: ticket }]),
  ...(corpTicket === undefined ? [] : [{ kind: 'corp ticket' as const, secret: corpTicket }]),
]

/** @throws UsageError when there is no ticket at all, and no terminal to ask on */
const askedMaterial = async (
  { passwords }: CommandContext,
  { askTicket, noTicket }: Words,
  known: readonly Material[],
): Promise<Material[]> => {
  const typed = (await passwords?.ask(askTicket))?.trim()
  if (typed) return [{ kind: 'ticket', secret: typed }]
  if (known.length === 0) throw new UsageError(noTicket)
  return []
}

/** What else is known about a sample; a file says the client at most. */
interface Facts {
  /** The user agent. */
  readonly client?: string | undefined
  readonly sdk?: string | undefined
  readonly blocked?: readonly string[] | undefined
  /** Milliseconds. */
  readonly ticketAge?: number | undefined
}

interface Tried {
  readonly sample: Proof & Facts
  readonly trials: readonly Trial[]
}

/** @returns the exit code */
const report = (
  stdout: CommandContext['stdout'],
  samples: readonly Tried[],
  configured: string | undefined,
  { language, json }: Wanted,
): number => {
  const text = words[language]
  const verdict = verdictOn(samples.map(({ trials }) => trials))
  const result = said(verdict, configured, text)
  if (json) {
    const trials = samples.flatMap((one) => one.trials)
    stdout.write(`${JSON.stringify({ ...result, verdict, trials })}\n`)
  } else {
    for (const { sample, trials } of samples)
      stdout.write(`${factsOf(sample, text)}\n${trialLines(trials, text)}`)
    stdout.write(verdictLines(result))
  }
  return result.well ? EXIT.ok : EXIT.found
}

const factsOf = (sample: Tried['sample'], { sample: says }: Words): string => {
  const damaged = unreadable(sample)
  if (damaged) return says.unreadable(damaged)
  const bytes = Buffer.from(sample.encryptedData, 'base64').length
  const { client = '', sdk, blocked = [], ticketAge } = sample
  return [
    says.facts(bytes, clientOf(client)),
    ...(sdk === undefined ? [] : [says.sdk(sdk)]),
    ...(ticketAge === undefined ? [] : [says.age(Math.floor(ticketAge / MINUTE))]),
    ...(blocked.length === 0 ? [] : [says.blocked(blocked.join(', '))]),
  ].join('; ')
}
