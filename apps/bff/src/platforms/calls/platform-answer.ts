import { z } from 'zod'
import { foreignMessage } from '../../core/text.js'
import type { PlatformCall } from './platform-call.js'
import { PlatformError, PlatformUnreachable, seenAddress } from './platform-error.js'

/** The platforms' documents print numbers as strings in places (WeChat W3: `"errcode":"42001"`): both are taken. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
])

const envelope = z.looseObject({
  errcode: z.union([numeric, z.null()]).optional(),
  errmsg: z.string().optional(),
})

const BUSY = -1

/**
 * Reads an answer as JSON whatever its Content-Type says; no or a zero errcode is success.
 * @returns what the schema makes of it, or the platform's error
 * @throws PlatformUnreachable when it is not an answer of the platform's API at all, or `-1`, busy
 */
export const readAnswer = <Schema extends z.ZodType>(
  call: PlatformCall<Schema>,
  status: number,
  text: string,
): z.infer<Schema> | PlatformError => {
  const { operation } = call
  // Business errors come with 200; anything else is a gateway speaking.
  if (status !== 200) throw new PlatformUnreachable(operation, 'status', { detail: String(status) })
  const answer = envelope.safeParse(parseJson(operation, text))
  if (!answer.success) throw new PlatformUnreachable(operation, 'shape')
  const errcode = answer.data.errcode ?? 0
  if (errcode === BUSY) throw new PlatformUnreachable(operation, 'busy')
  if (errcode !== 0) return platformError(call, errcode, answer.data.errmsg ?? '')
  const result = call.schema.safeParse(answer.data)
  if (result.success) return result.data
  const fields = result.error.issues.map(({ path }) => path.join('.') || 'answer').join(', ')
  throw new PlatformUnreachable(operation, 'shape', { detail: fields })
}

const parseJson = (operation: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Not the parser's message: it quotes the text, and the text may hold a key.
    throw new PlatformUnreachable(operation, 'body')
  }
}

const RID = /(?:rid|req_id): ?([\w-]{4,64})|hint: ?\[([\w-]{4,64})\]/

const platformError = (
  call: PlatformCall<z.ZodType>,
  errcode: number,
  errmsg: string,
): PlatformError => {
  const clean = withoutSecrets(call, errmsg)
  const [, rid, hint] = RID.exec(clean) ?? []
  const address = errcode === call.notAllowed ? seenAddress(clean) : undefined
  return new PlatformError(call.operation, errcode, clean, rid ?? hint, address)
}

/** Should a platform ever echo what it was sent, it must not reach a log. */
const withoutSecrets = ({ query, body }: PlatformCall<z.ZodType>, errmsg: string): string => {
  const secrets = [...texts(query), ...texts(body)].filter((text) => text.length >= 6)
  return foreignMessage(errmsg, secrets)
}

/** Each text in what a call sends, at any depth. */
const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}
