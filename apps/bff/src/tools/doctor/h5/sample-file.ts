import { z } from 'zod'
import { schemaMistakes } from '../../../core/config/config-mistakes.js'
import { readConfigText } from '../../../core/config/config-text.js'

const SampleFile = z.strictObject({
  encryptedData: z.string().min(1).max(4096),
  iv: z.string().min(1).max(64),
  /** The application's ticket of that moment. */
  ticket: z.string().min(1).max(512).optional(),
  corpTicket: z.string().min(1).max(512).optional(),
  /** What the page declared. */
  state: z.string().min(1).max(512).optional(),
  /** The opener's userid. */
  curReceiver: z.string().min(1).max(128).optional(),
  /** The opener's user agent. */
  client: z.string().max(512).optional(),
})
export type SampleFile = z.infer<typeof SampleFile>

/**
 * @param readFile the bytes of a file; throws when it can't be read
 * @returns the sample, or one line for each mistake; nothing of the file is quoted
 */
export const readSample = (
  path: string,
  readFile: (path: string) => Uint8Array,
): SampleFile | readonly string[] => {
  const read = readConfigText(path, readFile)
  if (typeof read === 'string') return [read]
  const parsed = SampleFile.safeParse(read.json)
  if (parsed.success) return parsed.data
  return schemaMistakes(parsed.error.issues).map((mistake) => `${path}: ${mistake}`)
}
