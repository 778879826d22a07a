import type { Platform } from '../../platforms/registry/platform.js'
import { clientOf } from '../doctor/h5/client-of.js'
import { type Expected, type Material, tryKeys, unreadable } from '../doctor/h5/key-trials.js'
import { said, trialLines, verdictLines } from '../doctor/h5/report.js'
import { readSample, type SampleFile } from '../doctor/h5/sample-file.js'
import { verdictOn } from '../doctor/h5/verdict.js'
import { type Language, type Words, words } from '../doctor/h5/words.js'
import { type Command, type CommandContext, EXIT, readOptions, UsageError } from './command.js'

/** Finds out which bytes of the application's ticket are the key of a web page's proofs. */
export const doctorH5: Command = {
  name: 'doctor h5',
  summary: "finds the value of an app's h5.keyDerivation from a sample of the platform",
  usage: `--sample <file>   a JSON file {"encryptedData", "iv", "ticket"?, "corpTicket"?, "state"?, "curReceiver"?, "client"?}
                  of ww.getShareInfo; may be repeated: one derivation must open all
                  without "ticket" a terminal is asked; nothing of the answer is shown
--lang zh|en      the language of the report; en is the default
--json            {"well", "verdict", "trials", "what", "todo"}
Prints no secret and no value of the plaintext.
exit 1: no derivation, or more than one, opens the sample`,
  async run(context, args) {
    const options = readOptions(args, {
      sample: { type: 'string', multiple: true },
      lang: { type: 'string' },
      json: { type: 'boolean' },
    })
    const language = languageOf(options.lang)
    const { sample: files = [], json = false } = options
    if (files.length === 0) throw new UsageError('--sample is missing')
    const samples = files.map((file) => sampleOf(context, file))
    const judge = judgeOf(context.platforms)
    const all = []
    for (const sample of samples) {
      const materials = await materialsOf(context, sample, words[language])
      all.push(tryKeys(judge, sample, materials, expectedOf(sample)))
    }
    const verdict = verdictOn(all)
    const result = said(verdict, undefined, words[language])
    const trials = all.flat()
    if (json) context.stdout.write(`${JSON.stringify({ ...result, verdict, trials })}\n`)
    else {
      for (const sample of samples) context.stdout.write(`${factsOf(sample, words[language])}\n`)
      context.stdout.write(trialLines(trials, words[language]) + verdictLines(result))
    }
    return result.well ? EXIT.ok : EXIT.found
  },
}

/** @throws UsageError */
const languageOf = (text = 'en'): Language => {
  if (text !== 'en' && text !== 'zh') throw new UsageError('--lang must be zh or en')
  return text
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

/** What opens proofs that name their receiver: the service's own opener. */
const judgeOf = (platforms: readonly Platform[]): Platform => {
  const judge = platforms.find(({ provesReceiver }) => provesReceiver)
  if (!judge) throw new UsageError('no platform here has web pages')
  return judge
}

const expectedOf = ({ state, curReceiver }: SampleFile): Expected => ({
  ...(state !== undefined && { state }),
  ...(curReceiver !== undefined && { curReceiver }),
})

/** @throws UsageError when there is no ticket, and no terminal to ask on */
const materialsOf = async (
  { passwords }: CommandContext,
  { ticket, corpTicket }: SampleFile,
  { askTicket, noTicket }: Words,
): Promise<Material[]> => {
  const given = ticket ?? (await passwords?.ask(askTicket))?.trim()
  if (!given) throw new UsageError(noTicket)
  return [
    { kind: 'ticket', secret: given },
    ...(corpTicket === undefined ? [] : [{ kind: 'corp ticket' as const, secret: corpTicket }]),
  ]
}

const factsOf = ({ encryptedData, client = '' }: SampleFile, { sample }: Words): string =>
  sample.facts(Buffer.from(encryptedData, 'base64').length, clientOf(client))
